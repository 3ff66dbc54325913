//! A module for each operation: input, output, error, and the type that ties them together.

use super::code::Code;
use super::links::{Links, item_link};
use super::module::Module;
use super::types::{Structure, Writer};
use crate::plan::{OperationPlan, Plan};

/// The module that holds the operations' modules.
pub(super) fn index(plan: &Plan) -> String {
    let mut code = Code::default();
    code.module_doc("Operations with their inputs, outputs and errors.");
    code.blank();
    plan.operations.iter().for_each(|operation| code.line(&format!("mod {};", operation.method)));
    code.blank();
    plan.operations.iter().for_each(|operation| code.line(&format!("pub use {}::*;", operation.method)));
    code.finish()
}

/// The module of one operation.
pub(super) fn module(plan: &Plan, links: &Links<'_>, operation: &OperationPlan) -> String {
    let mut writer = Writer::new(links, Module::Operation);
    writer.enter(operation);
    marker(plan, &mut writer, operation);
    writer.code.blank();
    let structures = [
        ("Input", &operation.input_type, &operation.input_builder, &operation.input),
        ("Output", &operation.output_type, &operation.output_builder, &operation.output),
    ];
    for (what, name, builder, shape) in structures {
        let shape = plan.shape(shape);
        if shape.is_some() {
            writer.using("schema");
        }
        writer.structure(&Structure {
            name,
            builder,
            docs: &format!("{what} of {}.", item_link(&operation.type_name)),
            deprecated: None,
            shape,
            is_output: what == "Output",
        });
        writer.code.blank();
    }
    errors(&mut writer, operation);
    writer.finish(&format!("`{}`", operation.id))
}

fn errors(writer: &mut Writer<'_>, operation: &OperationPlan) {
    let name = &operation.error_type;
    if !operation.errors.is_empty() {
        writer.using("errors");
    }
    writer.code.doc(&format!("Modeled errors of {}.", item_link(&operation.type_name)));
    let errors: Vec<&str> = operation.errors.iter().map(|error| error.variant.as_str()).collect();
    writer.error_enum(name, &errors);
}

/// The type that stands for the operation. It can be called only if the service has a protocol.
fn marker(plan: &Plan, writer: &mut Writer<'_>, operation: &OperationPlan) {
    let name = &operation.type_name;
    let text = writer.text(&operation.documentation, &[]);
    let code = &mut writer.code;
    code.doc(&if text.is_empty() { format!("`{}`", operation.id.name()) } else { text });
    code.deprecation(operation.deprecated.as_ref());
    code.line("#[derive(Clone, Copy, Debug)]");
    code.line(&format!("pub struct {name};"));
    if plan.service.protocol.is_none() || !operation.callable {
        return;
    }
    code.blank();
    code.block(&format!("impl whitesmith_schema::TypedOperation for {name}"), |code| {
        code.line(&format!("type Input = {};", operation.input_type));
        code.line(&format!("type Output = {};", operation.output_type));
        code.line(&format!("type Error = {};", operation.error_type));
        code.blank();
        code.line("const SERVICE: &'static whitesmith_schema::Service = &schema::SERVICE;");
        code.statement(
            "const OPERATION: &'static whitesmith_schema::Operation =",
            &format!("&schema::{};", operation.constant),
        );
    });
    writer.using("schema");
}
