//! A team's own changes to a model that others publish: `apply` statements that win over what the model says.

use super::error::LoadError;
use crate::model::{Model, ShapeId, nearest_names};
use crate::source::{Level, Node, Span, parse, render};

/// Why an overlay does not apply. Every message names the overlay's file, and the line where that helps.
#[derive(Debug, thiserror::Error)]
pub enum OverlayError {
    /// The file cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The file is not an overlay, or the model lacks a shape that it changes.
    #[error("{rendered}")]
    DoesNotApply {
        /// What is wrong, with the place and the line.
        rendered: String,
    },
}

/// A complaint about a place in the overlay.
struct Complaint(Span, String);

/// Lays the `apply` statements of a file in the JSON AST over a model. Their traits replace those of the model; `null` as
/// a trait's value takes the trait off.
///
/// # Errors
/// When the file is not JSON, holds anything but `apply` statements, or names a shape, member or trait that is not there.
pub fn overlay(model: &mut Model, name: &str, bytes: &[u8]) -> Result<(), OverlayError> {
    let file = model.sources_mut().add(name, bytes).map_err(LoadError::from)?;
    let node = parse(file, model.sources().text(file)).map_err(|error| LoadError::json(error, model.sources()))?;
    apply_all(model, &node).map_err(|Complaint(span, text)| OverlayError::DoesNotApply {
        rendered: render(model.sources(), Level::Error, Some("Overlay"), &text, span),
    })
}

fn apply_all(model: &mut Model, file: &Node) -> Result<(), Complaint> {
    let is_model = file.get("smithy").is_some_and(|version| version.as_str().is_some());
    let shapes = file.get("shapes").and_then(Node::as_object);
    let (true, Some(shapes)) = (is_model, shapes) else {
        let text = "an overlay is a Smithy JSON AST with `smithy` and `shapes`, all of the type `apply`";
        return Err(Complaint(file.span, text.to_owned()));
    };
    for entry in shapes {
        let traits = entry.value.get("traits").and_then(Node::as_object);
        let is_apply = entry.value.get("type").and_then(Node::as_str) == Some("apply");
        let (true, Some(traits)) = (is_apply, traits) else {
            let text = format!("`{}` is no `apply` statement with `traits`: an overlay has nothing else", entry.key);
            return Err(Complaint(entry.key_span, text));
        };
        let id = ShapeId::parse(&entry.key).map_err(|error| Complaint(entry.key_span, error.to_string()))?;
        if model.traits_of(&id).is_none() {
            return Err(Complaint(entry.key_span, missing(model, &id)));
        }
        for applied in traits {
            apply(model, &id, &applied.key, applied.key_span, &applied.value)?;
        }
    }
    Ok(())
}

fn apply(model: &mut Model, id: &ShapeId, trait_id: &str, span: Span, value: &Node) -> Result<(), Complaint> {
    let trait_id = ShapeId::parse(trait_id).map_err(|error| Complaint(span, error.to_string()))?;
    let Some(traits) = model.traits_mut(id) else { return Err(Complaint(span, missing(model, id))) };
    if value.is_null() && trait_id != "smithy.api#default" {
        if traits.remove(trait_id.as_str()).is_none() {
            let text =
                format!("`{id}` has no trait `{trait_id}` that could be taken off; the overlay no longer applies");
            return Err(Complaint(span, text));
        }
        return Ok(());
    }
    traits.insert(trait_id, value.clone());
    Ok(())
}

fn missing(model: &Model, id: &ShapeId) -> String {
    let near = match id.member().and_then(|member| Some((member, model.shape(&id.container())?))) {
        Some((member, shape)) => nearest_names(member, shape.members.iter().map(|member| &*member.name)),
        None => nearest_names(id.name(), model.own_shapes().map(|shape| shape.id.name())),
    };
    let hint = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
    format!("the model has no `{id}`; the overlay no longer applies{hint}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;

    const MODEL: &str = r#"{"smithy": "2.0", "shapes": {"example.weather#City": {"type": "structure", "members": {
        "name": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "Theirs.", "smithy.api#required": {}}}}}}}"#;

    fn laid_over(statements: &str) -> Result<Model, String> {
        let (mut model, _) = load(&[("model.json", MODEL.as_bytes())]).unwrap();
        let text = format!(r#"{{"smithy": "2.0", "shapes": {statements}}}"#);
        overlay(&mut model, "ours.json", text.as_bytes()).map(|()| model).map_err(|error| error.to_string())
    }

    #[test]
    fn traits_are_added_replaced_and_taken_off() {
        let model = laid_over(
            r#"{"example.weather#City$name": {"type": "apply", "traits": {"smithy.api#documentation": "Ours.",
                "smithy.api#length": {"max": 9}, "smithy.api#required": null}}}"#,
        )
        .unwrap();
        let name = &model.shape_named("example.weather#City").unwrap().members[0].traits;
        assert_eq!(name.documentation(), Some("Ours."));
        assert_eq!(name.length().and_then(|length| length.max), Some(9));
        assert!(!name.is_required());
    }

    #[test]
    fn what_no_longer_applies_is_named_with_its_place() {
        for (statements, expected) in [
            (r#"{"example.weather#Town": {"type": "apply", "traits": {}}}"#, "the model has no `example.weather#Town`"),
            (r#"{"example.weather#City$nam": {"type": "apply", "traits": {}}}"#, "did you mean name?"),
            (
                r#"{"example.weather#City": {"type": "apply", "traits": {"smithy.api#title": null}}}"#,
                "no trait `smithy.api#title`",
            ),
            (r#"{"example.weather#Town": {"type": "string"}}"#, "is no `apply` statement"),
            (r#"{"City": {"type": "apply", "traits": {}}}"#, "invalid shape ID `City`"),
        ] {
            let error = laid_over(statements).unwrap_err();
            assert!(error.contains(expected) && error.contains("ours.json:1:"), "{error}");
        }
        assert!(laid_over("[]").unwrap_err().contains("an overlay is a Smithy JSON AST"));
    }
}
