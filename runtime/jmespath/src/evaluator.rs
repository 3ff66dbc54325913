//! Evaluates a syntax tree against a value. Parts of the value are borrowed until something new is made of them.

use std::borrow::Cow;

use whitesmith_schema::{Value, ValueMap};

use crate::budget::Budget;
use crate::comparison::{compare, is_truthy};
use crate::error::EvaluationError;
use crate::function::{Argument, Function};
use crate::node::Node;

/// A value of an evaluation.
type Part<'v> = Cow<'v, Value>;
/// The elements of a list, or of what is none.
type Elements<'v> = Option<Vec<Part<'v>>>;

/// Applies an expression, given by its tree and its length in bytes.
pub fn evaluate(root: &Node, expression: usize, value: &Value) -> Result<Value, EvaluationError> {
    let evaluator = Evaluator { budget: Budget::new(expression, value) };
    evaluator.evaluate(root, Cow::Borrowed(value)).map(Cow::into_owned)
}

struct Evaluator {
    budget: Budget,
}

impl Evaluator {
    fn evaluate<'v>(&self, node: &'v Node, value: Part<'v>) -> Result<Part<'v>, EvaluationError> {
        self.budget.spend(1)?;
        match node {
            Node::Current | Node::Reference(_) => Ok(value),
            Node::Literal(literal) => Ok(Cow::Borrowed(literal)),
            Node::Field(name) => Ok(field(value, name)),
            Node::Index(index) => Ok(element(value, *index)),
            Node::Slice { start, stop, step } => match value.as_list() {
                Some(list) => self.slice(list, *start, *stop, *step).map(Cow::Owned),
                None => Ok(Part::default()),
            },
            Node::Then(left, right) => self.evaluate(right, self.evaluate(left, value)?),
            Node::Projection(..) | Node::ValueProjection(..) | Node::FilterProjection { .. } | Node::Flatten(_) => {
                match self.elements(node, value)? {
                    Some(elements) => self.list(elements).map(Cow::Owned),
                    None => Ok(Part::default()),
                }
            }
            // What looks at its value more than once.
            _ => match value {
                Cow::Borrowed(value) => self.combine(node, value),
                Cow::Owned(value) => self.own(self.combine(node, &value)?).map(Cow::Owned),
            },
        }
    }

    /// Returns the elements of the list that a node gives.
    fn elements<'v>(&self, node: &'v Node, value: Part<'v>) -> Result<Elements<'v>, EvaluationError> {
        let (elements, each) = match node {
            Node::Projection(list, each) => (self.elements(list, value)?, each),
            Node::ValueProjection(object, each) => (values(self.evaluate(object, value)?), each),
            Node::FilterProjection { list, condition, each } => {
                let Some(elements) = self.elements(list, value)? else { return Ok(None) };
                let mut chosen = Vec::new();
                for element in elements {
                    if is_truthy(&*self.evaluate(condition, Cow::Borrowed(&*element))?) {
                        chosen.push(element);
                    }
                }
                (Some(chosen), each)
            }
            Node::Flatten(list) => {
                let Some(elements) = self.elements(list, value)? else { return Ok(None) };
                return self.flatten(elements).map(Some);
            }
            other => return Ok(items(self.evaluate(other, value)?)),
        };
        elements.map(|elements| self.project(elements, each)).transpose()
    }

    fn project<'v>(&self, elements: Vec<Part<'v>>, each: &'v Node) -> Result<Vec<Part<'v>>, EvaluationError> {
        let collection = self.budget.collection();
        let mut projected = Vec::new();
        for element in elements {
            let result = self.evaluate(each, element)?;
            match &result {
                Cow::Borrowed(Value::Null) | Cow::Owned(Value::Null) => continue,
                Cow::Borrowed(_) => collection.add_references(1)?,
                Cow::Owned(value) => collection.add(value)?,
            }
            projected.push(result);
        }
        Ok(projected)
    }

