//! Compiling a behaviour file: every name is resolved, every template parsed.

use std::time::Duration;

use serde_json::{Map, Value as Json};
use whitesmith_schema::{Closure, EnumValue, Member, Operation, Schema, ShapeType, Value};

use super::{
    Behaviour, BehaviourError, CONSTRAINT_KINDS, Codes, Conflict, Detail, Event, Idempotency, Identity, Isolation,
    OperationBehaviour, Output, OutputValue, Source, Stage, Stages, Tasks, Template, Validation, ViolationMembers,
    file,
};
use crate::json::read_members;
use crate::place::At;

/// How many tokens are remembered by default.
const REMEMBER: usize = 10_000;

/// Compiles the text of a behaviour file, which may be empty.
pub(crate) fn compile(text: &str, closure: &'static Closure) -> Result<Behaviour, BehaviourError> {
    let file: file::File = toml::from_str(text).map_err(|error| BehaviourError::Syntax(error.to_string()))?;
    for name in file.operations.keys() {
        if closure.operation(name).is_none() {
            return Err(unknown("operations", "operation", name, closure.operations.iter().map(|known| known.name)));
        }
    }
    let tasks = file.tasks.map(|written| tasks(written, closure)).transpose()?;
    let operation = |known: &&'static Operation| {
        let written = file.operations.get(known.name).filter(|written| written.has_tasks());
        written.map(|written| operation(written, known, tasks.as_ref())).transpose()
    };
    let operations = closure.operations.iter().map(operation).collect::<Result<_, _>>()?;
    let stream = |known: &&'static Operation| {
        let events = file.operations.get(known.name).and_then(|written| written.stream.as_ref());
        events.map(|events| stream(events, known)).transpose()
    };
    let streams = closure.operations.iter().map(stream).collect::<Result<_, _>>()?;
    Ok(Behaviour {
        identity: Identity {
            partition: file.identity.partition.into(),
            region: file.identity.region.into(),
            account: file.identity.account.into(),
        },
        isolation: file.isolation.map(|written| isolation(written, closure)).transpose()?,
        validation: file.validation.map(|written| validation(written, closure)).transpose()?,
        idempotency: idempotency(file.idempotency, closure)?,
        tasks,
        operations,
        streams,
    })
}

fn unknown(at: &str, what: &'static str, name: &str, known: impl Iterator<Item = &'static str>) -> BehaviourError {
    BehaviourError::Unknown {
        at: at.to_owned(),
        what,
        name: name.to_owned(),
        known: known.collect::<Vec<_>>().join(", "),
    }
}

fn invalid(at: &str, reason: impl Into<String>) -> BehaviourError {
    BehaviourError::Invalid { at: at.to_owned(), reason: reason.into() }
}

