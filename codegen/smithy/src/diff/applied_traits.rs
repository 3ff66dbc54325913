//! Traits that were applied, taken off, or given another value, as far as their definitions say nothing special.

use foldhash::HashMap;

use super::change::Side;
use super::differences::{Differences, Pair, TraitChange};
use super::json::ticked;
use super::report::Report;
use crate::model::{Member, Model, Severity, Shape, ShapeId, ShapeType};
use crate::source::Node;

/// Traits that other evaluators judge, or that only exist for older tools.
const IGNORED: [&str; 2] = ["smithy.api#box", "smithy.api#required"];

/// How deep a trait's value is followed by its definition.
const MAX_DEPTH: usize = 32;

/// A way in which a trait changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Add,
    Remove,
    Update,
    /// Any of the three.
    Const,
    /// Look at the tags of the members of the trait's definition.
    Contents,
}

#[derive(Clone, Copy)]
struct Strategy {
    kind: Kind,
    severity: Severity,
}

/// What happens to the traits whose definition has no opinion.
const DEFAULT: [Strategy; 3] = [
    Strategy { kind: Kind::Add, severity: Severity::Note },
    Strategy { kind: Kind::Update, severity: Severity::Note },
    Strategy { kind: Kind::Remove, severity: Severity::Warning },
];

/// What happens to the traits that no definition is known of.
const UNKNOWN: [Strategy; 1] = [Strategy { kind: Kind::Const, severity: Severity::Warning }];

/// `ModifiedTrait`
pub(super) fn changed(differences: &Differences<'_>, report: &mut Report) {
    let mut strategies = HashMap::default();
    for pair in &differences.changed {
        for (id, change) in pair.trait_changes() {
            if IGNORED.contains(&id.as_str()) {
                continue;
            }
            let definition = differences.definition(id);
            let chosen: &Vec<Strategy> =
                strategies.entry(id.clone()).or_insert_with(|| strategies_of(definition.map(|(_, shape)| shape)));
            for strategy in chosen {
                let model = definition.map_or(differences.new, |(model, _)| model);
                let mut crawler = Crawler { model, pair: *pair, trait_id: id, report };
                if strategy.kind == Kind::Contents {
                    if let (TraitChange::Updated(old, new), Some((_, definition))) = (change, definition) {
                        crawler.shape(definition, Some(old), Some(new), "", 0);
                    }
                } else {
                    crawler.judge(*strategy, "", change.before(), change.after());
                }
            }
        }
    }
}

/// The strategies of a trait: its definition's tags, none if it has `breakingChanges` (which are judged by themselves).
fn strategies_of(definition: Option<&Shape>) -> Vec<Strategy> {
    let Some(definition) = definition.filter(|shape| shape.traits.is_trait_definition()) else {
        return UNKNOWN.to_vec();
    };
    let tags = definition.traits.get("smithy.api#tags").into_iter().flat_map(Node::strings);
    let tagged: Vec<Strategy> = tags.filter_map(|tag| strategy_of(tag, true)).collect();
    let breaking = definition.traits.get("smithy.api#trait").and_then(|value| value.get("breakingChanges"));
    let has_rules = breaking.and_then(Node::as_array).is_some_and(|rules| !rules.is_empty());
    if !tagged.is_empty() {
        tagged
    } else if has_rules {
        Vec::new()
    } else {
        DEFAULT.to_vec()
    }
}

/// The strategy that a tag `diff.severity.kind` asks for.
fn strategy_of(tag: &str, contents: bool) -> Option<Strategy> {
    let rest = tag.strip_prefix("diff.")?;
    if rest == "contents" {
        return contents.then_some(Strategy { kind: Kind::Contents, severity: Severity::Note });
    }
    let (severity, kind) = rest.split_once('.')?;
    let severity = match severity {
        "error" => Severity::Error,
        "danger" => Severity::Danger,
        "warning" => Severity::Warning,
        _ => return None,
    };
    let kind = match kind {
        "add" => Kind::Add,
        "remove" => Kind::Remove,
        "update" => Kind::Update,
        "const" => Kind::Const,
        _ => return None,
    };
    Some(Strategy { kind, severity })
}

/// Walks through a trait's value, both sides at once, along the trait's definition.
struct Crawler<'a, 'r> {
    model: &'a Model,
    pair: Pair<'a>,
    trait_id: &'a ShapeId,
    report: &'r mut Report,
}

impl Crawler<'_, '_> {
    fn judge(&mut self, strategy: Strategy, path: &str, old: Option<&Node>, new: Option<&Node>) {
        let trait_id = self.trait_id;
        let applies = |kind| strategy.kind == kind || strategy.kind == Kind::Const;
        let place = |what: &str| match path {
            "" => format!("trait `{trait_id}`"),
            path => format!("trait contents {what} `{trait_id}` at path `{path}`"),
        };
        let (verb, message, at) = match (old, new) {
            (None, Some(new)) if applies(Kind::Add) => {
                ("Add", format!("Added {} with value {}", place("to"), ticked(new)), (Side::New, new.span))
            }
            (Some(old), None) if applies(Kind::Remove) => {
                let what = if path.is_empty() { "Previous trait value" } else { "Removed value" };
                let message = format!("Removed {}. {what}: {}", place("from"), ticked(old));
                ("Remove", message, (Side::Old, old.span))
            }
            (Some(old), Some(new)) if old != new && applies(Kind::Update) => {
                let message = format!("Changed {} from {} to {}", place("of"), ticked(old), ticked(new));
                ("Update", message, (Side::New, self.pair.new.span()))
            }
            _ => return,
        };
        let id = format!("ModifiedTrait.{verb}.{trait_id}");
        self.report.add_at(strategy.severity, &id, Some(self.pair.new.id()), at, message);
    }

    fn shape(&mut self, shape: &Shape, old: Option<&Node>, new: Option<&Node>, path: &str, depth: usize) {
        let (Some(old), Some(new)) = (old, new) else { return };
        if depth > MAX_DEPTH {
            return;
        }
        match shape.shape_type {
            ShapeType::List => {
                let (Some(old), Some(new)) = (old.as_array(), new.as_array()) else { return };
                let Some(member) = shape.member("member") else { return };
                for at in 0..old.len().max(new.len()) {
                    self.member(member, old.get(at), new.get(at), &format!("{path}/{at}"), depth);
                }
            }
            ShapeType::Map => {
                let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else { return };
                let Some(member) = shape.member("value") else { return };
                for entry in old {
                    let path = format!("{path}/{}", entry.key);
                    self.member(member, Some(&entry.value), new.get(&entry.key), &path, depth);
                }
                for entry in new.iter().filter(|entry| old.get(&entry.key).is_none()) {
                    self.member(member, None, Some(&entry.value), &format!("{path}/{}", entry.key), depth);
                }
            }
            ShapeType::Structure | ShapeType::Union => {
                let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else { return };
                for member in &shape.members {
                    let (before, after) = (old.get(&member.name), new.get(&member.name));
                    if before.is_some() || after.is_some() {
                        self.member(member, before, after, &format!("{path}/{}", member.name), depth);
                    }
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, member: &Member, old: Option<&Node>, new: Option<&Node>, path: &str, depth: usize) {
        let tags = member.traits.get("smithy.api#tags").into_iter().flat_map(Node::strings);
        for strategy in tags.filter_map(|tag| strategy_of(tag, false)) {
            self.judge(strategy, path, old, new);
        }
        if let Some(target) = self.model.target(member) {
            self.shape(target, old, new, path, depth + 1);
        }
    }
}
