//! Whether a member's value may be absent.

use super::{Member, Model, Shape, ShapeType};

impl Model {
    /// Whether a client must expect that a member has no value (Smithy 2.0, "Structure member optionality", for
    /// non-authoritative generators that trust the model: `clientOptional` and `input` make members optional, else
    /// `required` and `default` make them present).
    ///
    /// Members of lists and values of maps may be null where the shape is `sparse`. Members of unions and keys of maps are
    /// never null.
    #[must_use]
    pub fn is_nullable(&self, container: &Shape, member: &Member) -> bool {
        match container.shape_type {
            ShapeType::List => container.traits.is_sparse(),
            ShapeType::Map => &*member.name == "value" && container.traits.is_sparse(),
            ShapeType::Structure => {
                container.traits.is_input()
                    || member.traits.is_client_optional()
                    || !(member.traits.is_required() || member.traits.default_value().is_some())
            }
            _ => false,
        }
    }
}
