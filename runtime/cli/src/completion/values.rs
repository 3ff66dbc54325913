//! What a value can go on with: values of enums and booleans, and the names in shorthand, however deep they are nested.

use whitesmith_schema::{EnumValue, Member, Schema, ShapeType};

/// Characters with a meaning in shorthand: values that hold them are not offered there.
const SYNTAX: &[char] = &[',', '=', '{', '}', '[', ']', '"', '\''];

/// Returns the values of a shape that begin with what is typed. A word that is not finished ends in `=`, `{` or `[`.
pub fn complete(schema: &'static Schema, typed: &str) -> Vec<String> {
    let mut found = Vec::new();
    match schema.shape_type {
        ShapeType::Structure | ShapeType::Union | ShapeType::Map => entries(schema, "", typed, &mut found),
        _ => found.extend(scalars(schema).into_iter().filter(|value| value.starts_with(typed)).map(str::to_owned)),
    }
    found
}

/// Completes the last of the entries `key=value,…`, behind what is typed already.
fn entries(schema: &'static Schema, before: &str, typed: &str, found: &mut Vec<String>) {
    let (complete, last) = split_last(typed);
    let before = format!("{before}{complete}");
    let Some((key, value)) = last.split_once('=') else {
        let members = match schema.shape_type {
            ShapeType::Structure | ShapeType::Union => schema.members,
            _ => &[],
        };
        let fitting = members.iter().filter(|member| member.name.starts_with(last));
        fitting.for_each(|member| begin(member, &before, found));
        return;
    };
    let target = match schema.shape_type {
        ShapeType::Map => schema.map_value(),
        _ => schema.member(key),
    };
    if let Some(member) = target {
        nested(member.target, &format!("{before}{key}="), value, found);
    }
}

/// Offers a member with each of its known values, or with the beginning of one.
fn begin(member: &'static Member, before: &str, found: &mut Vec<String>) {
    let start = format!("{before}{}=", member.name);
    let count = found.len();
    nested(member.target, &start, "", found);
    if found.len() == count {
        found.push(start);
    }
}

/// Completes a value behind a key.
fn nested(schema: &'static Schema, before: &str, typed: &str, found: &mut Vec<String>) {
    if is_closed(typed) {
        return;
    }
    match schema.shape_type {
        ShapeType::Structure | ShapeType::Union | ShapeType::Map => match typed.strip_prefix('{') {
            Some(inner) => entries(schema, &format!("{before}{{"), inner, found),
            None if typed.is_empty() => found.push(format!("{before}{{")),
            None => {}
        },
        ShapeType::List => {
            let Some(element) = schema.list_member() else { return };
            match typed.strip_prefix('[') {
                Some(inner) => {
                    let (complete, last) = split_last(inner);
                    nested(element.target, &format!("{before}[{complete}"), last, found);
                }
                None if typed.is_empty() => nested(element.target, &format!("{before}["), "", found),
                None => {}
            }
        }
        _ => {
            let usable = scalars(schema).into_iter().filter(|value| !value.contains(SYNTAX));
            found.extend(usable.filter(|value| value.starts_with(typed)).map(|value| format!("{before}{value}")));
        }
    }
}

/// Returns the values that a scalar can have, if they are known.
fn scalars(schema: &'static Schema) -> Vec<&'static str> {
    match schema.shape_type {
        ShapeType::Boolean => vec!["true", "false"],
        _ => schema.values.iter().filter_map(EnumValue::as_str).collect(),
    }
}

/// Splits behind the last comma outside brackets and quotes.
fn split_last(text: &str) -> (&str, &str) {
    let (mut depth, mut quote, mut start) = (0_i32, None, 0);
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(open), character) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth -= 1,
            (None, ',') if depth == 0 => start = at + 1,
            (None, _) => {}
        }
    }
    text.split_at_checked(start).unwrap_or(("", text))
}

/// Whether a value begins and ends with brackets that belong together.
fn is_closed(text: &str) -> bool {
    let count = |brackets: &[char]| text.matches(brackets).count();
    text.ends_with(['}', ']']) && count(&['{', '[']) == count(&['}', ']'])
}
