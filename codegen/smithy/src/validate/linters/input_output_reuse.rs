//! `InputOutputStructureReuse`: inputs and outputs are marked as such, and so belong to one operation.

use crate::model::{Severity, ShapeType};
use crate::source::Node;
use crate::validate::configuration::{ConfiguredValidator, Problem};
use crate::validate::context::{Context, Report};

struct InputOutputReuse;

#[allow(clippy::unnecessary_wraps, reason = "the signature of all linters")]
pub(super) fn create(_: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    Ok(Box::new(InputOutputReuse))
}

impl ConfiguredValidator for InputOutputReuse {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        for operation in context.own(ShapeType::Operation) {
            let Some(details) = operation.as_operation() else { continue };
            let name = operation.id.name();
            if let Some(input) = context.input(details).filter(|input| !input.traits.is_input()) {
                let message = format!("the input of `{}` has no `input` trait", operation.id);
                report.add(Severity::Warning, format!("InputOutputStructureReuse.Input.{name}"), input, message);
            }
            if let Some(output) = context.output(details).filter(|output| !output.traits.is_output()) {
                let message = format!("the output of `{}` has no `output` trait", operation.id);
                report.add(Severity::Warning, format!("InputOutputStructureReuse.Output.{name}"), output, message);
            }
        }
    }
}
