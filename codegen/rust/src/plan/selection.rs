//! The service and the operations to generate.

use std::collections::BTreeMap;

use whitesmith_smithy::model::{Model, Shape, ShapeId, ShapeType, is_identifier, nearest_names};

/// A service and some of its operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The service shape.
    pub service: ShapeId,
    /// The chosen operations, sorted by shape id.
    pub operations: Vec<ShapeId>,
}

/// A request that does not fit the model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// The model has no service.
    #[error("the model has no service")]
    NoService,
    /// The model has several services and none was named.
    #[error("the model has {} services, choose one with `--service`: {}", .0.len(), .0.join(", "))]
    ManyServices(Vec<String>),
    /// The model has no such service.
    #[error("unknown service `{name}`{}", nearest(.near))]
    UnknownService {
        /// The requested name.
        name: String,
        /// The most similar names.
        near: Vec<String>,
    },
    /// The name is unusable for a crate.
    #[error("invalid crate name `{name}`: {why}; choose another with `--name`")]
    UnusableName {
        /// The name.
        name: String,
        /// The reason.
        why: &'static str,
    },
    /// The service has no such operation.
    #[error("unknown operation `{name}` of {service}{}", nearest(.near))]
    UnknownOperation {
        /// The service.
        service: ShapeId,
        /// The requested name.
        name: String,
        /// The most similar names.
        near: Vec<String>,
    },
    /// The service does not have the protocol.
    #[error("unknown protocol `{name}` of {service}{}", expected(.supported))]
    UnknownProtocol {
        /// The service.
        service: ShapeId,
        /// The requested name.
        name: String,
        /// The names of the service's protocols that are supported.
        supported: Vec<&'static str>,
    },
    /// No operation needs the shape.
    #[error("cannot rename `{name}`: no operation needs such a shape{}", nearest(.near))]
    UnknownShape {
        /// The requested name.
        name: String,
        /// The most similar names.
        near: Vec<String>,
    },
    /// The name is not a Smithy identifier.
    #[error("invalid shape name `{0}`: expected letters, digits and underscores, the first a letter")]
    InvalidName(String),
}

fn expected(protocols: &[&str]) -> String {
    match protocols {
        [] => ": it has no supported protocol".to_owned(),
        names => format!(": expected `{}`", names.join("` or `")),
    }
}

fn nearest(names: &[String]) -> String {
    match names {
        [] => String::new(),
        names => format!("; did you mean `{}`?", names.join("` or `")),
    }
}

impl Selection {
    /// Looks up a service and operations by shape id or by bare name. No service means the only one; no operation means
    /// all of the service's.
    ///
    /// # Errors
    /// A name does not exist.
    pub fn resolve(model: &Model, service: Option<&str>, operations: &[String]) -> Result<Self, SelectionError> {
        let service = resolve_service(model, service)?;
        let available = model.operations_of(&service);
        if operations.is_empty() {
            return Ok(Self { service, operations: available });
        }
        let mut chosen = operations
            .iter()
            .map(|wanted| find_operation(&service, &available, wanted))
            .collect::<Result<Vec<_>, _>>()?;
        chosen.sort();
        chosen.dedup();
        Ok(Self { service, operations: chosen })
    }

    /// The selection without some of the service's operations.
    ///
    /// # Errors
    /// The service has no such operation.
    pub fn without(mut self, model: &Model, operations: &[String]) -> Result<Self, SelectionError> {
        if operations.is_empty() {
            return Ok(self);
        }
        let available = model.operations_of(&self.service);
        for unwanted in operations {
            let found = find_operation(&self.service, &available, unwanted)?;
            self.operations.retain(|id| *id != found);
        }
        Ok(self)
    }
}

/// The operation of a shape id or name.
fn find_operation(service: &ShapeId, available: &[ShapeId], wanted: &str) -> Result<ShapeId, SelectionError> {
    let found = available.iter().find(|id| **id == *wanted || id.name() == wanted);
    found.cloned().ok_or_else(|| SelectionError::UnknownOperation {
        service: service.clone(),
        name: wanted.to_owned(),
        near: owned(nearest_names(bare(wanted), available.iter().map(ShapeId::name))),
    })
}

/// The shapes of ids or names that get other names.
pub(super) fn resolve_renames(
    shapes: &[&Shape],
    renames: &BTreeMap<String, String>,
) -> Result<BTreeMap<ShapeId, String>, SelectionError> {
    let mut resolved = BTreeMap::new();
    for (wanted, name) in renames {
        let found = shapes.iter().find(|shape| shape.id == *wanted.as_str() || shape.id.name() == wanted);
        let shape = found.ok_or_else(|| SelectionError::UnknownShape {
            name: wanted.clone(),
            near: owned(nearest_names(bare(wanted), shapes.iter().map(|shape| shape.id.name()))),
        })?;
        if !is_identifier(name) {
            return Err(SelectionError::InvalidName(name.clone()));
        }
        resolved.insert(shape.id.clone(), name.clone());
    }
    Ok(resolved)
}

fn resolve_service(model: &Model, wanted: Option<&str>) -> Result<ShapeId, SelectionError> {
    let services: Vec<&Shape> = model.services().filter(|shape| shape.shape_type == ShapeType::Service).collect();
    match (wanted, services.as_slice()) {
        (Some(wanted), all) => all
            .iter()
            .find(|shape| shape.id == *wanted || shape.id.name() == wanted)
            .map(|shape| shape.id.clone())
            .ok_or_else(|| SelectionError::UnknownService {
                name: wanted.to_owned(),
                near: owned(nearest_names(bare(wanted), all.iter().map(|shape| shape.id.name()))),
            }),
        (None, [only]) => Ok(only.id.clone()),
        (None, []) => Err(SelectionError::NoService),
        (None, many) => Err(SelectionError::ManyServices(many.iter().map(|shape| shape.id.to_string()).collect())),
    }
}

/// The name of a shape id, or of what was meant as one.
fn bare(name: &str) -> &str {
    name.rsplit('#').next().unwrap_or(name)
}

fn owned(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}