    fn flatten<'v>(&self, elements: Vec<Part<'v>>) -> Result<Vec<Part<'v>>, EvaluationError> {
        let collection = self.budget.collection();
        let mut flat = Vec::new();
        for element in elements {
            collection.add_references(element.as_list().map_or(1, <[Value]>::len))?;
            match element {
                Cow::Borrowed(Value::List(inner)) => flat.extend(inner.iter().map(Cow::Borrowed)),
                Cow::Owned(Value::List(inner)) => flat.extend(inner.into_iter().map(Cow::Owned)),
                other => flat.push(other),
            }
        }
        Ok(flat)
    }

    fn combine<'v>(&self, node: &'v Node, value: &'v Value) -> Result<Part<'v>, EvaluationError> {
        let of = |node: &'v Node| self.evaluate(node, Cow::Borrowed(value));
        Ok(match node {
            Node::Not(inner) => Cow::Owned(Value::Boolean(!is_truthy(&*of(inner)?))),
            Node::And(left, right) => {
                let left = of(left)?;
                if is_truthy(&left) { of(right)? } else { left }
            }
            Node::Or(left, right) => {
                let left = of(left)?;
                if is_truthy(&left) { left } else { of(right)? }
            }
            Node::Compare(comparison, left, right) => {
                let (left, right) = (of(left)?, of(right)?);
                self.budget.visit(&left)?;
                Cow::Owned(compare(*comparison, &left, &right))
            }
            Node::List(_) | Node::Object(_) if matches!(value, Value::Null) => Part::default(),
            Node::List(items) => {
                let items = items.iter().map(of).collect::<Result<_, _>>()?;
                Cow::Owned(self.list(items)?)
            }
            Node::Object(entries) => {
                let collection = self.budget.collection();
                let mut map = ValueMap::new();
                for (name, entry) in entries {
                    let entry = self.own(of(entry)?)?;
                    collection.add(&entry)?;
                    map.insert(name.as_str(), entry);
                }
                Cow::Owned(Value::Map(map))
            }
            Node::Call(name, arguments) => Cow::Owned(self.call(name, arguments, value)?),
            other => of(other)?,
        })
    }

    /// Evaluates and checks the arguments one after the other, so that the first error is reported.
    fn call(&self, name: &str, nodes: &[Node], current: &Value) -> Result<Value, EvaluationError> {
        let function = Function::find(name, nodes.len())?;
        let mut arguments = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.iter().enumerate() {
            let argument = match node {
                Node::Reference(expression) => {
                    let collection = self.budget.collection();
                    Argument::Expression(Box::new(move |item| {
                        let result = self.own(self.evaluate(expression, Cow::Borrowed(item))?)?;
                        collection.add(&result)?;
                        Ok(result)
                    }))
                }
                node => {
                    let value = self.evaluate(node, Cow::Borrowed(current))?;
                    self.budget.visit(&value)?;
                    Argument::Value(value)
                }
            };
            function.check(at, &argument)?;
            arguments.push(argument);
        }
        function.call(arguments)
    }

    fn own(&self, value: Part<'_>) -> Result<Value, EvaluationError> {
        if let Cow::Borrowed(value) = &value {
            self.budget.visit(value)?;
        }
        Ok(value.into_owned())
    }

    fn list(&self, elements: Vec<Part<'_>>) -> Result<Value, EvaluationError> {
        let collection = self.budget.collection();
        let mut items = Vec::with_capacity(elements.len());
        for element in elements {
            collection.add(&element)?;
            items.push(self.own(element)?);
        }
        Ok(Value::List(items))
    }

    /// Returns a slice; negative, missing and out-of-range bounds mean what they mean in Python.
    fn slice(
        &self,
        list: &[Value],
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<Value, EvaluationError> {
        let step = step.unwrap_or(1);
        if step == 0 {
            return Err(EvaluationError::ZeroStep);
        }
        let length = i64::try_from(list.len()).unwrap_or(i64::MAX);
        let (lowest, highest) = if step < 0 { (-1, length.saturating_sub(1)) } else { (0, length) };
        let bound = |bound: Option<i64>, otherwise: i64| match bound {
            None => otherwise,
            Some(bound) if bound < 0 => bound.saturating_add(length).max(lowest),
            Some(bound) => bound.min(highest),
        };
        let (first, last) = if step < 0 { (highest, lowest) } else { (lowest, highest) };
        let (mut at, end) = (bound(start, first), bound(stop, last));
        let mut chosen = Vec::new();
        while (step > 0 && at < end) || (step < 0 && at > end) {
            chosen.extend(usize::try_from(at).ok().and_then(|at| list.get(at)).map(Cow::Borrowed));
            at = at.saturating_add(step);
        }
        self.list(chosen)
    }
}

/// Returns the value of a key.
fn field<'v>(value: Part<'v>, name: &str) -> Part<'v> {
    let found = match value {
        Cow::Borrowed(value) => value.as_map().and_then(|map| map.get(name)).map(Cow::Borrowed),
        Cow::Owned(Value::Map(map)) => map.into_iter().find(|(key, _)| key == name).map(|(_, value)| Cow::Owned(value)),
        Cow::Owned(_) => None,
    };
    found.unwrap_or_default()
}

/// Returns an element of a list; negative numbers count from its end.
fn element(value: Part<'_>, index: i64) -> Part<'_> {
    let position = |list: &[Value]| {
        let back = usize::try_from(index.unsigned_abs()).ok()?;
        let position = if index < 0 { list.len().checked_sub(back)? } else { back };
        (position < list.len()).then_some(position)
    };
    let found = match value {
        Cow::Borrowed(Value::List(list)) => position(list).and_then(|at| list.get(at)).map(Cow::Borrowed),
        Cow::Owned(Value::List(mut list)) => position(&list).map(|at| Cow::Owned(list.swap_remove(at))),
        _ => None,
    };
    found.unwrap_or_default()
}

/// Returns the elements of a list.
fn items(value: Part<'_>) -> Elements<'_> {
    match value {
        Cow::Borrowed(Value::List(items)) => Some(items.iter().map(Cow::Borrowed).collect()),
        Cow::Owned(Value::List(items)) => Some(items.into_iter().map(Cow::Owned).collect()),
        _ => None,
    }
}

/// Returns the values of an object.
fn values(value: Part<'_>) -> Elements<'_> {
    match value {
        Cow::Borrowed(Value::Map(map)) => Some(map.iter().map(|(_, value)| Cow::Borrowed(value)).collect()),
        Cow::Owned(Value::Map(map)) => Some(map.into_iter().map(|(_, value)| Cow::Owned(value)).collect()),
        _ => None,
    }
}
