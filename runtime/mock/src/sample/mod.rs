//! Sample values that satisfy the constraints of their shapes.

mod number;
mod pattern;
mod text;

pub(crate) use text::{Uuid, digits, uuid, word};

use pattern::LONGEST;
use whitesmith_schema::{Blob, EnumValueKind, Length, Member, Number, Schema, ShapeType, Timestamp, Value, ValueMap};

/// The depth of optional members; recursive shapes are not followed.
const OPTIONAL_DEPTH: usize = 6;
/// The depth of required members. A shape that requires itself has no value.
const REQUIRED_DEPTH: usize = 64;
/// How often an element that must be unique is sampled again.
const UNIQUE_TRIES: usize = 64;
/// Sample instants lie in the year that follows this one, 2025-01-01T00:00:00Z.
const FIRST_INSTANT: i64 = 1_735_689_600;
const SECONDS_A_YEAR: i64 = 31_536_000;

/// Samples values that satisfy their shapes. The same seed and calls give the same values.
///
/// ```
/// use whitesmith_mock::Sampler;
/// use whitesmith_schema::{Constraints, Member, Schema};
///
/// static ID: Schema = Schema::string("example#Id")
///     .with_constraints(&Constraints::new().with_pattern("^task-[0-9a-z]{13}$"));
/// static TASK: Schema = Schema::structure("example#Task", &[Member::new("Id", &ID).with_required()]);
///
/// let task = Sampler::new(7).structure(&TASK);
/// let id = task.get("Id").and_then(|id| id.as_str()).unwrap_or_default();
/// assert!(id.starts_with("task-") && id.len() == 18);
/// ```
#[derive(Clone, Debug)]
pub struct Sampler {
    random: fastrand::Rng,
    patterns: pattern::Generators,
}

impl Sampler {
    /// Creates a sampler that starts at a seed.
    pub fn new(seed: u64) -> Self {
        Self { random: fastrand::Rng::with_seed(seed), patterns: pattern::Generators::default() }
    }

    /// Calls `sample` with the randomness of a seed, then restores the sampler's own.
    pub(crate) fn seeded<T>(&mut self, seed: u64, sample: impl FnOnce(&mut Self) -> T) -> T {
        let own = std::mem::replace(&mut self.random, fastrand::Rng::with_seed(seed));
        let sampled = sample(self);
        self.random = own;
        sampled
    }

    /// Returns the source of randomness, for values without a shape.
    pub fn random(&mut self) -> &mut fastrand::Rng {
        &mut self.random
    }

    /// Samples each member of a structure, or one member of a union. Optional members are left out where the shape is
    /// recursive, and where no value that meets the constraints was found.
    pub fn structure(&mut self, schema: &'static Schema) -> ValueMap {
        self.members(schema, &mut Vec::new()).unwrap_or_default()
    }

    /// Samples a value for a member; `None` if none that meets the constraints was found.
    pub fn member(&mut self, at: &'static Member) -> Option<Value> {
        self.value(at, &mut Vec::new())
    }

    fn members(&mut self, schema: &'static Schema, above: &mut Vec<&'static str>) -> Option<ValueMap> {
        if above.len() >= REQUIRED_DEPTH {
            return None;
        }
        let optional = above.len() < OPTIONAL_DEPTH && !above.contains(&schema.id);
        above.push(schema.id);
        let members = if schema.shape_type == ShapeType::Union {
            self.choice(schema, above)
        } else {
            self.all(schema, optional, above)
        };
        above.pop();
        members
    }

    fn all(&mut self, schema: &'static Schema, optional: bool, above: &mut Vec<&'static str>) -> Option<ValueMap> {
        let mut map = ValueMap::new();
        for member in schema.members {
            if !member.required && !optional {
                continue;
            }
            match self.value(member, above) {
                Some(value) => map.insert(member.name, value),
                None if member.required => return None,
                None => {}
            }
        }
        Some(map)
    }

    /// One member of a union: a random one, or else the first that ends.
    fn choice(&mut self, schema: &'static Schema, above: &mut Vec<&'static str>) -> Option<ValueMap> {
        let ends = |member: &&'static Member| !above.contains(&member.target.id);
        let open: Vec<&'static Member> = schema.members.iter().filter(ends).collect();
        let start = if open.is_empty() { 0 } else { self.random.usize(..open.len()) };
        for member in open.iter().cycle().skip(start).take(open.len()) {
            if let Some(value) = self.value(member, above) {
                return Some([(member.name, value)].into_iter().collect());
            }
        }
        None
    }

