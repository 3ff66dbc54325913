//! Inputs that are checked while they are read, and not kept.
//!
//! The constraints themselves are those of `whitesmith_validation`; only the walk is repeated here, over a deserializer
//! instead of a value. It gives a yes or no: for what is wrong, the input is read again as a value and validated. That
//! saves a third of a request's instructions (28,800 instead of 41,500 in user space, with a new token 41,700 instead of
//! 85,800; see BENCHMARKS.md), since nearly all requests are valid and few are looked at as values.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

mod fingerprint;

use whitesmith_protocol::Seed;
use whitesmith_schema::{Deserialize as _, Deserializer, Member, Schema, ShapeType, Value, ValueMap};
use whitesmith_validation::{is_valid_count, is_valid_leaf, is_valid_member_count, is_valid_text};

pub(crate) use fingerprint::Fingerprints;

/// What is known of a valid input.
#[derive(Debug)]
pub(crate) struct CheckedInput {
    schema: &'static Schema,
    texts: TopTexts,
    /// The [fingerprint](Fingerprints) of the input without its idempotency token.
    pub(crate) fingerprint: u64,
}

impl CheckedInput {
    /// Returns the string at a member of the input.
    pub(crate) fn text(&self, member: &str) -> Option<&str> {
        self.texts.get(self.schema.member_index(member)?)
    }

    /// Summarizes an input that was read as a value.
    pub(crate) fn of(schema: &'static Schema, input: &ValueMap, fingerprints: &Fingerprints) -> Self {
        let mut texts = TopTexts::new(schema);
        for (name, value) in input.iter() {
            if let (Some(index), Value::String(text)) = (schema.member_index(name), value) {
                texts.add(index, text);
            }
        }
        let token = schema.members.iter().find(|member| member.idempotency_token).map(|member| member.name);
        Self { schema, texts, fingerprint: fingerprints.map(input, token) }
    }
}

/// The strings among an input's members.
#[derive(Debug)]
struct TopTexts {
    all: String,
    /// The member's index, and where its text ends.
    ends: Vec<(usize, usize)>,
}

impl TopTexts {
    /// Room for usual texts, so that they are allocated once.
    const CAPACITY: usize = 256;
    const MEMBERS: usize = 16;

    fn new(schema: &'static Schema) -> Self {
        Self {
            all: String::with_capacity(Self::CAPACITY),
            ends: Vec::with_capacity(schema.members.len().min(Self::MEMBERS)),
        }
    }

    fn add(&mut self, member: usize, text: &str) {
        self.all.push_str(text);
        self.ends.push((member, self.all.len()));
    }

    fn get(&self, member: usize) -> Option<&str> {
        let at = self.ends.iter().position(|(known, _)| *known == member)?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |(_, end)| *end);
        self.all.get(start..self.ends.get(at)?.1)
    }
}

/// Reads an input as a [`CheckedInput`], or as `None` if it may be invalid.
pub(crate) struct CheckingSeed<'a> {
    pub(crate) schema: &'static Schema,
    pub(crate) fingerprints: &'a Fingerprints,
}

impl Seed for CheckingSeed<'_> {
    type Value = Option<CheckedInput>;

    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<Option<CheckedInput>, D::Error> {
        let Self { schema, fingerprints } = self;
        let mut checker = StreamChecker { fingerprints, right: true };
        let mut texts = TopTexts::new(schema);
        let fingerprint = checker.members(schema, deserializer, |checker, index, member, deserializer| {
            if !matches!(member.target.shape_type, ShapeType::String | ShapeType::Enum) {
                return checker.value(member, deserializer).map(Some);
            }
            let value = deserializer.string_with(member, |text| {
                texts.add(index, text);
                checker.text(member, text)
            })?;
            Ok((!member.idempotency_token).then_some(value))
        })?;
        Ok(checker.right.then_some(CheckedInput { schema, texts, fingerprint }))
    }
}

/// Checks values while they are read.
struct StreamChecker<'a> {
    fingerprints: &'a Fingerprints,
    /// Whether everything was valid so far.
    right: bool,
}

