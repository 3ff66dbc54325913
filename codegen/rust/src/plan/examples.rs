//! The examples that a model gives of its operations.

use whitesmith_docs::{Documentation, Json, ModelText, parse};
use whitesmith_smithy::model::{Model, ShapeId};
use whitesmith_smithy::source::Node;

/// An example of an operation: `smithy.api#examples`.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamplePlan {
    /// The operation.
    pub operation: ShapeId,
    /// The title.
    pub title: ModelText,
    /// More about it.
    pub documentation: Documentation,
    /// The input.
    pub input: Option<Json>,
    /// The output.
    pub output: Option<Json>,
    /// Whether the operation fails in it.
    pub fails: bool,
}

/// The examples of operations, in the order of the operations and of the model.
pub(super) fn plan(model: &Model, operations: &[ShapeId]) -> Vec<ExamplePlan> {
    operations.iter().flat_map(|operation| of_operation(model, operation)).collect()
}

fn of_operation(model: &Model, operation: &ShapeId) -> Vec<ExamplePlan> {
    let shape = model.shape(operation);
    let examples = shape.and_then(|shape| shape.traits.get("smithy.api#examples")).and_then(Node::as_array);
    let text = |example: &Node, key: &str| example.get(key).and_then(Node::as_str).map(str::to_owned);
    examples
        .unwrap_or_default()
        .iter()
        .map(|example| ExamplePlan {
            operation: operation.clone(),
            title: text(example, "title").unwrap_or_default().into(),
            documentation: text(example, "documentation").map(|html| parse(&html)).unwrap_or_default(),
            input: example.get("input").map(Json::from),
            output: example.get("output").map(Json::from),
            fails: example.get("error").is_some(),
        })
        .collect()
}
