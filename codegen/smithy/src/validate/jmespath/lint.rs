//! Applies an expression to a sample, and notes what cannot be right.

use std::rc::Rc;

use whitesmith_jmespath::{Comparison, Node, Query, SyntaxError};

use super::functions::{Argument, FUNCTIONS, Function};
use super::sample::{Kind, Sample};
use crate::model::{Model, Severity};

/// The most nodes that one expression visits. Projections over lists of different values visit a node once a value, so
/// that a short expression could otherwise take as long as it likes.
const MOST_VISITS: usize = 10_000;
/// The most elements of a flattened list. Each flattening multiplies the lengths of two samples.
const MOST_ELEMENTS: usize = 10_000;

/// What came of an expression.
pub(in crate::validate) struct Linted {
    /// What is wrong: errors, dangers and warnings.
    pub(in crate::validate) problems: Vec<(Severity, String)>,
    /// What it returns.
    pub(in crate::validate) returns: Kind,
}

/// Parses an expression.
///
/// # Errors
/// What is wrong with it, in one line.
pub(in crate::validate) fn parse(expression: &str) -> Result<Query, String> {
    let line = |error: SyntaxError| format!("{} at character {}", error.problem, error.position + 1);
    Query::compile(expression).map_err(line)
}

/// Applies an expression to a sample.
///
/// # Errors
/// When it is not an expression.
pub(in crate::validate) fn lint<'m>(
    model: &'m Model,
    expression: &str,
    current: &Rc<Sample<'m>>,
) -> Result<Linted, String> {
    let query = parse(expression)?;
    let mut linter = Linter { model, problems: Vec::new(), visits: 0 };
    let scope = Scope { current: linter.resolve(current), expression: Rc::new(Sample::Any) };
    let result = linter.visit(query.root(), &scope);
    Ok(Linted { problems: linter.problems, returns: result.kind() })
}

type Value<'m> = Rc<Sample<'m>>;

/// What an expression is applied to. No value in it is a member.
struct Scope<'m> {
    current: Value<'m>,
    /// What expressions that are arguments are applied to.
    expression: Value<'m>,
}

struct Linter<'m> {
    model: &'m Model,
    problems: Vec<(Severity, String)>,
    visits: usize,
}

fn empty<'m>(kind: Kind) -> Value<'m> {
    Rc::new(match kind {
        Kind::Any => Sample::Any,
        Kind::Null => Sample::Null,
        Kind::Boolean => Sample::Boolean(false),
        Kind::Number => Sample::Number(0.0),
        Kind::String => Sample::String(String::new()),
        Kind::Array => Sample::Array(Vec::new()),
        Kind::Object => Sample::Object(Vec::new()),
        Kind::Expression => Sample::Expression,
    })
}

