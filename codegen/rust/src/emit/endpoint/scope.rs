//! The types of the names that are in scope at some place in the rules.

use std::collections::HashMap;

use crate::plan::endpoint::{EndpointPlan, ParameterType};

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    /// Text that the variable owns.
    OwnedText,
    Boolean,
    /// A boolean that a met condition assigned, and that therefore has no variable.
    True,
    TextArray,
    /// Pieces of a text.
    Pieces,
    Partition,
    Arn,
    Url,
    Number,
    /// A value that neither conditions nor templates can use.
    Data,
    Optional(Box<Type>),
}

impl Type {
    pub fn optional(self) -> Self {
        match self {
            Self::Optional(_) => self,
            other => Self::Optional(Box::new(other)),
        }
    }
}

/// The types of the names in scope.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    types: HashMap<&'a str, Type>,
}

impl<'a> Scope<'a> {
    /// The parameters.
    pub fn new(plan: &'a EndpointPlan) -> Self {
        let types = plan.parameters.iter().map(|parameter| {
            let of = match parameter.parameter_type {
                ParameterType::String => Type::Text,
                ParameterType::Boolean => Type::Boolean,
                ParameterType::StringArray => Type::TextArray,
            };
            let is_flag = matches!(parameter.built_in.as_deref(), Some("AWS::UseFIPS" | "AWS::UseDualStack"));
            let always = parameter.required || parameter.default.is_some() || is_flag;
            (parameter.name.as_str(), if always { of } else { of.optional() })
        });
        Self { types: types.collect() }
    }

    /// The type of a name's value; [`Type::Data`] for an unknown name.
    pub fn type_of(&self, name: &str) -> Type {
        self.types.get(name).cloned().unwrap_or(Type::Data)
    }

    /// A copy of the scope in which a name has another type.
    pub fn with(&self, name: &'a str, of: Type) -> Self {
        let mut scope = self.clone();
        scope.types.insert(name, of);
        scope
    }
}
