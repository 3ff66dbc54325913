//! The reference pages: the service, its operations and shapes as documentation describes them.

use foldhash::HashMap;

use super::{ExamplePlan, MemberPlan, OperationPlan, OptionPlan, ServicePlan, ShapePlan, TraitsPlan};
use whitesmith_docs::naming_cli::command_name;
use whitesmith_docs::{
    CommandPage, ErrorPage, Example, Limits, MemberPage, ModelText, OptionPage, PaginationPage, ServicePages,
    ShapeIndex, ShapeKind, ShapePage, WaiterPage,
};
use whitesmith_smithy::model::{ShapeId, ShapeType};

/// Plans the pages of all operations.
pub(super) fn plan(
    name: &str,
    service: &ServicePlan,
    operations: &[OperationPlan],
    shapes: &[ShapePlan],
    examples: &[ExamplePlan],
) -> ServicePages {
    let planner = Planner::new(shapes);
    let mut commands: Vec<CommandPage> =
        operations.iter().map(|operation| planner.command(operation, examples)).collect();
    commands.sort_by(|one, other| one.command.cmp(&other.command));
    ServicePages {
        name: name.to_owned(),
        version: service.version.clone(),
        title: service.title.clone(),
        documentation: service.documentation.clone(),
        is_aws: service.is_aws,
        listed: listed(service, operations),
        waiters: waiters(operations, &commands),
        commands,
        shapes: planner.pages,
    }
}

/// The names that the page of a service lists.
fn listed(service: &ServicePlan, operations: &[OperationPlan]) -> Vec<String> {
    let commands = operations.iter().filter(|operation| service.has_command(operation));
    let mut names: Vec<String> = commands.clone().map(|operation| operation.command.clone()).collect();
    names.push("help".to_owned());
    if commands.into_iter().any(|operation| !operation.traits.waiters.is_empty()) {
        names.push("wait".to_owned());
    }
    names.sort();
    names.dedup();
    names
}

/// The waiters of all commands.
fn waiters(operations: &[OperationPlan], commands: &[CommandPage]) -> Vec<WaiterPage> {
    let mut pages: Vec<WaiterPage> = Vec::new();
    for operation in operations {
        let Some(command) = commands.iter().position(|page| page.command == operation.command) else { continue };
        pages.extend(operation.traits.waiters.iter().map(|waiter| WaiterPage {
            name: command_name(&waiter.name),
            command,
            documentation: whitesmith_docs::parse(&waiter.documentation),
            delay: waiter.min_delay,
        }));
    }
    pages.sort_by(|one, other| one.name.cmp(&other.name));
    pages
}

struct Planner<'p> {
    shapes: &'p [ShapePlan],
    /// Pages of the plan's shapes in their order, then those of the prelude's.
    pages: Vec<ShapePage>,
    indices: HashMap<&'p ShapeId, ShapeIndex>,
}

impl<'p> Planner<'p> {
    fn new(shapes: &'p [ShapePlan]) -> Self {
        let indices = shapes.iter().enumerate().map(|(index, shape)| (&shape.id, ShapeIndex(index))).collect();
        let mut planner = Self { shapes, pages: shapes.iter().map(shape_page).collect(), indices };
        for (index, shape) in shapes.iter().enumerate() {
            let members = shape.members.iter().map(|member| planner.member(member)).collect();
            if let Some(page) = planner.pages.get_mut(index) {
                page.members = members;
            }
        }
        planner
    }

    fn member(&mut self, member: &'p MemberPlan) -> MemberPage {
        let index = *self.indices.entry(&member.target).or_insert_with(|| {
            self.pages.push(prelude_page(member));
            ShapeIndex(self.pages.len() - 1)
        });
        MemberPage {
            name: member.name.clone(),
            wire_name: member.traits.wire.as_ref().and_then(|wire| wire.xml_name.as_deref()).map(ModelText::from),
            shape: index,
            documentation: member.documentation.clone(),
            limits: limits(&member.traits),
            is_required: member.required,
            is_json: member.is_json_header(),
            deprecated: member.deprecated.clone(),
        }
    }

    fn shape(&self, id: &ShapeId) -> Option<(ShapeIndex, &'p ShapePlan)> {
        let index = *self.indices.get(id)?;
        self.shapes.get(index.0).map(|shape| (index, shape))
    }

    fn command(&self, operation: &OperationPlan, examples: &[ExamplePlan]) -> CommandPage {
        let (input, output) = (self.shape(&operation.input), self.shape(&operation.output));
        let members = input.map(|(_, shape)| shape.members.as_slice()).unwrap_or_default();
        let pagination = pagination(operation, members);
        let paging = operation.paging.as_ref().filter(|_| pagination.is_some());
        let is_shown = |member: &MemberPlan, option: &OptionPlan| {
            paging.is_none_or(|paging| {
                !paging.replaces(&member.name) && !PAGINATION_OPTIONS.contains(&option.name.positive())
            })
        };
        let options = members.iter().zip(&operation.options).enumerate();
        let options = options.filter(|(_, (member, option))| is_shown(member, option));
        let options = options.map(|(index, (member, option))| OptionPage {
            name: option.name.clone(),
            member: index,
            is_required: member.required && !member.idempotency_token,
        });
        let examples = examples.iter().filter(|example| example.operation == operation.id);
        let roots = [input, output].into_iter().flatten().map(|(index, _)| index);
        CommandPage {
            command: operation.command.clone(),
            operation: operation.id.name().to_owned(),
            documentation: operation.documentation.clone(),
            options: options.collect(),
            pagination,
            input: input.map(|(index, _)| index),
            output: output.map(|(index, _)| index),
            has_output_file: output.is_some_and(|(_, shape)| shape.members.iter().any(MemberPlan::is_blob_payload)),
            events: output.and_then(|(_, shape)| self.events(shape)),
            uses_documents: self.reaches_document(roots.collect()),
            deprecated: operation.deprecated.clone(),
            errors: operation.errors.iter().filter_map(|error| self.error(&error.id)).collect(),
            examples: examples.map(example).collect(),
        }
    }

