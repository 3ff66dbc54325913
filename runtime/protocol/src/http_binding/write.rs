//! Values to the parts of a message.

use std::marker::PhantomData;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use whitesmith_codec::{Codec, WriteOptions};
use whitesmith_schema::{
    BigDecimal, BigInteger, Document, HttpBinding, Member, MemberSerializer, Schema, Serialize, SerializeMembers,
    Serializer, Service, ShapeType, Timestamp, XmlNamespace,
};

use super::Dialect;
use super::bindings::{DocumentFilter, DocumentMembers, Side};
use super::text::{Place, TextWriter};
use super::uri::{Labels, QueryWriter};
use crate::{Body, WriteError};

/// The parts of a message outside of its body's document.
pub(super) struct Parts<D> {
    side: Side,
    pub(super) labels: Labels,
    pub(super) query: QueryWriter,
    /// Names that the map of other parameters does not override.
    query_names: Vec<&'static str>,
    query_map: Vec<(String, Vec<String>)>,
    pub(super) headers: HeaderMap,
    pub(super) status: Option<u16>,
    payload: Option<Vec<u8>>,
    has_token: bool,
    /// The namespace of XML documents.
    namespace: Option<XmlNamespace>,
    dialect: PhantomData<D>,
}

impl<D: Dialect> Parts<D> {
    pub(super) fn new(side: Side, service: &'static Service) -> Self {
        Self {
            side,
            labels: Labels::new(),
            query: QueryWriter::default(),
            query_names: Vec::new(),
            query_map: Vec::new(),
            // Room for those that client and signature add.
            headers: HeaderMap::with_capacity(12),
            status: None,
            payload: None,
            has_token: false,
            namespace: service.traits.xml_namespace,
            dialect: PhantomData,
        }
    }

    /// Takes apart a structure, and writes its body with the headers that describe it.
    pub(super) fn write<T: SerializeMembers>(
        &mut self,
        value: &T,
        options: &WriteOptions<'_>,
    ) -> Result<Body, WriteError> {
        let schema = value.schema();
        value.serialize_members(self)?;
        let token_member = schema.members.iter().find(|member| member.idempotency_token);
        if let (Some(token), Some(member), false) = (options.idempotency_token, token_member, self.has_token)
            && self.side.binding(member).is_some()
        {
            self.member(member, token)?;
        }
        self.finish_query();
        if let Some(member) = self.side.payload(schema) {
            return self.payload_body(member);
        }
        let in_document = token_member.is_some_and(|member| self.side.binding(member).is_none());
        let token = options.idempotency_token.filter(|_| in_document);
        let document = DocumentMembers { value, side: self.side };
        self.default_header(CONTENT_TYPE, D::MEDIA_TYPE);
        Ok(Body::Bytes(D::Codec::write(
            &document,
            &WriteOptions { idempotency_token: token, xml_namespace: self.namespace, ..*options },
        )?))
    }

    /// As [`Parts::write`], with the document's only member as its root.
    pub(super) fn write_unwrapped<T: SerializeMembers>(&mut self, value: &T) -> Result<Body, WriteError> {
        value.serialize_members(self)?;
        self.default_header(CONTENT_TYPE, D::MEDIA_TYPE);
        let mut root = RootMember::<D> { document: Vec::new(), namespace: self.namespace, dialect: PhantomData };
        value.serialize_members(&mut DocumentFilter { serializer: &mut root, side: self.side })?;
        Ok(Body::Bytes(root.document))
    }

    /// As [`Parts::write`], without a document.
    pub(super) fn write_without_document<T: SerializeMembers>(
        &mut self,
        value: &T,
        options: &WriteOptions<'_>,
    ) -> Result<(), WriteError> {
        value.serialize_members(self)?;
        if let (Some(token), false) = (options.idempotency_token, self.has_token)
            && let Some(member) = value.schema().members.iter().find(|member| member.idempotency_token)
        {
            self.member(member, token)?;
        }
        self.finish_query();
        Ok(())
    }

    /// Adds the parameters that the model writes.
    pub(super) fn constant_query(&mut self, parameters: &'static [(&'static str, &'static str)]) {
        for (name, value) in parameters {
            self.query_names.push(name);
            self.query.constant(name, value);
        }
    }

    fn finish_query(&mut self) {
        for (name, values) in std::mem::take(&mut self.query_map) {
            if !self.query_names.contains(&name.as_str()) {
                values.iter().for_each(|value| self.query.parameter(&name, value));
            }
        }
    }

    /// Writes an error's document, and its other members where they belong.
    pub(super) fn write_error<E: SerializeMembers>(
        &mut self,
        service: &'static Service,
        code: &str,
        status: StatusCode,
        error: &E,
    ) -> Result<Body, WriteError> {
        error.serialize_members(self)?;
        self.default_header(CONTENT_TYPE, D::MEDIA_TYPE);
        let document = DocumentMembers { value: error, side: self.side };
        D::write_error_document(service, code, status, &document).map(Body::Bytes)
    }

    fn payload_body(&mut self, member: &'static Member) -> Result<Body, WriteError> {
        let shape_type = member.target.shape_type;
        let payload = match self.payload.take() {
            Some(payload) => payload,
            None if member.is_streaming() => {
                self.default_header(CONTENT_TYPE, stream_media_type(member));
                return Ok(Body::Stream);
            }
            // A structure that is not set is an empty one in a request.
            None if self.side == Side::Request && shape_type == ShapeType::Structure && D::SENDS_EMPTY_PAYLOAD => {
                D::Codec::write(&Empty(member.target), &WriteOptions::default())?
            }
            None => return Ok(Body::default()),
        };
        self.default_header(CONTENT_TYPE, payload_media_type::<D>(member).unwrap_or("application/octet-stream"));
        Ok(Body::Bytes(payload))
    }

