//! The validator: a serializer that checks values instead of writing them.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::convert::Infallible;

use whitesmith_schema::{
    BigDecimal, BigInteger, Document, EnumValueKind, Length, Member, MemberSerializer, Schema, Serialize,
    SerializeMembers, Serializer, ShapeType, Timestamp,
};

use crate::canonical::canonical_at;
use crate::pattern::Pattern;
use crate::{Constraint, Path, Segment, Violation, Violations, decimal};

/// How many violations are collected before validation stops.
pub const MAX_VIOLATIONS: usize = 100;

/// Checks a structure or union and everything in it.
///
/// # Errors
/// The violations, at most [`MAX_VIOLATIONS`].
pub fn validate<T: SerializeMembers>(value: &T) -> Result<(), Violations> {
    let mut validator = Validator::default();
    let full = validator.members(value).is_err();
    if validator.found.is_empty() { Ok(()) } else { Err(Violations { list: validator.found, more: full }) }
}

/// Checks an operation's input as a caller has it, before a client fills in its idempotency token: a required token may
/// be absent.
///
/// # Errors
/// What was found wrong, of which the first [`MAX_VIOLATIONS`].
pub fn validate_input<T: SerializeMembers>(input: &T) -> Result<(), Violations> {
    let Err(mut violations) = validate(input) else { return Ok(()) };
    let schema = input.schema();
    let is_token = |name: &str| schema.member(name).is_some_and(|member| member.idempotency_token);
    violations.list.retain(|Violation { path, constraint }| {
        !matches!((path.0.as_slice(), constraint), ([Segment::Member(name)], Constraint::Required) if is_token(name))
    });
    if violations.list.is_empty() && !violations.more { Ok(()) } else { Err(violations) }
}

/// Whether a value without members or elements meets the constraints of its member.
pub fn is_valid_leaf<T: Serialize + ?Sized>(at: &'static Member, value: &T) -> bool {
    let mut validator = Validator::default();
    value.serialize(at, &mut validator).is_ok() && validator.found.is_empty()
}

/// Whether a text meets the constraints of its member: what [`is_valid_leaf`] says, for less.
pub fn is_valid_text(at: &'static Member, text: &str) -> bool {
    check_text(at, text, Err).is_ok()
}

/// Whether a list or map may have this number of entries.
pub fn is_valid_count(at: &'static Member, entries: usize) -> bool {
    at.length().is_none_or(|allowed| fits(allowed, entries as u64))
}

/// Whether a structure or union may have this number of members set, and of required members set.
pub fn is_valid_member_count(schema: &'static Schema, set: usize, required: usize) -> bool {
    match schema.shape_type {
        ShapeType::Union => set == 1,
        _ => schema.members.iter().filter(|member| member.required).count() == required,
    }
}

#[derive(Default)]
struct Validator {
    path: Vec<Segment>,
    /// Whether the next value may be null.
    null_allowed: bool,
    found: Vec<Violation>,
}

/// The limit of violations is reached.
struct Enough;

type Checked = Result<(), Enough>;

impl Validator {
    fn report(&mut self, constraint: Constraint) -> Checked {
        self.found.push(Violation { path: Path(self.path.clone()), constraint });
        if self.found.len() < MAX_VIOLATIONS { Ok(()) } else { Err(Enough) }
    }

    fn within(&mut self, segment: Segment, check: impl FnOnce(&mut Self) -> Checked) -> Checked {
        self.path.push(segment);
        let checked = check(self);
        self.path.pop();
        checked
    }

    /// Returns whether the shape accepts a value of type `found`; reports a violation otherwise.
    fn typed(&mut self, at: &'static Member, takes: &[ShapeType], found: &'static str) -> Result<bool, Enough> {
        if takes.contains(&at.target.shape_type) {
            return Ok(true);
        }
        self.report(Constraint::Type { expected: at.target.shape_type.name(), found })?;
        Ok(false)
    }

    fn string_length(&mut self, at: &'static Member, actual: impl FnOnce() -> u64) -> Checked {
        let Some(allowed) = at.length() else { return Ok(()) };
        let actual = actual();
        if fits(allowed, actual) { Ok(()) } else { self.report(Constraint::StringLength { allowed, actual }) }
    }

    fn entry_count(&mut self, at: &'static Member, actual: usize) -> Checked {
        match at.length() {
            Some(allowed) if !is_valid_count(at, actual) => {
                self.report(Constraint::EntryCount { allowed, actual: actual as u64 })
            }
            _ => Ok(()),
        }
    }

