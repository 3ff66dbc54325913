//! The errors that end streams of events.

use super::Writer;
use crate::emit::links::item_link;
use crate::plan::ShapePlan;

impl Writer<'_> {
    /// Writes the enum of the errors among a union's events, and ties the two together.
    pub(super) fn event_errors(&mut self, shape: &ShapePlan) {
        let (union, name) = (&shape.type_name, &shape.event_error);
        let errors: Vec<&str> = shape.event_errors().collect();
        if !errors.is_empty() {
            self.using("errors");
        }
        self.code.blank();
        self.code.doc(&format!("Modeled errors that end a stream of {}.", item_link(union)));
        self.error_enum(name, &errors);
        self.code.blank();
        self.code.block(&format!("impl whitesmith_schema::EventUnion for {union}"), |code| {
            code.line(&format!("type Error = {name};"));
        });
    }

    /// Writes an enum of errors, whose variants have the names of their types, and its ties to the schema.
    pub(in crate::emit) fn error_enum(&mut self, name: &str, errors: &[&str]) {
        let code = &mut self.code;
        code.line("#[derive(Clone, Debug, PartialEq)]");
        code.line("#[non_exhaustive]");
        code.line("#[allow(clippy::large_enum_variant, reason = \"the variants are the model's\")]");
        if errors.is_empty() {
            code.line(&format!("pub enum {name} {{}}"));
        } else {
            code.block(&format!("pub enum {name}"), |code| {
                for error in errors {
                    code.doc(&format!("See [`{error}`](errors::{error})."));
                    code.line(&format!("{error}(errors::{error}),"));
                }
            });
        }
        code.blank();
        let entries: Vec<String> = errors.iter().map(ToString::to_string).collect();
        self.macro_call("operation_error", &[name, "errors"], &entries, "");
    }
}