    /// Sets a header unless a member has set it.
    pub(super) fn default_header(&mut self, name: HeaderName, value: &'static str) {
        self.headers.entry(name).or_insert(HeaderValue::from_static(value));
    }

    pub(super) fn header(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        let name = HeaderName::try_from(name).map_err(|_| WriteError::Header(name.to_owned()))?;
        let value = HeaderValue::try_from(value).map_err(|_| WriteError::Header(value.to_owned()))?;
        self.headers.insert(name, value);
        Ok(())
    }
}

/// The media type of a payload; `None` for a blob of any type.
pub(super) fn payload_media_type<D: Dialect>(member: &'static Member) -> Option<&'static str> {
    member.media_type().or(match member.target.shape_type {
        ShapeType::Blob => None,
        ShapeType::String | ShapeType::Enum => Some("text/plain"),
        _ => Some(D::MEDIA_TYPE),
    })
}

fn stream_media_type(member: &'static Member) -> &'static str {
    if member.is_event_stream() {
        "application/vnd.amazon.eventstream"
    } else {
        member.media_type().unwrap_or("application/octet-stream")
    }
}

/// Writes a member as a whole document.
struct RootMember<D> {
    document: Vec<u8>,
    namespace: Option<XmlNamespace>,
    dialect: PhantomData<D>,
}

impl<D: Dialect> MemberSerializer for RootMember<D> {
    type Error = WriteError;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), WriteError> {
        let name = member.traits.wire.and_then(|wire| wire.xml_name).unwrap_or(member.name);
        let options = WriteOptions { xml_root: Some(name), xml_namespace: self.namespace, ..WriteOptions::default() };
        self.document = D::Codec::write_value(member, value, &options)?;
        Ok(())
    }
}

/// A structure without members.
struct Empty(&'static Schema);

impl SerializeMembers for Empty {
    fn schema(&self) -> &'static Schema {
        self.0
    }

    fn serialize_members<S: MemberSerializer>(&self, _: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}

impl<D: Dialect> MemberSerializer for Parts<D> {
    type Error = WriteError;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), WriteError> {
        if value.is_absent() {
            return Ok(());
        }
        self.has_token |= member.idempotency_token;
        let Some(binding) = self.side.binding(member) else { return Ok(()) };
        let texts = |place| {
            let mut writer = TextWriter::new(place);
            value.serialize(member, &mut writer)?;
            Ok::<_, WriteError>(writer)
        };
        match binding {
            HttpBinding::Label => self.labels.push((member.name, texts(Place::Label)?.texts.concat())),
            HttpBinding::Query(name) => {
                self.query_names.push(name);
                texts(Place::Query)?.texts.iter().for_each(|text| self.query.parameter(name, text));
            }
            HttpBinding::QueryParams => self.query_map = texts(Place::Query)?.entries,
            HttpBinding::Header(name) => self.header(name, &texts(Place::Header)?.texts.join(", "))?,
            HttpBinding::PrefixHeaders(prefix) => {
                for (key, texts) in texts(Place::Header)?.entries {
                    let name = format!("{prefix}{key}");
                    // A member's own header takes precedence.
                    if !self.headers.contains_key(name.as_str()) {
                        self.header(&name, &texts.join(", "))?;
                    }
                }
            }
            HttpBinding::ResponseCode => {
                self.status = texts(Place::Header)?.texts.first().and_then(|text| text.parse().ok());
            }
            HttpBinding::Payload => {
                self.payload = Some(match member.target.shape_type {
                    ShapeType::Blob | ShapeType::String | ShapeType::Enum => {
                        let mut writer = RawWriter(Vec::new());
                        value.serialize(member, &mut writer)?;
                        writer.0
                    }
                    _ => {
                        let options = WriteOptions { xml_namespace: self.namespace, ..WriteOptions::default() };
                        D::Codec::write_value(member, value, &options)?
                    }
                });
            }
        }
        Ok(())
    }
}

/// Writes a string or blob as it is.
struct RawWriter(Vec<u8>);

macro_rules! unbindable {
    ($($method:ident: $type:ty),* $(,)?) => {$(
        fn $method(&mut self, at: &'static Member, _: $type) -> Result<(), WriteError> {
            Err(WriteError::Unbindable(at.name))
        }
    )*};
}

impl Serializer for RawWriter {
    type Error = WriteError;

    unbindable!(
        boolean: bool, long: i64, float: f32, double: f64, big_integer: &BigInteger, big_decimal: &BigDecimal,
        timestamp: Timestamp, document: &Document,
    );

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), WriteError> {
        self.0 = value.as_bytes().to_vec();
        Ok(())
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), WriteError> {
        self.0 = value.to_vec();
        Ok(())
    }

    fn null(&mut self, _: &'static Member) -> Result<(), WriteError> {
        Ok(())
    }

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        _: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), WriteError> {
        Err(WriteError::Unbindable(at.name))
    }

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        _: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), WriteError> {
        Err(WriteError::Unbindable(at.name))
    }

    fn structure<T: SerializeMembers>(&mut self, at: &'static Member, _: &T) -> Result<(), WriteError> {
        Err(WriteError::Unbindable(at.name))
    }
}
