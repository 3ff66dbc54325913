//! Which part of a message each member belongs to.

use whitesmith_schema::{HttpBinding, Member, MemberSerializer, Schema, Serialize, SerializeMembers};

/// The kind of message. A binding that the other kind uses alone is ignored (Smithy 2.0, "HTTP bindings").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Response,
}

impl Side {
    /// Where a member stands; `None` for a member of the body's document.
    pub(super) fn binding(self, member: &Member) -> Option<HttpBinding> {
        member.http_binding().filter(|binding| match binding {
            HttpBinding::Header(_) | HttpBinding::PrefixHeaders(_) | HttpBinding::Payload => true,
            HttpBinding::Label | HttpBinding::Query(_) | HttpBinding::QueryParams => self == Self::Request,
            HttpBinding::ResponseCode => self == Self::Response,
        })
    }

    /// The member that is the whole body.
    pub(super) fn payload(self, schema: &'static Schema) -> Option<&'static Member> {
        schema.members.iter().find(|member| self.binding(member) == Some(HttpBinding::Payload))
    }

    /// Whether some member belongs to the body's document.
    pub(super) fn has_document(self, schema: &'static Schema) -> bool {
        schema.members.iter().any(|member| self.binding(member).is_none())
    }
}

/// A structure without the members that stand outside of the body's document.
#[derive(Debug)]
pub(super) struct DocumentMembers<'a, T> {
    pub(super) value: &'a T,
    pub(super) side: Side,
}

impl<T: SerializeMembers> SerializeMembers for DocumentMembers<'_, T> {
    fn schema(&self) -> &'static Schema {
        self.value.schema()
    }

    fn serialize_members<S: MemberSerializer>(&self, serializer: &mut S) -> Result<(), S::Error> {
        self.value.serialize_members(&mut DocumentFilter { serializer, side: self.side })
    }
}

/// Hands the members of the body's document on to another serializer.
#[derive(Debug)]
pub(super) struct DocumentFilter<'a, S> {
    pub(super) serializer: &'a mut S,
    pub(super) side: Side,
}

impl<S: MemberSerializer> MemberSerializer for DocumentFilter<'_, S> {
    type Error = S::Error;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), S::Error> {
        if self.side.binding(member).is_some() { Ok(()) } else { self.serializer.member(member, value) }
    }
}
