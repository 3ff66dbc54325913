//! The traits of `smithy.rules`: rules that find endpoints, their parameters, and the tests of both.

mod auth_schemes;
mod bdd;
mod bindings;
mod evaluate;
mod functions;
mod inputs;
mod parameters;
mod rule_sets;
mod test_cases;
mod urls;
mod value;

pub(super) use auth_schemes::check as check_auth_schemes;
pub(super) use bdd::{check as check_decision_diagrams, problem as decision_diagram_problem};
pub(super) use bindings::{check_operation_params, check_static_params};
pub(super) use inputs::check as check_inputs;
pub(super) use parameters::{check as check_parameters, check_aws_built_ins, check_built_ins, check_documentation};
pub(super) use test_cases::check as check_test_cases;
pub(super) use urls::{check as check_urls, check_versions};
