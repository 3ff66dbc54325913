//! Enums of strings and of integers.

use super::Writer;
use crate::emit::rust::literal;
use crate::plan::{EnumValuePlan, ShapePlan};
use whitesmith_docs::ModelText;

impl Writer<'_> {
    pub(super) fn string_enum(&mut self, shape: &ShapePlan) {
        let unnamed = ModelText::default();
        self.enumeration(shape, "string_enum", |value| {
            let text = value.text.as_ref().unwrap_or(&unnamed);
            (literal(text).to_string(), text.markdown_code() == format!("`{}`", text.unescaped()))
        });
    }

    pub(super) fn int_enum(&mut self, shape: &ShapePlan) {
        self.enumeration(shape, "int_enum", |value| (value.number.unwrap_or_default().to_string(), true));
    }

    /// Calls a macro that defines an enum. `literal` gives a value, and whether the macro can make documentation of it.
    fn enumeration(
        &mut self,
        shape: &ShapePlan,
        call: &'static str,
        literal: impl Fn(&EnumValuePlan) -> (String, bool),
    ) {
        self.imports.insert(call);
        self.open(&format!("{call}!"));
        let docs = self.text(&shape.documentation, &[]);
        self.code.doc(&docs);
        self.code.deprecation(shape.deprecated.as_ref());
        self.open(&format!("pub enum {}: schema::{}", shape.type_name, shape.constant));
        for value in shape.distinct_values() {
            let (literal, is_plain) = literal(value);
            let mut docs = self.text(&value.documentation, &[]);
            if docs.is_empty() && !is_plain {
                docs = match &value.text {
                    Some(text) if !text.markdown_code().is_empty() => text.markdown_code(),
                    _ => "A value without visible characters.".to_owned(),
                };
            }
            self.code.doc(&docs);
            self.code.deprecation(value.deprecated.as_ref());
            self.code.line(&format!("{} = {literal},", value.variant));
        }
        self.close();
        self.close();
    }
}
