//! Members of inputs and outputs that are streams.

use whitesmith_schema::ProtocolStyle;
use whitesmith_smithy::model::{Member, Model, ShapeId, ShapeType};

/// The member of an input or output that is a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamPlan {
    /// Bytes.
    Blob,
    /// The events of a union.
    Events(ShapeId),
}

impl StreamPlan {
    /// Finds the stream of an input or output. Bytes are one only where they are the whole body.
    pub(super) fn of(model: &Model, id: &ShapeId, style: Option<ProtocolStyle>) -> Option<Self> {
        let member = model.shape(id)?.members.iter().find(|member| is_streaming(model, member))?;
        if is_event_stream(model, member) {
            return Some(Self::Events(member.target.clone()));
        }
        (style == Some(ProtocolStyle::HttpBinding) && is_payload(member)).then_some(Self::Blob)
    }

    /// The union of a stream of events.
    #[must_use]
    pub fn events(&self) -> Option<&ShapeId> {
        match self {
            Self::Blob => None,
            Self::Events(union) => Some(union),
        }
    }
}

fn is_payload(member: &Member) -> bool {
    member.traits.has("smithy.api#httpPayload")
}

/// Whether a member is a body that calls take and return beside the structure.
pub(super) fn is_streaming_body(model: &Model, member: &Member) -> bool {
    is_streaming(model, member) && is_payload(member)
}

fn is_streaming(model: &Model, member: &Member) -> bool {
    model.target(member).is_some_and(|target| target.traits.is_streaming())
}

/// Whether a member is a stream of events.
pub(super) fn is_event_stream(model: &Model, member: &Member) -> bool {
    is_streaming(model, member) && model.target(member).is_some_and(|target| target.shape_type == ShapeType::Union)
}