/// Structures with more members are left to the validator.
const MOST_MEMBERS: usize = u128::BITS as usize;

impl StreamChecker<'_> {
    fn text(&mut self, at: &'static Member, text: &str) -> u64 {
        self.right &= is_valid_text(at, text);
        self.fingerprints.text(text)
    }

    fn value<D: Deserializer>(&mut self, at: &'static Member, deserializer: &mut D) -> Result<u64, D::Error> {
        match at.target.shape_type {
            ShapeType::String | ShapeType::Enum => deserializer.string_with(at, |text| self.text(at, text)),
            ShapeType::List => self.list(at, deserializer),
            ShapeType::Map => self.map(at, deserializer),
            ShapeType::Structure | ShapeType::Union => deserializer.structure_with(at.target, |deserializer| {
                self.members(at.target, deserializer, |checker, _, member, deserializer| {
                    checker.value(member, deserializer).map(Some)
                })
            }),
            _ => {
                let value = Value::deserialize(at, deserializer)?;
                self.right &= is_valid_leaf(at, &value);
                Ok(self.fingerprints.value(&value))
            }
        }
    }

    /// Visits each member; `visit` returns its fingerprint, or `None` if it does not count.
    fn members<D: Deserializer>(
        &mut self,
        schema: &'static Schema,
        deserializer: &mut D,
        mut visit: impl FnMut(&mut Self, usize, &'static Member, &mut D) -> Result<Option<u64>, D::Error>,
    ) -> Result<u64, D::Error> {
        let mut fingerprint = self.fingerprints.empty_map();
        let (mut seen, mut set, mut required) = (0_u128, 0, 0);
        while let Some(index) = deserializer.next_member(schema)? {
            let Some(member) = schema.members.get(index) else {
                deserializer.skip()?;
                continue;
            };
            let place = if index < MOST_MEMBERS { 1 << index } else { u128::MAX };
            // Of a member that comes again, only the last counts.
            self.right &= seen & place == 0 && index < MOST_MEMBERS;
            seen |= place;
            set = usize::saturating_add(set, 1);
            required = usize::from(member.required).saturating_add(required);
            if let Some(value) = visit(self, index, member, deserializer)? {
                fingerprint = self.fingerprints.with_entry(fingerprint, member.name, value);
            }
        }
        self.right &= is_valid_member_count(schema, set, required);
        Ok(fingerprint)
    }

    /// An element or entry, which may be null where the list or map is sparse.
    fn entry<D: Deserializer>(
        &mut self,
        sparse: bool,
        at: &'static Member,
        deserializer: &mut D,
    ) -> Result<u64, D::Error> {
        if sparse && deserializer.null()? {
            return Ok(self.fingerprints.value(&Value::Null));
        }
        self.value(at, deserializer)
    }

    fn list<D: Deserializer>(&mut self, at: &'static Member, deserializer: &mut D) -> Result<u64, D::Error> {
        let member = at.target.list_member().unwrap_or(at);
        let unique = at.has_unique_items();
        let mut fingerprint = self.fingerprints.empty_list();
        let (mut count, mut seen) = (0, Vec::new());
        deserializer.list_with(at, |deserializer| {
            let element = self.entry(at.target.traits.sparse, member, deserializer)?;
            fingerprint = self.fingerprints.with_element(fingerprint, element);
            count = usize::saturating_add(count, 1);
            if unique {
                seen.push(element);
            }
            Ok(())
        })?;
        self.right &= is_valid_count(at, count) && all_differ(&mut seen);
        Ok(fingerprint)
    }

    fn map<D: Deserializer>(&mut self, at: &'static Member, deserializer: &mut D) -> Result<u64, D::Error> {
        let (key_member, member) = (at.target.map_key(), at.target.map_value().unwrap_or(at));
        let mut fingerprint = self.fingerprints.empty_map();
        let mut keys = Vec::new();
        deserializer.map_with(at, |deserializer, key| {
            keys.push(match key_member {
                Some(key_member) => self.text(key_member, &key),
                None => self.fingerprints.text(&key),
            });
            let value = self.entry(at.target.traits.sparse, member, deserializer)?;
            fingerprint = self.fingerprints.with_entry(fingerprint, &key, value);
            Ok(())
        })?;
        // Of a key that comes again, only the last counts.
        self.right &= is_valid_count(at, keys.len()) && all_differ(&mut keys);
        Ok(fingerprint)
    }
}