    /// The member of an output that is a stream of events.
    fn events(&self, output: &ShapePlan) -> Option<String> {
        let is_events = |member: &&MemberPlan| self.shape(&member.target).is_some_and(|(_, it)| it.is_event_union());
        output.members.iter().find(is_events).map(|member| member.name.clone())
    }

    fn error(&self, id: &ShapeId) -> Option<ErrorPage> {
        let (_, shape) = self.shape(id)?;
        let error = shape.error.as_ref();
        let retryable = error.and_then(|error| error.retryable);
        Some(ErrorPage {
            name: id.name().to_owned(),
            documentation: shape.documentation.clone(),
            fault: error.map(|error| error.fault),
            is_retryable: retryable.is_some(),
            is_throttling: retryable == Some(true),
            status: error.and_then(|error| error.http_status),
        })
    }

    fn reaches_document(&self, roots: Vec<ShapeIndex>) -> bool {
        let mut seen = vec![false; self.pages.len()];
        let mut pending = roots;
        while let Some(index) = pending.pop() {
            let (Some(seen), Some(page)) = (seen.get_mut(index.0), self.pages.get(index.0)) else { continue };
            if std::mem::replace(seen, true) {
                continue;
            }
            if page.kind == ShapeKind::Document {
                return true;
            }
            // Keys are strings.
            let first = usize::from(page.kind == ShapeKind::Map);
            pending.extend(page.members.iter().skip(first).map(|member| member.shape));
        }
        false
    }
}

/// The options that pagination adds.
const PAGINATION_OPTIONS: &[&str] = &["--max-items", "--page-size", "--starting-token"];

/// How a command fetches pages, if it does.
fn pagination(operation: &OperationPlan, members: &[MemberPlan]) -> Option<PaginationPage> {
    let paging = operation.paging.as_ref().filter(|paging| !paging.results.is_empty())?;
    let page_size = paging.page_size.as_ref();
    Some(PaginationPage {
        page_size: page_size.and_then(|size| members.iter().position(|member| member.name == *size)),
        items: paging.results.clone(),
    })
}

fn shape_page(shape: &ShapePlan) -> ShapePage {
    let values = shape.values.iter().filter_map(|value| value.text.clone());
    ShapePage {
        name: shape.id.name().to_owned(),
        kind: kind(shape.shape_type, shape.traits.streaming),
        documentation: shape.documentation.clone(),
        limits: limits(&shape.traits),
        values: values.collect(),
        members: Vec::new(),
    }
}

/// The page of a shape of the prelude, which says no more than its kind.
fn prelude_page(member: &MemberPlan) -> ShapePage {
    ShapePage {
        name: member.target.name().to_owned(),
        kind: kind(member.target_type, false),
        documentation: whitesmith_docs::Documentation::default(),
        limits: Limits::default(),
        values: Vec::new(),
        members: Vec::new(),
    }
}

fn example(example: &ExamplePlan) -> Example {
    Example {
        title: example.title.clone(),
        documentation: example.documentation.clone(),
        input: example.input.clone(),
        output: example.output.clone(),
    }
}

fn kind(shape_type: ShapeType, streaming: bool) -> ShapeKind {
    match shape_type {
        ShapeType::Union if !streaming => ShapeKind::Union,
        ShapeType::List => ShapeKind::List,
        ShapeType::Map => ShapeKind::Map,
        ShapeType::Document => ShapeKind::Document,
        ShapeType::Blob if streaming => ShapeKind::StreamingBlob,
        ShapeType::Blob => ShapeKind::Scalar("blob"),
        ShapeType::Boolean => ShapeKind::Scalar("boolean"),
        ShapeType::String | ShapeType::Enum => ShapeKind::Scalar("string"),
        ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::IntEnum => ShapeKind::Scalar("integer"),
        ShapeType::Long | ShapeType::BigInteger => ShapeKind::Scalar("long"),
        ShapeType::Float => ShapeKind::Scalar("float"),
        ShapeType::Double | ShapeType::BigDecimal => ShapeKind::Scalar("double"),
        ShapeType::Timestamp => ShapeKind::Scalar("timestamp"),
        _ => ShapeKind::Structure,
    }
}

/// The limits as the AWS CLI shows them: a length, else a range.
fn limits(traits: &TraitsPlan) -> Limits {
    let (min, max) = match (traits.length, &traits.range) {
        (Some((min, max)), _) => (min.map(|min| min.to_string()), max.map(|max| max.to_string())),
        (None, Some((min, max))) => (min.clone(), max.clone()),
        (None, None) => (None, None),
    };
    Limits { min: min.map(ModelText::from), max: max.map(ModelText::from), pattern: traits.pattern.clone() }
}
