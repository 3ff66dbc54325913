//! Whether a JSON value is a value of a shape: for trait values, defaults, examples and metadata.

use super::context::Context;
use super::node_constraints;
use super::node_findings::{Checker, Constrained, Finding, Mode, Step};
use super::timestamps;
use crate::model::{Member, Severity, Shape, ShapeType};
use crate::source::{Node, NodeKind, NodeValue, Number};

/// Findings about the value of a trait or the like; nesting is bounded, as the value's own is.
pub(super) fn check(context: &Context<'_>, shape: &Shape, value: &Node, mode: Mode) -> Vec<Finding> {
    let mut checker = Checker::new(context, value, mode);
    checker.shape(shape, value);
    checker.findings
}

/// The same for a member: its own constraints and those of its target.
pub(super) fn check_member(context: &Context<'_>, member: &Member, value: &Node, mode: Mode) -> Vec<Finding> {
    let mut checker = Checker::new(context, value, mode);
    checker.member(None, member, value);
    checker.findings
}

impl<'c> Checker<'c, '_> {
    fn at(&mut self, step: Step, check: impl FnOnce(&mut Self)) {
        self.path.push(step);
        check(self);
        self.path.pop();
    }

    fn member(&mut self, container: Option<&'c Shape>, member: &'c Member, value: &Node) {
        let target = self.context.model().shape(&member.target);
        if let Some(target) = target {
            self.constraints(Constrained { id: &member.id, traits: &member.traits, target, is_member: true }, value);
        }
        if let (true, Some(container)) = (value.is_null(), container) {
            self.null_member(container, member, value);
        }
        if let Some(target) = target {
            self.referring = Some(member);
            self.shape(target, value);
            self.referring = None;
        }
    }

    fn null_member(&mut self, container: &Shape, member: &Member, value: &Node) {
        if self.context.model().is_nullable(container, member) {
            return;
        }
        match container.shape_type {
            ShapeType::List | ShapeType::Map => {
                let message = format!("`{}` is not sparse, so it cannot hold null", container.id);
                self.error(value, message);
            }
            ShapeType::Structure => {
                let message = format!("The required member `{}` of `{}` is null", member.name, container.id);
                self.error(value, message);
            }
            _ => {}
        }
    }

    fn constraints(&mut self, constrained: Constrained<'_>, value: &Node) {
        timestamps::check(self, constrained, value);
        node_constraints::check(self, constrained, value);
    }

    fn shape(&mut self, shape: &'c Shape, value: &Node) {
        let good = match shape.shape_type {
            ShapeType::Document => return,
            ShapeType::Timestamp => true,
            ShapeType::Blob => self.blob(value),
            ShapeType::String | ShapeType::Enum => value.as_str().is_some(),
            ShapeType::Boolean => value.as_bool().is_some(),
            ShapeType::Float | ShapeType::Double => matches!(value.kind(), NodeKind::Number | NodeKind::String),
            ShapeType::BigDecimal => value.as_number().is_some(),
            ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::IntEnum => {
                self.whole_number(shape, value)
            }
            ShapeType::Long | ShapeType::BigInteger => self.whole_number(shape, value),
            ShapeType::List => value.as_array().is_some(),
            ShapeType::Map | ShapeType::Structure | ShapeType::Union => value.as_object().is_some(),
            ShapeType::Service | ShapeType::Resource | ShapeType::Operation => {
                return self.error(
                    value,
                    format!("`{}` is of type {}, which has no values", shape.id, shape.shape_type.name()),
                );
            }
        };
        if !good {
            return self.wrong_kind(shape, value);
        }
        self.constraints(Constrained { id: &shape.id, traits: &shape.traits, target: shape, is_member: false }, value);
        match (shape.shape_type, &value.value) {
            (ShapeType::List, NodeValue::Array(elements)) => self.list(shape, elements),
            (ShapeType::Map, _) => self.map(shape, value),
            (ShapeType::Structure, _) => self.structure(shape, value),
            (ShapeType::Union, _) => self.union(shape, value),
            _ => {}
        }
    }

    fn wrong_kind(&mut self, shape: &Shape, value: &Node) {
        if value.is_null() && self.mode.allows_nulls {
            return;
        }
        // Numbers say themselves what is wrong with them.
        if shape.shape_type.is_number() && value.as_number().is_some() {
            return;
        }
        let shown = match value.kind() {
            NodeKind::String | NodeKind::Number | NodeKind::Boolean => format!(", {value}"),
            _ => String::new(),
        };
        let message =
            format!("`{}` is of type {}; found {}{shown}", shape.id, shape.shape_type.name(), value.kind().name());
        self.error(value, message);
    }

    fn blob(&mut self, value: &Node) -> bool {
        let Some(text) = value.as_str() else { return false };
        if self.mode.base64_blobs && !is_base64(text) {
            self.error(value, "The value of a blob must be base64".to_owned());
        }
        true
    }

    fn whole_number(&mut self, shape: &Shape, value: &Node) -> bool {
        let Some(number) = value.as_number() else { return false };
        // What no double holds is out of any range, fraction or not.
        let is_fraction = match number {
            Number::Integer(_) => false,
            Number::Float(_) => !number.is_whole(),
            Number::Big(_) => shape.shape_type == ShapeType::BigInteger && !number.is_whole(),
        };
        if is_fraction {
            let message =
                format!("`{}` is of type {}, which has no fractions: {value}", shape.id, shape.shape_type.name());
            self.error(value, message);
            return false;
        }
        let range = match shape.shape_type {
            ShapeType::Byte => i64::from(i8::MIN)..=i64::from(i8::MAX),
            ShapeType::Short => i64::from(i16::MIN)..=i64::from(i16::MAX),
            ShapeType::Integer | ShapeType::IntEnum => i64::from(i32::MIN)..=i64::from(i32::MAX),
            ShapeType::Long => i64::MIN..=i64::MAX,
            _ => return true,
        };
        let fits = number.as_i64().is_some_and(|number| range.contains(&number));
        if !fits {
            let message = format!(
                "Values of type {} are between {} and {}, which {value} is not",
                shape.shape_type.name(),
                range.start(),
                range.end()
            );
            self.error(value, message);
        }
        fits
    }

    fn list(&mut self, shape: &'c Shape, elements: &[Node]) {
        let Some(member) = shape.member("member") else { return };
        for (at, element) in elements.iter().enumerate() {
            self.at(Step::Element(at), |checker| checker.member(Some(shape), member, element));
        }
    }

    fn map(&mut self, shape: &'c Shape, value: &Node) {
        let (Some(key), Some(member)) = (shape.member("key"), shape.member("value")) else { return };
        let is_any_string = |target: &Shape| target.shape_type == ShapeType::String && target.traits.is_empty();
        let is_any_key = key.traits.is_empty() && self.context.model().target(key).is_some_and(is_any_string);
        for (at, entry) in value.as_object().into_iter().flatten().enumerate() {
            if !is_any_key {
                let key_node = Node { span: entry.key_span, value: NodeValue::String(entry.key.clone()) };
                self.at(Step::Key(at), |checker| checker.member(Some(shape), key, &key_node));
            }
            self.at(Step::Entry(at), |checker| checker.member(Some(shape), member, &entry.value));
        }
    }

    fn structure(&mut self, shape: &'c Shape, value: &Node) {
        for (at, entry) in value.as_object().into_iter().flatten().enumerate() {
            match shape.member(&entry.key) {
                Some(member) => self.at(Step::Entry(at), |checker| {
                    checker.member(Some(shape), member, &entry.value);
                }),
                None => {
                    let suffix = format!(".UnknownMember.{}.{}", shape.id, entry.key);
                    let message = format!("`{}` has no member `{}`", shape.id, entry.key);
                    self.add(Severity::Warning, suffix, value, message);
                }
            }
        }
        let severity = if self.mode.constraints_are_warnings { Severity::Warning } else { Severity::Error };
        for member in shape.members.iter().filter(|member| member.traits.is_required()) {
            if value.get(&member.name).is_none() {
                let message = format!("The required member `{}` of `{}` is missing", member.name, shape.id);
                self.add(severity, "", value, message);
            }
        }
    }

    fn union(&mut self, shape: &'c Shape, value: &Node) {
        let Some(object) = value.as_object() else { return };
        if object.len() > 1 {
            return self.error(value, format!("A value of the union `{}` has one member only", shape.id));
        }
        for (at, entry) in object.iter().enumerate() {
            match shape.member(&entry.key) {
                Some(member) => self.at(Step::Entry(at), |checker| {
                    checker.member(Some(shape), member, &entry.value);
                }),
                None => {
                    let suffix = format!(".UnknownMember.{}.{}", shape.id, entry.key);
                    let message = format!("`{}` has no member `{}`", shape.id, entry.key);
                    self.add(Severity::Error, suffix, value, message);
                }
            }
        }
    }
}

/// Whether a text is base64 with padding (RFC 4648, section 4).
pub(super) fn is_base64(text: &str) -> bool {
    let bytes = text.as_bytes();
    let padding = bytes.iter().rev().take_while(|byte| **byte == b'=').count();
    let body = bytes.get(..bytes.len().saturating_sub(padding)).unwrap_or_default();
    bytes.len().is_multiple_of(4)
        && padding <= 2
        && body.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}