    fn value(&mut self, at: &'static Member, above: &mut Vec<&'static str>) -> Option<Value> {
        let schema = at.target;
        if at.is_event_stream() {
            return Some(Value::List(self.events(schema, above)));
        }
        Some(match schema.shape_type {
            ShapeType::Boolean => Value::Boolean(self.random.bool()),
            ShapeType::String => Value::String(self.string(at)?),
            ShapeType::Enum | ShapeType::IntEnum => match self.random.choice(schema.values)?.value {
                EnumValueKind::String(value) => Value::from(value),
                EnumValueKind::Integer(value) => Value::from(i64::from(value)),
            },
            ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::Long => {
                Value::from(number::whole(at, &mut self.random)?)
            }
            ShapeType::BigInteger => Value::Number(Number::Big(number::whole(at, &mut self.random)?.to_string())),
            ShapeType::Float | ShapeType::Double => {
                Value::Number(Number::Float(number::decimal(at, &mut self.random).parse().ok()?))
            }
            ShapeType::BigDecimal => Value::Number(Number::Big(number::decimal(at, &mut self.random))),
            ShapeType::Blob => {
                let size = self.length(at.length(), 8)?;
                Value::Blob(Blob((0..size).map(|_| self.random.u8(..)).collect()))
            }
            ShapeType::Timestamp => {
                Value::Timestamp(Timestamp::new(FIRST_INSTANT + self.random.i64(0..SECONDS_A_YEAR), 0))
            }
            ShapeType::Document => Value::from(text::labelled(at.name, &mut self.random)),
            ShapeType::List => Value::List(self.list(at, above)?),
            ShapeType::Map => Value::Map(self.map(at, above)?),
            ShapeType::Structure | ShapeType::Union => Value::Map(self.members(schema, above)?),
            _ => return None,
        })
    }

    /// One event of each kind, without the errors.
    fn events(&mut self, union: &'static Schema, above: &mut Vec<&'static str>) -> Vec<Value> {
        let events = union.members.iter().filter(|member| member.target.error.is_none());
        events
            .filter_map(|member| Some((member.name, self.value(member, above)?)))
            .map(|event| Value::Map([event].into_iter().collect()))
            .collect()
    }

    fn string(&mut self, at: &'static Member) -> Option<String> {
        let length = at.length();
        match at.pattern() {
            Some(pattern) => self.patterns.generate(pattern, length, &mut self.random),
            None => {
                let natural = text::labelled(at.name, &mut self.random);
                let size = self.length(length, natural.len() as u64)?;
                Some(text::fit(natural, size, &mut self.random))
            }
        }
    }

    fn list(&mut self, at: &'static Member, above: &mut Vec<&'static str>) -> Option<Vec<Value>> {
        let member = at.target.list_member()?;
        let wanted = self.length(at.length(), 1)?;
        let mut items: Vec<Value> = Vec::new();
        let mut tries = 0;
        while items.len() < wanted && tries < wanted + UNIQUE_TRIES {
            tries += 1;
            match self.value(member, above) {
                Some(value) if at.has_unique_items() && items.contains(&value) => {}
                Some(value) => items.push(value),
                None => break,
            }
        }
        let least = at.length().and_then(|length| length.min).unwrap_or(0);
        (items.len() as u64 >= least).then_some(items)
    }

    fn map(&mut self, at: &'static Member, above: &mut Vec<&'static str>) -> Option<ValueMap> {
        let (key, value) = (at.target.map_key()?, at.target.map_value()?);
        let wanted = self.length(at.length(), 1)?;
        let mut map = ValueMap::new();
        for _ in 0..wanted + UNIQUE_TRIES {
            if map.len() >= wanted {
                break;
            }
            let (Some(Value::String(key)), Some(value)) = (self.value(key, above), self.value(value, above)) else {
                break;
            };
            map.insert(key, value);
        }
        let least = at.length().and_then(|length| length.min).unwrap_or(0);
        (map.len() as u64 >= least).then_some(map)
    }

    /// The length within the bounds that is nearest to the natural one; `None` where the model asks for too much.
    fn length(&self, bounds: Option<Length>, natural: u64) -> Option<usize> {
        let (min, max) = bounds.map_or((0, LONGEST), |length| (length.min.unwrap_or(0), length.max.unwrap_or(LONGEST)));
        if min > LONGEST || min > max {
            return None;
        }
        usize::try_from(natural.clamp(min, max)).ok()
    }
}
