//! Answers to events as they come.

use std::sync::Arc;

use serde_json::{Map, Value as Json};
use whitesmith_schema::{Operation, ValueMap};

use super::fields::Fields;
use crate::json::{read_events, read_members};
use crate::place::{At, DescriptionError};
use crate::rule::{Reply, is_part_of};

/// Events that answer an event with these members.
struct Turn {
    when: ValueMap,
    events: Vec<ValueMap>,
}

/// Reads a reply whose events answer those of the request.
pub(super) fn reply(operation: &'static Operation, json: &Json, at: At<'_>) -> Result<Reply, DescriptionError> {
    let (Some(incoming), Some(outgoing)) = (operation.input_events(), operation.output_events()) else {
        return Err(at.invalid(format!("the operation {} has no events in both directions", operation.name)));
    };
    let fields = Fields::open(json, at, &["output", "replies", "end"])?;
    let none = Map::new();
    let output = read_members(operation.output, fields.object("output")?.unwrap_or(&none), &fields.at("output"))?;
    let at = fields.at("replies");
    let list = match fields.get("replies") {
        None => &[],
        Some(json) => json.as_array().map(Vec::as_slice).ok_or_else(|| at.invalid("expected a list of replies"))?,
    };
    let turn = |(index, json): (usize, &Json)| {
        let fields = Fields::open(json, at.index(index), &["when", "events"])?;
        let events = fields.get("events").ok_or_else(|| fields.missing("events"))?;
        Ok(Turn {
            when: read_members(incoming.target, fields.object("when")?.unwrap_or(&none), &fields.at("when"))?,
            events: read_events(outgoing, events, &fields.at("events"))?,
        })
    };
    let turns = list.iter().enumerate().map(turn).collect::<Result<Vec<_>, DescriptionError>>()?;
    let end = fields.get("end").map(|events| read_events(outgoing, events, &fields.at("end"))).transpose()?;
    let end = end.unwrap_or_default();
    let answer = move |event: Option<&ValueMap>| match event {
        None => end.clone(),
        Some(event) => {
            let turn = turns.iter().find(|turn| is_part_of(&turn.when, event));
            turn.map(|turn| turn.events.clone()).unwrap_or_default()
        }
    };
    Ok(Reply::Exchange { output, answer: Arc::new(answer) })
}