    fn range(&mut self, at: &'static Member, actual: impl FnOnce() -> String) -> Checked {
        let Some(range) = at.range() else { return Ok(()) };
        let actual = actual();
        let beyond = |bound: Option<&'static str>, side: Ordering| {
            bound.is_some_and(|bound| decimal::compare(&actual, bound).is_none_or(|order| order == side))
        };
        if beyond(range.min, Ordering::Less) || beyond(range.max, Ordering::Greater) {
            self.report(Constraint::Range(range))
        } else {
            Ok(())
        }
    }

    fn map_key(&mut self, at: &'static Member, key: &str) -> Checked {
        match at.target.map_key() {
            Some(member) => self.string(member, key),
            None => Ok(()),
        }
    }
}

/// Hands the constraints of its member that a text does not meet to `report`, until that fails.
fn check_text<E>(
    at: &'static Member,
    text: &str,
    mut report: impl FnMut(Constraint) -> Result<(), E>,
) -> Result<(), E> {
    match at.target.shape_type {
        ShapeType::String => {}
        ShapeType::Enum if at.target.values.iter().any(|known| known.as_str() == Some(text)) => {}
        ShapeType::Enum => return report(Constraint::Enum(at.target.values)),
        other => return report(Constraint::Type { expected: other.name(), found: "string" }),
    }
    if let Some(allowed) = at.length() {
        let actual = text.chars().count() as u64;
        if !fits(allowed, actual) {
            report(Constraint::StringLength { allowed, actual })?;
        }
    }
    match at.pattern() {
        Some(pattern) if !Pattern::cached(pattern).is_match(text) => report(Constraint::Pattern(pattern)),
        _ => Ok(()),
    }
}

fn fits(allowed: Length, actual: u64) -> bool {
    allowed.min.is_none_or(|min| actual >= min) && allowed.max.is_none_or(|max| actual <= max)
}

/// The bounds of an integer type.
fn bounds(shape_type: ShapeType) -> std::ops::RangeInclusive<i64> {
    match shape_type {
        ShapeType::Byte => i64::from(i8::MIN)..=i64::from(i8::MAX),
        ShapeType::Short => i64::from(i16::MIN)..=i64::from(i16::MAX),
        ShapeType::Integer | ShapeType::IntEnum => i64::from(i32::MIN)..=i64::from(i32::MAX),
        _ => i64::MIN..=i64::MAX,
    }
}

const WHOLE: &[ShapeType] = &[
    ShapeType::Byte,
    ShapeType::Short,
    ShapeType::Integer,
    ShapeType::Long,
    ShapeType::IntEnum,
    ShapeType::BigInteger,
];
const FRACTION: &[ShapeType] = &[ShapeType::Float, ShapeType::Double, ShapeType::BigDecimal];
const ANY_NUMBER: &[ShapeType] = &[
    ShapeType::Byte,
    ShapeType::Short,
    ShapeType::Integer,
    ShapeType::Long,
    ShapeType::IntEnum,
    ShapeType::BigInteger,
    ShapeType::Float,
    ShapeType::Double,
    ShapeType::BigDecimal,
];

impl Serializer for Validator {
    type Error = Enough;

    fn boolean(&mut self, at: &'static Member, _: bool) -> Checked {
        self.typed(at, &[ShapeType::Boolean], "boolean").map(drop)
    }

    fn long(&mut self, at: &'static Member, value: i64) -> Checked {
        if !self.typed(at, ANY_NUMBER, "number")? {
            return Ok(());
        }
        if !bounds(at.target.shape_type).contains(&value) {
            return self.report(Constraint::Overflow(at.target.shape_type.name()));
        }
        let listed = |known: &whitesmith_schema::EnumValue| match known.value {
            EnumValueKind::Integer(known) => i64::from(known) == value,
            EnumValueKind::String(_) => false,
        };
        if at.target.shape_type == ShapeType::IntEnum && !at.target.values.iter().any(listed) {
            return self.report(Constraint::Enum(at.target.values));
        }
        self.range(at, || value.to_string())
    }

    fn float(&mut self, at: &'static Member, value: f32) -> Checked {
        // Through the float's own shortest text, since 2.2 as a float is a little more than 2.2 as a double.
        if self.typed(at, FRACTION, "number")? { self.range(at, || value.to_string()) } else { Ok(()) }
    }

    fn double(&mut self, at: &'static Member, value: f64) -> Checked {
        if self.typed(at, FRACTION, "number")? { self.range(at, || value.to_string()) } else { Ok(()) }
    }

