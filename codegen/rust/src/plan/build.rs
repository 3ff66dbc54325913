//! Plans a model's service.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use super::endpoint::{EndpointCasePlan, EndpointPlan, EndpointRulesError};
use super::names::{Scope, unusable_crate_name};
use super::operations::OperationNames;
use super::recursion::Cycles;
use super::selection::resolve_renames;
use super::shapes::{ShapeNames, Shapes};
use super::{
    ExamplePlan, OperationPlan, ProtocolCasePlan, Selection, SelectionError, ServicePlan, ShapePlan, aws_cli, cases,
    examples, operations, pages,
};
use whitesmith_docs::{ServicePages, parallel};
use whitesmith_smithy::model::{Model, Shape, ShapeId, ShapeType};

/// The request for a plan.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The service, by shape id or name; the model's only one by default.
    pub service: Option<String>,
    /// The operations, by shape id or name; all of the service's if empty.
    pub operations: Vec<String>,
    /// The name of the crates; [`ServicePlan::crate_name`] by default.
    pub name: Option<String>,
    /// The protocol, by its trait's name or shape id; the preferred one of the service by default.
    pub protocol: Option<String>,
    /// Operations to leave out, by shape id or name.
    pub leave_out: Vec<String>,
    /// Other names for shapes and the types made of them, by shape id or name.
    pub rename: BTreeMap<String, String>,
}

/// The test cases of a model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CasesPlan {
    /// Cases of the protocol that clients use.
    pub protocol: Vec<ProtocolCasePlan>,
    /// Cases of the endpoint rules.
    pub endpoint: Vec<EndpointCasePlan>,
}

/// Everything that emitters need, as plain data: the same model and request give the same plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The name of the crate of types and client; the others' names start with it.
    pub name: String,
    /// The service's name on the command line, as it follows `aws`.
    pub command: String,
    /// The service.
    pub service: ServicePlan,
    /// The chosen operations, sorted by shape id.
    pub operations: Vec<OperationPlan>,
    /// Every data shape that the operations need, sorted by shape id, without those of the prelude.
    pub shapes: Vec<ShapePlan>,
    /// The endpoint rules; `Ok(None)` for a service without any, and an error for rules that only a client would need.
    pub endpoint: Result<Option<EndpointPlan>, EndpointRulesError>,
    /// The reference pages.
    pub pages: ServicePages,
    /// The examples of the operations, in their order.
    pub examples: Vec<ExamplePlan>,
    /// The test cases.
    pub cases: CasesPlan,
}

/// Constants that the schema and the command line have beside those of shapes and operations.
const TAKEN_CONSTANTS: &[&str] = &["CLOSURE", "COMMAND_LINE", "PROTOCOLS", "SERVICE"];

/// What is decided about a whole service before any of its operations is planned.
pub struct Planner<'m> {
    pub(super) model: &'m Model,
    pub(super) service: &'m Shape,
    pub(super) service_plan: ServicePlan,
    /// The name of the crates.
    name: String,
    command: String,
    /// The chosen operations, sorted by shape id.
    pub(super) chosen: BTreeSet<ShapeId>,
    /// The data shapes of the chosen operations, sorted by shape id.
    data: Vec<&'m Shape>,
    /// Those of them that members have values of.
    pub(super) targeted: BTreeSet<ShapeId>,
    pub(super) names: ShapeNames,
    pub(super) operation_names: HashMap<ShapeId, OperationNames>,
    cycles: Cycles,
}

impl<'m> Planner<'m> {
    /// Chooses the operations, and names everything.
    ///
    /// # Errors
    /// The service, an operation or a shape does not exist, or the name is unusable.
    pub fn new(model: &'m Model, request: &Request) -> Result<Self, SelectionError> {
        let selection = Selection::resolve(model, request.service.as_deref(), &request.operations)?;
        let selection = selection.without(model, &request.leave_out)?;
        let Some(service) = model.shape(&selection.service) else { return Err(SelectionError::NoService) };
        let all_operations = model.operations_of(&service.id);
        let everything = data_shapes(model, &service.id, &all_operations);
        let mut constants = Scope::with(TAKEN_CONSTANTS);
        let own_renames = resolve_renames(&everything, &request.rename)?;
        let renamed = |id: &ShapeId| {
            if let Some(name) = own_renames.get(id) {
                return Some(name.clone());
            }
            let renames = &service.as_service()?.rename;
            renames.iter().find(|(shape, _)| shape.target == *id).map(|(_, name)| name.to_string())
        };
        let names = ShapeNames::of(&everything, &renamed, &mut constants);
        let service_plan = ServicePlan::of(model, service, request.protocol.as_deref())?;
        let operation_names = operations::name_all(&all_operations, &mut constants);
        let cycles = Cycles::among(model, &everything);
        let data = match selection.operations == all_operations {
            true => everything,
            false => data_shapes(model, &service.id, &selection.operations),
        };
        let targeted = targeted(&data);
        let name = request.name.clone().unwrap_or_else(|| service_plan.crate_name());
        if let Some(why) = unusable_crate_name(&name) {
            return Err(SelectionError::UnusableName { name, why });
        }
        let command = match (&request.name, aws_cli::service_name(service_plan.sdk_id.unescaped())) {
            (None, Some(command)) => command.to_owned(),
            _ => name.clone(),
        };
        let chosen = selection.operations.into_iter().collect();
        Ok(Self { model, service, service_plan, name, command, chosen, data, targeted, names, operation_names, cycles })
    }