fn all_differ(fingerprints: &mut [u64]) -> bool {
    fingerprints.sort_unstable();
    fingerprints.windows(2).all(|pair| !matches!(pair, [one, other] if one == other))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use whitesmith_protocol::{AwsJson1_0, Dynamic, Protocol as _, ReadOptions, ReceivedRequest};
    use whitesmith_schema::prelude::UNIT;
    use whitesmith_schema::{Constraints, EnumValue, Operation, Structure};

    use super::*;

    static NAME: Schema = Schema::string("e#Name")
        .with_constraints(&Constraints::new().with_pattern("^[a-zé]*$").with_length(Some(1), Some(4)));
    static COLOR: Schema =
        Schema::string_enum("e#Color", &[EnumValue::string("RED", "RED"), EnumValue::string("BLUE", "BLUE")]);
    static LONG: Schema = Schema::simple("e#Long", ShapeType::Long);
    static NUMBER: Schema = Schema::simple("e#Number", ShapeType::Integer)
        .with_constraints(&Constraints::new().with_range(Some("1"), Some("10")));
    static DOUBLE: Schema = Schema::simple("e#Double", ShapeType::Double);
    static BLOB: Schema =
        Schema::simple("e#Blob", ShapeType::Blob).with_constraints(&Constraints::new().with_length(None, Some(2)));
    static DOCUMENT: Schema = Schema::simple("e#Document", ShapeType::Document);
    static NAMES: Schema = Schema::list("e#Names", &[Member::new("member", &NAME)]).with_unique_items();
    static SPARSE: Schema = Schema::list("e#Sparse", &[Member::new("member", &LONG)]).with_sparse();
    static MAP: Schema = Schema::map("e#Map", &[Member::new("key", &NAME), Member::new("value", &NUMBER)])
        .with_constraints(&Constraints::new().with_length(None, Some(2)));
    static UNION: Schema = Schema::union("e#Union", &[Member::new("A", &NAME), Member::new("B", &NUMBER)]);
    static NESTED: Schema =
        Schema::structure("e#Nested", &[Member::new("Name", &NAME).with_required(), Member::new("Number", &NUMBER)]);
    static INPUT: Schema = Schema::structure(
        "e#Input",
        &[
            Member::new("Token", &NAME).with_idempotency_token(),
            Member::new("Name", &NAME).with_required(),
            Member::new("Color", &COLOR),
            Member::new("Number", &NUMBER),
            Member::new("Double", &DOUBLE),
            Member::new("Blob", &BLOB),
            Member::new("Document", &DOCUMENT),
            Member::new("Names", &NAMES),
            Member::new("Sparse", &SPARSE),
            Member::new("Map", &MAP),
            Member::new("Union", &UNION),
            Member::new("Nested", &NESTED),
        ],
    );
    static OPERATION: Operation = Operation::new("e#Do", "Do", &INPUT, &UNIT).without_output();

    fn received<'a>(headers: &'a HeaderMap, body: &'a str) -> ReceivedRequest<'a> {
        ReceivedRequest::new(&http::Method::POST, "/", headers, body.as_bytes())
    }

    fn checked(fingerprints: &Fingerprints, body: &str) -> Option<CheckedInput> {
        let seed = CheckingSeed { schema: &INPUT, fingerprints };
        AwsJson1_0::read_input(&OPERATION, received(&HeaderMap::new(), body), ReadOptions::SERVER, seed).ok()?
    }

    fn whole(fingerprints: &Fingerprints, body: &str) -> Option<CheckedInput> {
        let headers = HeaderMap::new();
        let seed = Dynamic(&INPUT);
        let value = AwsJson1_0::read_input(&OPERATION, received(&headers, body), ReadOptions::SERVER, seed).ok()?;
        let input = value.as_map()?;
        whitesmith_validation::validate(&Structure { schema: &INPUT, members: input }).ok()?;
        Some(CheckedInput::of(&INPUT, input, fingerprints))
    }

    #[test]
    fn agrees_with_the_validator() {
        let members = [
            ("", true),
            (r#""Token":"t""#, true),
            (r#""Token":"toolong""#, false),
            (r#""Color":"RED","Other":[{}]"#, true),
            (r#""Color":"GREEN""#, false),
            (r#""Number":10"#, true),
            (r#""Number":11"#, false),
            (r#""Number":1.5"#, false),
            (r#""Number":null"#, true),
            (r#""Double":-0.0"#, true),
            (r#""Double":"NaN""#, true),
            (r#""Blob":"YWI=""#, true),
            (r#""Blob":"YWJj""#, false),
            (r#""Document":{"a":[1,1.0,null,"x"]}"#, true),
            (r#""Names":["a","é"]"#, true),
            (r#""Names":["a","b","a"]"#, false),
            (r#""Names":["a",null]"#, false),
            (r#""Names":[]"#, true),
            (r#""Names":["A"]"#, false),
            (r#""Sparse":[1,null]"#, true),
            (r#""Map":{"a":1,"b":2}"#, true),
            (r#""Map":{"a":1,"b":2,"c":3}"#, false),
            (r#""Map":{"A":1}"#, false),
            (r#""Map":{"a":0}"#, false),
            (r#""Union":{"A":"a"}"#, true),
            (r#""Union":{"A":"a","B":1}"#, false),
            (r#""Union":{}"#, false),
            (r#""Nested":{"Name":"n","Number":3}"#, true),
            (r#""Nested":{"Number":3}"#, false),
            (r#""Nested":{"Name":"n","Number":null}"#, true),
            (r#""Nested":[]"#, false),
        ];
        let fingerprints = Fingerprints::default();
        for (member, right) in members {
            let comma = if member.is_empty() { "" } else { "," };
            let body = format!(r#"{{"Name":"n\u0061m"{comma}{member}}}"#);
            let (first, whole) = (checked(&fingerprints, &body), whole(&fingerprints, &body));
            assert_eq!((first.is_some(), whole.is_some()), (right, right), "{body}");
            if let (Some(first), Some(whole)) = (first, whole) {
                assert_eq!(first.fingerprint, whole.fingerprint, "{body}");
                for name in ["Token", "Name", "Color", "Number"] {
                    assert_eq!(first.text(name), whole.text(name), "{body}");
                }
                assert_eq!(first.text("Name"), Some("nam"));
            }
        }
        assert!(checked(&fingerprints, r#"{"Token":"t"}"#).is_none());
    }

    #[test]
    fn leaves_duplicates_to_the_validator() {
        let fingerprints = Fingerprints::default();
        for body in [r#"{"Name":"a","Name":"b"}"#, r#"{"Name":"a","Map":{"a":1,"a":2}}"#] {
            assert!(checked(&fingerprints, body).is_none() && whole(&fingerprints, body).is_some(), "{body}");
        }
    }

    #[test]
    fn fingerprint_ignores_order_and_token() {
        let fingerprints = Fingerprints::default();
        let of = |body: &str| checked(&fingerprints, body).map(|checked_input| checked_input.fingerprint);
        let one = of(r#"{"Token":"t","Name":"a","Map":{"a":1,"b":2},"Names":["x","y"]}"#);
        assert!(one.is_some());
        assert_eq!(one, of(r#"{ "Names":["x","y"], "Map":{"b":2,"a":1},"Name":"a", "Token":"u", "Blob":null }"#));
        for other in [
            r#"{"Token":"t","Name":"a","Map":{"a":2,"b":1},"Names":["x","y"]}"#,
            r#"{"Token":"t","Name":"a","Map":{"a":1,"b":2},"Names":["y","x"]}"#,
            r#"{"Token":"t","Name":"b","Map":{"a":1,"b":2},"Names":["x","y"]}"#,
            r#"{"Token":"t","Name":"a","Map":{"a":1,"b":2}}"#,
        ] {
            assert!(of(other).is_some() && of(other) != one, "{other}");
        }
    }
}