    fn big_integer(&mut self, at: &'static Member, value: &BigInteger) -> Checked {
        if self.typed(at, WHOLE, "number")? { self.range(at, || value.to_string()) } else { Ok(()) }
    }

    fn big_decimal(&mut self, at: &'static Member, value: &BigDecimal) -> Checked {
        if !self.typed(at, ANY_NUMBER, "number")? {
            return Ok(());
        }
        if matches!(at.target.shape_type, ShapeType::BigDecimal | ShapeType::Float | ShapeType::Double) {
            self.range(at, || value.to_string())
        } else {
            self.report(Constraint::Overflow(at.target.shape_type.name()))
        }
    }

    fn string(&mut self, at: &'static Member, value: &str) -> Checked {
        check_text(at, value, |constraint| self.report(constraint))
    }

    fn blob(&mut self, at: &'static Member, value: &[u8]) -> Checked {
        if self.typed(at, &[ShapeType::Blob], "blob")? { self.string_length(at, || value.len() as u64) } else { Ok(()) }
    }

    fn timestamp(&mut self, at: &'static Member, _: Timestamp) -> Checked {
        self.typed(at, &[ShapeType::Timestamp], "timestamp").map(drop)
    }

    fn document(&mut self, at: &'static Member, _: &Document) -> Checked {
        self.typed(at, &[ShapeType::Document], "document").map(drop)
    }

    fn null(&mut self, _: &'static Member) -> Checked {
        if self.null_allowed { Ok(()) } else { self.report(Constraint::Required) }
    }

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Checked {
        if !self.typed(at, &[ShapeType::List], "list")? {
            return Ok(());
        }
        let Some(member) = at.target.list_member() else { return Ok(()) };
        self.entry_count(at, items.len())?;
        let mut seen = HashSet::new();
        let mut unique = true;
        for (index, item) in items.enumerate() {
            if unique && at.has_unique_items() {
                unique = seen.insert(canonical_at(member, item));
            }
            self.null_allowed = at.target.traits.sparse;
            self.within(Segment::Index(index), |validator| item.serialize(member, validator))?;
        }
        if unique { Ok(()) } else { self.report(Constraint::UniqueItems) }
    }

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Checked {
        if !self.typed(at, &[ShapeType::Map], "map")? {
            return Ok(());
        }
        let Some(member) = at.target.map_value() else { return Ok(()) };
        self.entry_count(at, entries.len())?;
        for (key, value) in entries {
            self.map_key(at, key)?;
            self.null_allowed = at.target.traits.sparse;
            self.within(Segment::Key(key.to_owned()), |validator| value.serialize(member, validator))?;
        }
        Ok(())
    }

    fn structure<T: SerializeMembers>(&mut self, _: &'static Member, value: &T) -> Checked {
        self.members(value)
    }
}

impl Validator {
    fn members<T: SerializeMembers>(&mut self, value: &T) -> Checked {
        let schema = value.schema();
        let mut members = Members { validator: self, set: 0, required: 0 };
        value.serialize_members(&mut members)?;
        let Members { set, required, .. } = members;
        match schema.shape_type {
            _ if is_valid_member_count(schema, set, required) => Ok(()),
            ShapeType::Union => self.report(Constraint::UnionMembers(set)),
            _ => self.missing(value),
        }
    }

    /// Reports the missing required members of a structure.
    fn missing<T: SerializeMembers>(&mut self, value: &T) -> Checked {
        let mut present = Present(Vec::new());
        let Ok(()) = value.serialize_members(&mut present);
        for member in value.schema().members.iter().filter(|member| member.required) {
            if !present.0.contains(&member.name) {
                self.within(Segment::Member(member.name), |validator| validator.report(Constraint::Required))?;
            }
        }
        Ok(())
    }
}

/// Checks and counts the members that are set.
struct Members<'a> {
    validator: &'a mut Validator,
    set: usize,
    required: usize,
}

impl MemberSerializer for Members<'_> {
    type Error = Enough;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Checked {
        if value.is_absent() {
            return Ok(());
        }
        self.set = self.set.saturating_add(1);
        self.required = self.required.saturating_add(usize::from(member.required));
        self.validator.null_allowed = !member.required;
        self.validator.within(Segment::Member(member.name), |validator| value.serialize(member, validator))
    }
}

/// The names of the members that are set.
struct Present(Vec<&'static str>);

impl MemberSerializer for Present {
    type Error = Infallible;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), Infallible> {
        if !value.is_absent() {
            self.0.push(member.name);
        }
        Ok(())
    }
}