    /// The name of the crates.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The service's shape id.
    #[must_use]
    pub const fn service_id(&self) -> &ShapeId {
        &self.service.id
    }

    /// Plans the chosen operations.
    #[must_use]
    pub fn plan(&self) -> Plan {
        self.plan_of(self.chosen.iter().cloned().collect(), &|_| true)
    }

    /// Plans some of the chosen operations and of their data shapes as they are in the plan of all.
    pub(super) fn plan_of(&self, chosen: Vec<ShapeId>, has_shape: &dyn Fn(&ShapeId) -> bool) -> Plan {
        let Self { model, service, .. } = *self;
        let service_plan = self.service_plan.clone();
        let style = service_plan.protocol.map(|protocol| protocol.facts().style);
        let plan_one = |id: &ShapeId| {
            operations::plan(model, service, model.shape(id)?, self.operation_names.get(id)?.clone(), style)
        };
        let mut operations: Vec<OperationPlan> = parallel::map(&chosen, plan_one).into_iter().flatten().collect();
        let data: Vec<&'m Shape> = self.data.iter().filter(|shape| has_shape(&shape.id)).copied().collect();
        let planner = || Shapes::new(model, &self.names, &self.cycles);
        let shapes =
            parallel::map_with(&data, planner, |planner, shape| planner.plan(shape, self.targeted.contains(&shape.id)));
        name_errors(&mut operations, &shapes);
        let endpoint = EndpointPlan::of_service(model, &service.id);
        let examples = examples::plan(model, &chosen);
        let pages = pages::plan(&self.command, &service_plan, &operations, &shapes, &examples);
        let protocol = service_plan.protocol.map(|protocol| protocol.facts().shape_id);
        let rules = endpoint.as_ref().ok().and_then(Option::as_ref);
        let cases = CasesPlan {
            protocol: protocol.map(|id| cases::plan(model, id, &operations, &shapes)).unwrap_or_default(),
            endpoint: rules.map(|rules| rules.cases(model, &service.id)).unwrap_or_default(),
        };
        let (name, command) = (self.name.clone(), self.command.clone());
        Plan { name, command, service: service_plan, operations, shapes, endpoint, pages, examples, cases }
    }
}

impl Plan {
    /// Plans the chosen operations.
    ///
    /// # Errors
    /// Those of [`Planner::new`].
    pub fn new(model: &Model, request: &Request) -> Result<Self, SelectionError> {
        Ok(Planner::new(model, request)?.plan())
    }

    /// The operations that generated clients and mocks can call.
    pub fn callable(&self) -> impl Iterator<Item = &OperationPlan> {
        self.operations.iter().filter(|operation| operation.callable)
    }

    /// Whether some operation that can be called has a stream of events.
    #[must_use]
    pub fn has_events(&self) -> bool {
        self.callable().any(OperationPlan::has_events)
    }

    /// The operations that are commands. Those that send streams of events are not, and neither are some others, as in the
    /// AWS CLI.
    pub fn commands(&self) -> impl Iterator<Item = &OperationPlan> {
        self.operations.iter().filter(|operation| self.service.has_command(operation))
    }

    /// The plan of a shape; `None` for one of the prelude.
    #[must_use]
    pub fn shape(&self, id: &ShapeId) -> Option<&ShapePlan> {
        self.shapes.binary_search_by(|shape| shape.id.cmp(id)).ok().and_then(|at| self.shapes.get(at))
    }

    /// The name under which Rust code imports the crate.
    #[must_use]
    pub fn library(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// The data shapes of the closure of operations, sorted by id, without those of the prelude. Identifiers and properties of
/// resources are in no message.
fn data_shapes<'m>(model: &'m Model, service: &ShapeId, operations: &[ShapeId]) -> Vec<&'m Shape> {
    let closure = model.closure(service, Some(operations));
    let shapes = closure.iter().filter_map(|id| model.shape(id));
    shapes.filter(|shape| !shape.shape_type.is_service_type() && !shape.id.is_prelude()).collect()
}

/// The targets of members.
fn targeted(shapes: &[&Shape]) -> BTreeSet<ShapeId> {
    let holders = shapes.iter().filter(|shape| !matches!(shape.shape_type, ShapeType::Enum | ShapeType::IntEnum));
    holders.flat_map(|shape| &shape.members).map(|member| member.target.clone()).collect()
}

fn name_errors(operations: &mut [OperationPlan], shapes: &[ShapePlan]) {
    let names: HashMap<&ShapeId, &str> = shapes.iter().map(|shape| (&shape.id, shape.type_name.as_str())).collect();
    for error in operations.iter_mut().flat_map(|operation| &mut operation.errors) {
        error.variant = names.get(&error.id).map(|name| (*name).to_owned()).unwrap_or_default();
    }
}