fn member(schema: &'static Schema, name: &str, at: &str) -> Result<&'static Member, BehaviourError> {
    schema.member(name).ok_or_else(|| unknown(at, "member", name, schema.members.iter().map(|member| member.name)))
}

/// Finds a string member.
fn text_member(schema: &'static Schema, name: &str, at: &str) -> Result<&'static Member, BehaviourError> {
    let member = member(schema, name, at)?;
    match member.target.shape_type {
        ShapeType::String | ShapeType::Enum => Ok(member),
        other => Err(invalid(at, format!("expected a string member, found `{name}`, which is a {}", other.name()))),
    }
}

/// Checks a text for a member, which must be one of its values if it is an enum.
fn text_for(member: &'static Member, value: String, at: &str) -> Result<Box<str>, BehaviourError> {
    let values = member.target.values;
    if values.is_empty() || values.iter().any(|known| known.as_str() == Some(&value)) {
        return Ok(value.into());
    }
    Err(unknown(at, "enum value", &value, values.iter().filter_map(EnumValue::as_str)))
}

fn isolation(written: file::Isolation, closure: &'static Closure) -> Result<Isolation, BehaviourError> {
    if !closure.operations.iter().any(|operation| operation.input.member(&written.member).is_some()) {
        return Err(invalid("isolation.member", format!("no operation has an input member `{}`", written.member)));
    }
    let only = match written.other {
        file::Other::Accept => None,
        file::Other::Reject => Some(leaked(written.values)),
    };
    Ok(Isolation { member: written.member.into(), only })
}

/// Creates values of an enum, which live as long as the program, as those of schemas do.
fn leaked(values: Vec<String>) -> &'static [EnumValue] {
    let value = |value: String| {
        let value: &'static str = value.leak();
        EnumValue::string(value, value)
    };
    values.into_iter().map(value).collect::<Vec<_>>().leak()
}

fn error_shape(closure: &'static Closure, name: &str, at: &str) -> Result<&'static Schema, BehaviourError> {
    let mut errors = closure.operations.iter().flat_map(|operation| operation.errors.iter().copied());
    errors.clone().find(|error| error.name() == name).ok_or_else(|| {
        let mut known: Vec<&str> = errors.by_ref().map(Schema::name).collect();
        known.sort_unstable();
        known.dedup();
        unknown(at, "error", name, known.into_iter())
    })
}

fn validation(written: file::Validation, closure: &'static Closure) -> Result<Validation, BehaviourError> {
    let error = error_shape(closure, &written.error, "validation.error")?;
    let reason = written.reason.map(|reason| member_value(error, reason, "validation.reason")).transpose()?;
    let violations = written.violations.map(|written| violation_members(error, &written)).transpose()?;
    let code = violations.as_ref().and_then(|members| members.code);
    let mut codes = Codes::default();
    for (kind, value) in written.codes {
        let at = format!("validation.codes.{kind}");
        if !CONSTRAINT_KINDS.contains(&&*kind) {
            return Err(unknown(&at, "constraint", &kind, CONSTRAINT_KINDS.iter().copied()));
        }
        let Some(code) = code else { return Err(invalid(&at, "`validation.violations` names no member for codes")) };
        codes.0.push((kind.into(), text_for(code, value, &at)?));
    }
    let message = text_member(error, &written.message, "validation.message")?;
    Ok(Validation { error, message, reason, violations, codes })
}

fn violation_members(error: &'static Schema, written: &file::Violations) -> Result<ViolationMembers, BehaviourError> {
    let at = "validation.violations";
    let list = member(error, &written.member, at)?;
    let item = list.target.list_member().filter(|_| list.target.shape_type == ShapeType::List).map(|item| item.target);
    let item = item.ok_or_else(|| invalid(at, format!("expected a list member, found `{}`", list.name)))?;
    let find = |name: &Option<String>| name.as_ref().map(|name| text_member(item, name, at)).transpose();
    Ok(ViolationMembers {
        list,
        field: find(&written.field)?,
        message: find(&written.message)?,
        code: find(&written.code)?,
    })
}

fn member_value(
    schema: &'static Schema,
    written: file::MemberValue,
    at: &str,
) -> Result<(&'static Member, Box<str>), BehaviourError> {
    let member = text_member(schema, &written.member, at)?;
    Ok((member, text_for(member, written.value, at)?))
}

fn idempotency(written: Option<file::Idempotency>, closure: &'static Closure) -> Result<Idempotency, BehaviourError> {
    let Some(written) = written else { return Ok(Idempotency { remember: REMEMBER, conflict: None }) };
    let conflict = written.error.map(|name| {
        let error = error_shape(closure, &name, "idempotency.error")?;
        let message = written.message.map(|message| member_value(error, message, "idempotency.message")).transpose()?;
        Ok(Conflict { error, message })
    });
    Ok(Idempotency { remember: written.remember.unwrap_or(REMEMBER), conflict: conflict.transpose()? })
}

fn tasks(written: file::Tasks, closure: &'static Closure) -> Result<Tasks, BehaviourError> {
    let outputs = || closure.operations.iter().map(|operation| operation.output);
    let state = outputs()
        .find_map(|output| output.member(&written.member))
        .ok_or_else(|| invalid("tasks.member", format!("no operation has an output member `{}`", written.member)))?;
    let mut failed = Vec::new();
    for (name, value) in written.failed {
        let at = format!("tasks.failed.{name}");
        let member = outputs().find_map(|output| output.member(&name));
        let member = member.ok_or_else(|| invalid(&at, "no operation has an output member of this name"))?;
        failed.push((name.into(), text_for(member, value, &at)?));
    }
    Ok(Tasks {
        member: written.member.into(),
        initial: text_for(state, written.initial, "tasks.initial")?,
        success: text_for(state, written.success, "tasks.success")?,
        failure: text_for(state, written.failure, "tasks.failure")?,
        delay: Duration::from_millis(written.delay_ms),
        failed,
    })
}

fn operation(
    written: &file::Operation,
    operation: &'static Operation,
    tasks: Option<&Tasks>,
) -> Result<OperationBehaviour, BehaviourError> {
    let at = format!("operations.{}", operation.name);
    for name in written.output.keys() {
        member(operation.output, name, &format!("{at}.output"))?;
    }
    // In the model's order, so that random values do not depend on the names.
    let names: Vec<&'static str> = operation
        .output
        .members
        .iter()
        .map(|member| member.name)
        .filter(|name| written.output.contains_key(*name))
        .collect();
    let index = |name: &str| {
        names
            .iter()
            .position(|known| *known == name)
            .ok_or_else(|| format!("{{output.{name}}} has no value in this file"))
    };
    let outputs: Vec<Output> = names
        .iter()
        .filter_map(|name| written.output.get_key_value(*name))
        .map(|(name, value)| output(name, value, operation, tasks, &at, &index))
        .collect::<Result<_, _>>()?;
    let (outputs, moved) = in_order(outputs, &at)?;
    let index = |name: &str| index(name).and_then(|old| moved.get(old).copied().ok_or_else(|| name.to_owned()));
    let event = |event| self::event(event, operation, tasks, &format!("{at}.events"), &index);
    let events: Vec<Event> = written.events.iter().map(event).collect::<Result<_, _>>()?;
    let spoken_of: Vec<&str> = events.iter().flat_map(Event::inputs).collect();
    let event_inputs =
        operation.input.members.iter().map(|member| member.name).filter(|name| spoken_of.contains(name)).collect();
    let sources = operation.output.members.iter().map(|member| source(member, &outputs, tasks)).collect();
    Ok(OperationBehaviour { outputs, sources, events, event_inputs })
}

fn source(member: &'static Member, outputs: &[Output], tasks: Option<&Tasks>) -> Source {
    if let Some(index) = outputs.iter().position(|output| output.member.name == member.name) {
        return Source::Output(index);
    }
    match tasks {
        Some(tasks) if *tasks.member == *member.name => Source::State,
        Some(tasks) => {
            tasks.failed.iter().position(|(name, _)| **name == *member.name).map_or(Source::Nowhere, Source::Failed)
        }
        None => Source::Nowhere,
    }
}

fn output(
    name: &str,
    written: &file::Output,
    operation: &'static Operation,
    tasks: Option<&Tasks>,
    at: &str,
    index: &impl Fn(&str) -> Result<usize, String>,
) -> Result<Output, BehaviourError> {
    let at = format!("{at}.output.{name}");
    let mut when = if written.when.is_some() { Stages::NONE } else { Stages::ALL };
    for state in written.when.iter().flatten() {
        when = when.with(stage(state, tasks, &at)?);
    }
    let template = |text: &String| self::template(text, operation, &at, index);
    let (member, value) = match (&written.value, written.now) {
        (Some(value), false) => {
            let value = OutputValue::Text {
                value: template(value)?,
                after_last: written.after_last.as_deref().map(Into::into),
                otherwise: written.otherwise.as_ref().map(template).transpose()?,
            };
            (text_member(operation.output, name, &at)?, value)
        }
        (None, true) => {
            let member = member(operation.output, name, &at)?;
            if member.target.shape_type != ShapeType::Timestamp {
                return Err(invalid(&at, format!("`now` needs a timestamp, which `{name}` is not")));
            }
            (member, OutputValue::Now)
        }
        _ => return Err(invalid(&at, "expected either `value` or `now = true`")),
    };
    Ok(Output { member, value, when })
}

fn stage(name: &str, tasks: Option<&Tasks>, at: &str) -> Result<Stage, BehaviourError> {
    let tasks = tasks.ok_or_else(|| invalid(at, "`when` needs the table `tasks`"))?;
    tasks.stage(name).ok_or_else(|| invalid(at, format!("unknown state `{name}`")))
}

fn template(
    text: &str,
    operation: &'static Operation,
    at: &str,
    index: &impl Fn(&str) -> Result<usize, String>,
) -> Result<Template, BehaviourError> {
    let template = Template::parse(text, index).map_err(|reason| invalid(at, reason))?;
    for name in template.inputs() {
        text_member(operation.input, name, at)?;
    }
    Ok(template)
}

/// Sorts the outputs by their dependencies; also returns where each went.
fn in_order(outputs: Vec<Output>, at: &str) -> Result<(Vec<Output>, Vec<usize>), BehaviourError> {
    let needs: Vec<Vec<usize>> = outputs
        .iter()
        .map(|output| match &output.value {
            OutputValue::Now => Vec::new(),
            OutputValue::Text { value, otherwise, .. } => {
                value.outputs().chain(otherwise.iter().flat_map(Template::outputs)).collect()
            }
        })
        .collect();
    let mut order: Vec<usize> = Vec::new();
    while order.len() < outputs.len() {
        let ready = (0..outputs.len()).find(|index| {
            !order.contains(index)
                && needs.get(*index).is_some_and(|needs| needs.iter().all(|need| order.contains(need)))
        });
        order.push(ready.ok_or_else(|| invalid(&format!("{at}.output"), "values depend on each other in a cycle"))?);
    }
    let moved: Vec<usize> = (0..outputs.len()).filter_map(|old| order.iter().position(|index| *index == old)).collect();
    let mut placed: Vec<(usize, Output)> = moved.iter().copied().zip(outputs).collect();
    placed.sort_by_key(|(place, _)| *place);
    let mut outputs: Vec<Output> = placed.into_iter().map(|(_, output)| output).collect();
    for output in &mut outputs {
        if let OutputValue::Text { value, otherwise, .. } = &mut output.value {
            value.move_outputs(&moved);
            otherwise.iter_mut().for_each(|template| template.move_outputs(&moved));
        }
    }
    Ok((outputs, moved))
}

/// Reads the events of an operation's output.
fn stream(events: &toml::Value, operation: &'static Operation) -> Result<Value, BehaviourError> {
    let at = format!("operations.{}.stream", operation.name);
    let member = operation.output_events().ok_or_else(|| invalid(&at, "the output has no stream of events"))?;
    let members = Map::from_iter([(member.name.to_owned(), plain(events))]);
    let mut members = read_members(operation.output, &members, &At::TOP)
        .map_err(|error| invalid(&format!("operations.{}", operation.name), error.to_string()))?;
    members.remove(member.name).ok_or_else(|| invalid(&at, "expected a list of events"))
}

/// A value of the file as the JSON that the control API takes.
fn plain(value: &toml::Value) -> Json {
    match value {
        toml::Value::String(text) => Json::from(text.as_str()),
        toml::Value::Integer(number) => Json::from(*number),
        toml::Value::Float(number) => Json::from(*number),
        toml::Value::Boolean(truth) => Json::from(*truth),
        toml::Value::Datetime(instant) => Json::from(instant.to_string()),
        toml::Value::Array(items) => items.iter().map(plain).collect(),
        toml::Value::Table(entries) => entries.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
    }
}

fn event(
    written: &file::Event,
    operation: &'static Operation,
    tasks: Option<&Tasks>,
    at: &str,
    index: &impl Fn(&str) -> Result<usize, String>,
) -> Result<Event, BehaviourError> {
    let template = |text: &String| template(text, operation, at, index);
    Ok(Event {
        when: stage(&written.when, tasks, at)?,
        source: written.source.as_str().into(),
        detail_type: written.detail_type.as_str().into(),
        resources: written.resources.iter().map(template).collect::<Result<_, _>>()?,
        detail: detail(&written.detail, &template)?,
    })
}

fn detail(
    value: &toml::Value,
    template: &impl Fn(&String) -> Result<Template, BehaviourError>,
) -> Result<Detail, BehaviourError> {
    Ok(match value {
        toml::Value::String(text) => Detail::Text(template(text)?),
        toml::Value::Integer(number) => Detail::Plain((*number).into()),
        toml::Value::Float(number) => Detail::Plain((*number).into()),
        toml::Value::Boolean(truth) => Detail::Plain((*truth).into()),
        toml::Value::Datetime(instant) => Detail::Plain(instant.to_string().into()),
        toml::Value::Array(items) => {
            Detail::List(items.iter().map(|item| detail(item, template)).collect::<Result<_, _>>()?)
        }
        toml::Value::Table(entries) => Detail::Table(
            entries
                .iter()
                .map(|(key, value)| Ok((key.as_str().into(), detail(value, template)?)))
                .collect::<Result<_, BehaviourError>>()?,
        ),
    })
}
