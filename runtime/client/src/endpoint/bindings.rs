//! Endpoint parameters of an operation, from its model and its input.

use whitesmith_schema::{EndpointBinding, InputStep, Operation, Value};

use super::parameters::{EndpointParameters, ParameterValue};

/// Sets the operation's parameters. Those whose member is absent stay as they are.
pub(crate) fn bind(operation: &'static Operation, input: &Value, parameters: &mut EndpointParameters) {
    for (name, binding) in operation.endpoint_parameters {
        let value = match binding {
            EndpointBinding::Text(text) => Some((*text).into()),
            EndpointBinding::Boolean(value) => Some((*value).into()),
            EndpointBinding::TextArray(items) => {
                Some(ParameterValue::StringArray(items.iter().map(|item| (*item).to_owned()).collect()))
            }
            EndpointBinding::Input(steps) => at(input, steps),
        };
        if let Some(value) = value {
            parameters.set(*name, value);
        }
    }
}

/// Returns the value at the end of the steps, or a list if a step leads to several.
fn at(input: &Value, steps: &[InputStep]) -> Option<ParameterValue> {
    let mut found = vec![input.clone()];
    let mut several = false;
    for step in steps {
        several |= matches!(step, InputStep::Elements | InputStep::Keys);
        found = found.iter().flat_map(|value| follow(value, *step)).collect();
    }
    if several {
        let texts = found.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        return Some(ParameterValue::StringArray(texts));
    }
    match found.pop()? {
        Value::String(text) => Some(text.into()),
        Value::Boolean(value) => Some(value.into()),
        Value::List(items) => {
            Some(ParameterValue::StringArray(items.iter().filter_map(Value::as_str).map(str::to_owned).collect()))
        }
        _ => None,
    }
}

fn follow(value: &Value, step: InputStep) -> Vec<Value> {
    match (value, step) {
        (Value::Map(map), InputStep::Member(name)) => map.get(name).cloned().into_iter().collect(),
        (Value::Map(map), InputStep::Keys) => map.iter().map(|(key, _)| Value::from(key)).collect(),
        (Value::Map(map), InputStep::Elements) => map.iter().map(|(_, value)| value.clone()).collect(),
        (Value::List(items), InputStep::Elements) => items.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use whitesmith_schema::{Operation, prelude};

    use super::*;

    static OPERATION: Operation = Operation::new("example#Get", "Get", &prelude::UNIT, &prelude::UNIT)
        .with_endpoint_parameters(&[
            ("Kind", EndpointBinding::Text("data")),
            ("Flag", EndpointBinding::Boolean(true)),
            ("Name", EndpointBinding::Input(&[InputStep::Member("Table"), InputStep::Member("Name")])),
            ("Tables", EndpointBinding::Input(&[InputStep::Member("Tables"), InputStep::Keys])),
            (
                "Items",
                EndpointBinding::Input(&[InputStep::Member("Items"), InputStep::Elements, InputStep::Member("Name")]),
            ),
        ]);

    fn map(entries: &[(&str, Value)]) -> Value {
        Value::Map(entries.iter().map(|(key, value)| (*key, value.clone())).collect())
    }

    #[test]
    fn parameters_come_from_the_model_and_the_input() {
        let named = |name: &str| map(&[("Name", name.into())]);
        let input = map(&[
            ("Table", named("t")),
            ("Tables", map(&[("a", Value::Null), ("b", Value::Null)])),
            ("Items", Value::List(vec![named("x"), named("y")])),
        ]);
        let mut parameters = EndpointParameters::default();
        bind(&OPERATION, &input, &mut parameters);
        assert_eq!(parameters.string("Kind"), Some("data"));
        assert_eq!(parameters.boolean("Flag"), Some(true));
        assert_eq!(parameters.string("Name"), Some("t"));
        assert_eq!(parameters.string_array("Tables"), Some(&["a".to_owned(), "b".to_owned()][..]));
        assert_eq!(parameters.string_array("Items"), Some(&["x".to_owned(), "y".to_owned()][..]));
        let mut parameters = EndpointParameters::default();
        bind(&OPERATION, &map(&[]), &mut parameters);
        assert_eq!(parameters.string("Name"), None);
    }
}
