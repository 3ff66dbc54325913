//! The functions of JMESPath, with the types that they take and return.

use super::sample::Kind;

/// What an argument may be.
#[derive(Clone, Copy)]
pub(super) enum Argument {
    /// Any of the kinds.
    Of(&'static [Kind]),
    /// An array whose elements are all of a kind.
    ArrayOf(Kind),
}

/// A function.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) returns: Kind,
    pub(super) arguments: &'static [Argument],
    /// What further arguments may be.
    pub(super) more: Option<Argument>,
}

const ANY: Argument = Argument::Of(&[Kind::Any]);
const ARRAY: Argument = Argument::Of(&[Kind::Array]);
const EXPRESSION: Argument = Argument::Of(&[Kind::Expression]);
const NUMBER: Argument = Argument::Of(&[Kind::Number]);
const OBJECT: Argument = Argument::Of(&[Kind::Object]);
const STRING: Argument = Argument::Of(&[Kind::String]);
const ARRAY_OR_STRING: Argument = Argument::Of(&[Kind::Array, Kind::String]);

const fn function(name: &'static str, returns: Kind, arguments: &'static [Argument]) -> Function {
    Function { name, returns, arguments, more: None }
}

/// Every function. The types are those of the reference, `ends_with` and `max` included.
pub(super) const FUNCTIONS: [Function; 26] = [
    function("abs", Kind::Number, &[NUMBER]),
    function("avg", Kind::Number, &[Argument::ArrayOf(Kind::Number)]),
    function("ceil", Kind::Number, &[NUMBER]),
    function("contains", Kind::Boolean, &[ARRAY_OR_STRING, ANY]),
    function("ends_with", Kind::Number, &[STRING, STRING]),
    function("floor", Kind::Number, &[NUMBER]),
    function("join", Kind::String, &[STRING, Argument::ArrayOf(Kind::String)]),
    function("keys", Kind::Array, &[OBJECT]),
    function("length", Kind::Number, &[Argument::Of(&[Kind::String, Kind::Array, Kind::Object])]),
    function("map", Kind::Array, &[EXPRESSION, ARRAY]),
    function("max", Kind::Number, &[ARRAY]),
    function("max_by", Kind::Number, &[ARRAY, EXPRESSION]),
    Function { name: "merge", returns: Kind::Object, arguments: &[], more: Some(OBJECT) },
    function("min", Kind::Number, &[ARRAY]),
    function("min_by", Kind::Number, &[ARRAY, EXPRESSION]),
    Function { name: "not_null", returns: Kind::Any, arguments: &[ANY], more: Some(ANY) },
    function("reverse", Kind::Array, &[ARRAY_OR_STRING]),
    function("sort", Kind::Array, &[ARRAY]),
    function("sort_by", Kind::Array, &[ARRAY, EXPRESSION]),
    function("starts_with", Kind::Boolean, &[STRING, STRING]),
    function("sum", Kind::Number, &[Argument::ArrayOf(Kind::Number)]),
    function("to_array", Kind::Array, &[ANY]),
    function("to_number", Kind::Number, &[ANY]),
    function("to_string", Kind::String, &[ANY]),
    function("type", Kind::String, &[ANY]),
    function("values", Kind::Array, &[OBJECT]),
];
