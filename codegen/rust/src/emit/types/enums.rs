//! Enums of strings and of integers.

use super::Writer;
use crate::emit::rust::literal;
use crate::plan::{EnumValuePlan, ShapePlan};
use whitesmith_docs::ModelText;

impl Writer<'_> {
    pub(super) fn string_enum(&mut self, shape: &ShapePlan) {
        self.imports.insert("UnknownValue");
        let derives = "#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]";
        let unnamed = ModelText::default();
        let entries = shape
            .distinct_values()
            .map(|value| format!("{} = {}", value.variant, literal(value.text.as_ref().unwrap_or(&unnamed))));
        let entries: Vec<String> = entries.collect();
        self.enumeration(shape, derives, "UnknownValue", "string_enum", &entries);
    }

    pub(super) fn int_enum(&mut self, shape: &ShapePlan) {
        let derives = "#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]";
        let entries =
            shape.distinct_values().map(|value| format!("{} = {}", value.variant, value.number.unwrap_or_default()));
        let entries: Vec<String> = entries.collect();
        self.enumeration(shape, derives, "i32", "int_enum", &entries);
    }

    fn enumeration(&mut self, shape: &ShapePlan, derives: &str, unknown: &str, call: &'static str, entries: &[String]) {
        let name = &shape.type_name;
        let docs = self.text(&shape.documentation, &[]);
        self.code.doc(&docs);
        self.code.deprecation(shape.deprecated.as_ref());
        self.code.line(derives);
        self.code.line("#[non_exhaustive]");
        self.open(&format!("pub enum {name}"));
        for value in shape.distinct_values() {
            self.variant(value);
        }
        self.code.doc("A value that the model did not know when this code was generated.");
        self.code.line(&format!("Unknown({unknown}),"));
        self.close();
        self.code.blank();
        let schema = format!("schema::{}", shape.constant);
        self.macro_call(call, &[name, &schema], entries, "");
    }

    fn variant(&mut self, value: &EnumValuePlan) {
        let mut text = self.text(&value.documentation, &[]);
        if text.is_empty() {
            text = match (&value.text, value.number) {
                (Some(wire), _) => wire.markdown_code(),
                (None, number) => format!("`{}`", number.unwrap_or_default()),
            };
        }
        self.code.doc(&text);
        self.code.deprecation(value.deprecated.as_ref());
        self.code.line(&format!("{},", value.variant));
    }
}
