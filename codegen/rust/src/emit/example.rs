//! Example expressions for documentation: an input with its required members, with values of the model's own example.

use super::streams::example_call;
use crate::plan::{Construction, MemberPlan, OperationPlan, Plan, RustType, ShapePlan};
use whitesmith_docs::{Json, ModelText};
use whitesmith_smithy::model::ShapeType;
use whitesmith_smithy::source::Number;

/// The depth of nested structures at which an example stops helping anybody.
const DEEPEST: usize = 4;

/// The statements that call an operation by `client`.
pub(super) fn example_statements(plan: &Plan, operation: &OperationPlan) -> String {
    format!("let input = {};\n{}", input(plan, operation), example_call(operation))
}

/// The expression of an input.
fn input(plan: &Plan, operation: &OperationPlan) -> String {
    let members = plan.shape(&operation.input).map(|shape| shape.members.as_slice()).unwrap_or_default();
    let examples = || plan.examples.iter().filter(|example| example.operation == operation.id);
    let example = examples().find(|example| !example.fails).or_else(|| examples().next());
    let given = example.and_then(|example| example.input.as_ref());
    constructor(plan, &operation.input_type, members, given, 0)
}

fn constructor(plan: &Plan, type_name: &str, members: &[MemberPlan], given: Option<&Json>, depth: usize) -> String {
    let construction = Construction::of(members);
    let arguments = construction.required().iter().map(|member| {
        let given = given.and_then(|given| given.get(&member.name));
        (member.field.as_str(), value(plan, member, &member.rust_type, given, depth + 1))
    });
    match construction {
        Construction::New(_) => {
            let arguments: Vec<_> = arguments.map(|(_, value)| value).collect();
            format!("{type_name}::new({})", arguments.join(", "))
        }
        Construction::Builder(_) => {
            let indent = " ".repeat(4 * (depth + 1));
            let setters: String = arguments.map(|(field, value)| format!("\n{indent}.{field}({value})")).collect();
            format!("{type_name}::builder(){setters}\n{indent}.build()?")
        }
    }
}

fn value(plan: &Plan, member: &MemberPlan, of: &RustType, given: Option<&Json>, depth: usize) -> String {
    match of {
        RustType::Plain("String") => string(given.and_then(Json::as_str).unwrap_or("value")),
        RustType::Plain("Blob") => "b\"bytes\".as_slice()".to_owned(),
        RustType::Plain("bool") => given.and_then(Json::as_bool).unwrap_or(true).to_string(),
        RustType::Plain("f32" | "f64") => {
            format!("{:?}", given.and_then(Json::as_number).and_then(Number::as_f64).unwrap_or(1.0))
        }
        RustType::Plain("i8" | "i16" | "i32" | "i64") => {
            given.and_then(Json::as_number).and_then(Number::as_i64).unwrap_or(1).to_string()
        }
        RustType::Plain("BigInteger" | "BigDecimal") => "1.into()".to_owned(),
        RustType::Named(name) => named(plan, member, &format!("{}::{}", name.module, name.name), given, depth),
        RustType::List(_) => "vec![]".to_owned(),
        RustType::Boxed(of) => value(plan, member, of, given, depth),
        RustType::Plain(_) | RustType::Map(..) | RustType::Optional(_) => "Default::default()".to_owned(),
    }
}

fn named(plan: &Plan, member: &MemberPlan, path: &str, given: Option<&Json>, depth: usize) -> String {
    let Some(shape) = plan.shape(&member.target).filter(|_| depth <= DEEPEST) else { return "todo".to_owned() };
    match shape.shape_type {
        ShapeType::Enum | ShapeType::IntEnum => match variant(shape, given) {
            Some(variant) => format!("{path}::{variant}"),
            None => "\"value\".into()".to_owned(),
        },
        ShapeType::Union => match shape.members.first() {
            Some(first) => {
                let given = given.and_then(|given| given.get(&first.name));
                let inner = match &first.rust_type {
                    RustType::Plain("String") => {
                        format!("{}.into()", string(given.and_then(Json::as_str).unwrap_or("value")))
                    }
                    RustType::Plain("Blob") => "b\"bytes\".as_slice().into()".to_owned(),
                    RustType::Boxed(of) => format!("Box::new({})", value(plan, first, of, given, depth + 1)),
                    of => value(plan, first, of, given, depth + 1),
                };
                format!("{path}::{}({inner})", first.variant)
            }
            None => format!("{path}::Unknown"),
        },
        _ => constructor(plan, path, &shape.members, given, depth),
    }
}

fn variant<'a>(shape: &'a ShapePlan, given: Option<&Json>) -> Option<&'a str> {
    let wanted = given.and_then(Json::as_str);
    let found =
        shape.values.iter().find(|value| wanted.is_some() && value.text.as_ref().map(ModelText::unescaped) == wanted);
    found.or(shape.values.first()).map(|value| value.variant.as_str())
}

/// A string literal. Control characters and quotes are escaped, so that it cannot leave the doctest.
fn string(text: &str) -> String {
    format!("\"{}\"", text.escape_default())
}