impl<'m> Linter<'m> {
    fn resolve(&self, sample: &Value<'m>) -> Value<'m> {
        Sample::resolve(self.model, sample)
    }

    fn add(&mut self, severity: Severity, message: String) {
        if !self.problems.iter().any(|(_, known)| *known == message) {
            self.problems.push((severity, message));
        }
    }

    /// A danger, unless the value could be anything.
    fn danger(&mut self, value: &Sample<'_>, what: &str) {
        if value.kind() != Kind::Any {
            self.add(Severity::Danger, format!("{what} of a value of type {}", value.kind().name()));
        }
    }

    fn visit_with(&mut self, node: &Node, current: Value<'m>) -> Value<'m> {
        self.visit(node, &Scope { current, expression: empty(Kind::Any) })
    }

    /// The value of a node; anything once [`MOST_VISITS`] are made.
    fn visit(&mut self, node: &Node, scope: &Scope<'m>) -> Value<'m> {
        self.visits += 1;
        if self.visits > MOST_VISITS {
            return empty(Kind::Any);
        }
        match node {
            Node::Current => Rc::clone(&scope.current),
            Node::Field(name) => self.field(name, &scope.current),
            Node::Literal(value) => Rc::new(Sample::literal(value)),
            Node::Index(at) => self.index(*at, &scope.current),
            Node::Slice { .. } => match &*scope.current {
                Sample::Array(_) => Rc::clone(&scope.current),
                other => {
                    self.danger(other, "slice");
                    empty(Kind::Array)
                }
            },
            Node::Then(left, right) => {
                let left = self.visit(left, scope);
                self.visit_with(right, left)
            }
            Node::Projection(left, right) => {
                let left = self.visit(left, scope);
                self.projection(&left, None, right)
            }
            Node::FilterProjection { list, condition, each } => {
                let list = self.visit(list, scope);
                self.projection(&list, Some(condition), each)
            }
            Node::ValueProjection(left, right) => self.value_projection(left, right, scope),
            Node::Flatten(list) => self.flatten(list, scope),
            Node::Not(operand) => {
                let operand = self.visit(operand, scope);
                Rc::new(Sample::Boolean(!operand.is_truthy()))
            }
            Node::And(left, right) => {
                let (left, right) = (self.visit(left, scope), self.visit(right, scope));
                if left.is_truthy() { right } else { left }
            }
            Node::Or(left, right) => {
                let (left, right) = (self.visit(left, scope), self.visit(right, scope));
                if left.is_truthy() { left } else { right }
            }
            Node::Compare(comparison, left, right) => {
                let (left, right) = (self.visit(left, scope), self.visit(right, scope));
                self.compare(*comparison, &left, &right)
            }
            Node::List(items) => Rc::new(Sample::Array(items.iter().map(|item| self.visit(item, scope)).collect())),
            Node::Object(entries) => {
                let entries = entries.iter().map(|(name, value)| (name.clone(), self.visit(value, scope)));
                Rc::new(Sample::Object(entries.collect()))
            }
            Node::Call(name, arguments) => self.call(name, arguments, scope),
            Node::Reference(expression) => {
                self.visit_with(expression, Rc::clone(&scope.expression));
                Rc::new(Sample::Expression)
            }
        }
    }

    fn field(&mut self, name: &str, current: &Value<'m>) -> Value<'m> {
        let Sample::Object(entries) = &**current else {
            self.danger(current, &format!("field `{name}`"));
            return empty(Kind::Any);
        };
        let Some((_, value)) = entries.iter().find(|(key, _)| key == name) else {
            let keys: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).take(20).collect();
            self.add(Severity::Danger, format!("unknown field `{name}`: expected one of {}", keys.join(", ")));
            return empty(Kind::Null);
        };
        self.resolve(value)
    }

    fn index(&mut self, at: i64, current: &Value<'m>) -> Value<'m> {
        let Sample::Array(elements) = &**current else {
            self.danger(current, &format!("element {at}"));
            return empty(Kind::Any);
        };
        let at = if at < 0 { at.saturating_add_unsigned(elements.len() as u64) } else { at };
        let element = usize::try_from(at).ok().and_then(|at| elements.get(at));
        element.map_or_else(|| empty(Kind::Null), |element| self.resolve(element))
    }

    /// Applies an expression to each element that a condition lets through.
    fn projection(&mut self, list: &Value<'m>, condition: Option<&Node>, each: &Node) -> Value<'m> {
        let elements = match &**list {
            Sample::Array(elements) if !elements.is_empty() => elements,
            other => {
                if !matches!(other, Sample::Array(_)) {
                    self.danger(other, "projection");
                }
                for node in condition.into_iter().chain([each]) {
                    self.visit_with(node, empty(Kind::Any));
                }
                return empty(Kind::Array);
            }
        };
        let mut results: Vec<Value<'m>> = Vec::new();
        let mut previous: Option<(&Value<'m>, Option<Value<'m>>)> = None;
        for element in elements {
            // The elements of a sample of a list are one and the same.
            let result = match &previous {
                Some((known, result)) if Rc::ptr_eq(known, element) => result.clone(),
                _ => {
                    let current = self.resolve(element);
                    self.project(condition, each, current)
                }
            };
            results.extend(result.clone());
            previous = Some((element, result));
        }
        Rc::new(Sample::Array(results))
    }

    fn project(&mut self, condition: Option<&Node>, each: &Node, current: Value<'m>) -> Option<Value<'m>> {
        let Some(condition) = condition else { return Some(self.visit_with(each, current)) };
        let holds = self.visit_with(condition, Rc::clone(&current)).is_truthy();
        let result = holds.then(|| self.visit_with(each, current));
        result.filter(|result| result.kind() != Kind::Null)
    }

    fn value_projection(&mut self, object: &Node, each: &Node, scope: &Scope<'m>) -> Value<'m> {
        let object = self.visit(object, scope);
        let Sample::Object(entries) = &*object else {
            self.danger(&object, "projection of the values");
            self.visit_with(each, empty(Kind::Any));
            return empty(Kind::Object);
        };
        let mut results = Vec::with_capacity(entries.len());
        let mut previous: Option<(&Value<'m>, Value<'m>)> = None;
        for (_, value) in entries {
            let result = match &previous {
                Some((known, result)) if Rc::ptr_eq(known, value) => Rc::clone(result),
                _ => {
                    let current = self.resolve(value);
                    self.visit_with(each, current)
                }
            };
            results.push(Rc::clone(&result));
            previous = Some((value, result));
        }
        Rc::new(Sample::Array(results))
    }

    fn flatten(&mut self, list: &Node, scope: &Scope<'m>) -> Value<'m> {
        let list = self.visit(list, scope);
        let Sample::Array(elements) = &*list else {
            self.danger(&list, "flattening");
            return empty(Kind::Array);
        };
        let mut flat: Vec<Value<'m>> = Vec::new();
        for element in elements {
            match &*self.resolve(element) {
                Sample::Array(inner) => flat.extend(inner.iter().cloned()),
                Sample::Null => {}
                _ => flat.push(Rc::clone(element)),
            }
            if flat.len() >= MOST_ELEMENTS {
                flat.truncate(MOST_ELEMENTS);
                break;
            }
        }
        Rc::new(Sample::Array(flat))
    }

    fn compare(&mut self, comparison: Comparison, left: &Value<'m>, right: &Value<'m>) -> Value<'m> {
        let kind = left.kind();
        let result = if kind == Kind::Any {
            Some(true)
        } else if kind != right.kind() {
            Some(false)
        } else {
            match (comparison, &**left, &**right) {
                (_, Sample::Number(left), Sample::Number(right)) => Some(match comparison {
                    Comparison::Equal => left == right,
                    Comparison::NotEqual => left != right,
                    Comparison::Less => left < right,
                    Comparison::LessOrEqual => left <= right,
                    Comparison::Greater => left > right,
                    Comparison::GreaterOrEqual => left >= right,
                }),
                (_, Sample::Expression, _) => None,
                (Comparison::Equal, ..) => Some(self.is_equal(left, right)),
                (Comparison::NotEqual, ..) => Some(!self.is_equal(left, right)),
                _ => None,
            }
        };
        let Some(result) = result else {
            self.add(Severity::Warning, format!("invalid comparison of values of type {}", kind.name()));
            return empty(Kind::Null);
        };
        Rc::new(Sample::Boolean(result))
    }

    fn is_equal(&self, left: &Value<'m>, right: &Value<'m>) -> bool {
        if Rc::ptr_eq(left, right) {
            return true;
        }
        match (&*self.resolve(left), &*self.resolve(right)) {
            (Sample::Any, Sample::Any) | (Sample::Null, Sample::Null) => true,
            (Sample::Boolean(left), Sample::Boolean(right)) => left == right,
            (Sample::Number(left), Sample::Number(right)) => left == right,
            (Sample::String(left), Sample::String(right)) => left == right,
            // Of samples of shapes, only the first levels are compared: they are equal when the shapes are alike.
            (Sample::Array(left), Sample::Array(right)) => {
                left.len() == right.len() && left.first().zip(right.first()).is_none_or(|(l, r)| self.is_alike(l, r))
            }
            (Sample::Object(left), Sample::Object(right)) => {
                left.len() == right.len()
                    && left.iter().zip(right).all(|((name, l), (other, r))| name == other && self.is_alike(l, r))
            }
            _ => false,
        }
    }

    fn is_alike(&self, left: &Value<'m>, right: &Value<'m>) -> bool {
        Rc::ptr_eq(left, right) || self.resolve(left).kind() == self.resolve(right).kind()
    }

    fn call(&mut self, name: &str, arguments: &[Node], scope: &Scope<'m>) -> Value<'m> {
        let inner = Scope { current: Rc::clone(&scope.current), expression: Rc::clone(&scope.current) };
        let values: Vec<Value<'m>> = arguments.iter().map(|argument| self.visit(argument, &inner)).collect();
        let Some(function) = FUNCTIONS.iter().find(|function| function.name == name) else {
            self.add(Severity::Error, format!("unknown function `{name}`"));
            return empty(Kind::Any);
        };
        let (given, expected) = (values.len(), function.arguments.len());
        if given < expected || (function.more.is_none() && given > expected) {
            self.add(Severity::Error, format!("`{name}` takes {expected} arguments, found {given}"));
        } else {
            self.check_arguments(function, &values);
        }
        empty(function.returns)
    }

    fn check_arguments(&mut self, function: &Function, values: &[Value<'m>]) {
        for (at, value) in values.iter().enumerate() {
            let Some(argument) = function.arguments.get(at).copied().or(function.more) else { continue };
            if let Some(problem) = self.argument_problem(argument, value) {
                self.add(Severity::Error, format!("argument {} of `{}`: {problem}", at + 1, function.name));
            }
        }
    }

    fn argument_problem(&self, argument: Argument, value: &Value<'m>) -> Option<String> {
        let kind = value.kind();
        match argument {
            _ if kind == Kind::Any => None,
            Argument::Of(kinds) if kinds.contains(&Kind::Any) || kinds.contains(&kind) => None,
            Argument::Of(kinds) => {
                let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
                Some(format!("expected {}, found {}", names.join(" or "), kind.name()))
            }
            Argument::ArrayOf(expected) => {
                let Sample::Array(elements) = &**value else {
                    return Some(format!("expected an array, found {}", kind.name()));
                };
                let mut kinds = elements.iter().map(|element| self.resolve(element).kind());
                let wrong = kinds.find(|kind| *kind != expected)?;
                Some(format!("expected an array of {}, found an element of type {}", expected.name(), wrong.name()))
            }
        }
    }
}
