//! Writing of XML.

use whitesmith_schema::{
    BigDecimal, BigInteger, Document, Member, MemberSerializer, Serialize, SerializeMembers, Serializer, Timestamp,
    TimestampFormat, XmlNamespace,
};

use super::names;
use crate::WriteError;
use crate::text::Text;
use crate::write::{self, Entry};

/// Writes XML 1.0.
///
/// ```
/// use whitesmith_codec::XmlWriter;
///
/// let mut xml = XmlWriter::default();
/// xml.start("ErrorResponse", None);
/// xml.element("RequestId", "a<b")?;
/// xml.end("ErrorResponse");
/// assert_eq!(xml.into_bytes(), b"<ErrorResponse><RequestId>a&lt;b</RequestId></ErrorResponse>");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct XmlWriter {
    out: Vec<u8>,
    /// Whether the last start tag is still open for attributes.
    in_tag: bool,
}

impl XmlWriter {
    /// Returns the document.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Writes a start tag, which may declare a namespace.
    pub fn start(&mut self, name: &str, namespace: Option<XmlNamespace>) {
        self.close_tag();
        self.put("<");
        self.put(name);
        if let Some(XmlNamespace { uri, prefix }) = namespace {
            self.put(" xmlns");
            if let Some(prefix) = prefix {
                self.put(":");
                self.put(prefix);
            }
            self.put("=\"");
            // A URI that XML cannot hold is cut off; it would match no namespace anyway.
            let _ = self.escape(None, uri);
            self.put("\"");
        }
        self.in_tag = true;
    }

    /// Writes an end tag.
    pub fn end(&mut self, name: &str) {
        self.close_tag();
        self.put("</");
        self.put(name);
        self.put(">");
    }

    /// Writes an element that holds text.
    ///
    /// # Errors
    /// If the text has a character that XML cannot hold.
    pub fn element(&mut self, name: &str, text: &str) -> Result<(), WriteError> {
        self.start(name, None);
        self.text(None, text)?;
        self.end(name);
        Ok(())
    }

    /// Writes the members of a structure, attributes included, into the element that has been started.
    ///
    /// # Errors
    /// If a member cannot be written.
    pub fn members<T: SerializeMembers>(&mut self, value: &T, token: Option<&str>) -> Result<(), WriteError> {
        if value.schema().members.iter().any(names::is_attribute) {
            value.serialize_members(&mut Attributes(self))?;
        }
        write::members(self, value, token)
    }

    /// Writes a structure as the whole document.
    pub(super) fn root<T: SerializeMembers>(
        &mut self,
        name: &str,
        namespace: Option<XmlNamespace>,
        value: &T,
        token: Option<&str>,
    ) -> Result<(), WriteError> {
        self.start(name, namespace);
        self.members(value, token)?;
        self.end(name);
        Ok(())
    }

    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn close_tag(&mut self) {
        if std::mem::take(&mut self.in_tag) {
            self.out.push(b'>');
        }
    }

    fn text(&mut self, at: Option<&'static Member>, text: &str) -> Result<(), WriteError> {
        self.close_tag();
        self.escape(at, text)
    }

    /// Writes text, escaped for elements and attributes.
    fn escape(&mut self, at: Option<&'static Member>, text: &str) -> Result<(), WriteError> {
        let mut written = 0;
        for (position, character) in text.char_indices() {
            let escape = match character {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                // Parsers normalize these.
                '\r' => "&#xD;",
                '\n' => "&#xA;",
                '\t' => "&#x9;",
                '\u{85}' => "&#x85;",
                '\u{2028}' => "&#x2028;",
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                    return Err(WriteError::Character { member: at.map_or("", |at| at.name), character });
                }
                _ => continue,
            };
            self.put(text.get(written..position).unwrap_or_default());
            self.put(escape);
            written = position.saturating_add(character.len_utf8());
        }
        self.put(text.get(written..).unwrap_or_default());
        Ok(())
    }

    fn scalar(&mut self, at: &'static Member, text: Result<Text<'_>, WriteError>) -> Result<(), WriteError> {
        self.text(Some(at), &text?)
    }
}

impl Entry for XmlWriter {
    type Writer = Self;

    fn takes(&self, member: &'static Member) -> bool {
        !names::is_attribute(member)
    }

    fn open(&mut self, member: &'static Member) -> &mut Self {
        if !names::is_flattened(member) {
            self.start(names::of_member(member), names::namespace_of_member(member));
        }
        self
    }

    fn close(&mut self, member: &'static Member) {
        if !names::is_flattened(member) {
            self.end(names::of_member(member));
        }
    }
}

impl Serializer for XmlWriter {
    type Error = WriteError;

    fn boolean(&mut self, at: &'static Member, value: bool) -> Result<(), WriteError> {
        self.scalar(at, Ok(Text::boolean(value)))
    }

    fn long(&mut self, at: &'static Member, value: i64) -> Result<(), WriteError> {
        self.scalar(at, Ok(Text::integer(value)))
    }

    fn float(&mut self, at: &'static Member, value: f32) -> Result<(), WriteError> {
        self.scalar(at, Ok(Text::float(value)))
    }

    fn double(&mut self, at: &'static Member, value: f64) -> Result<(), WriteError> {
        self.scalar(at, Ok(Text::double(value)))
    }

    fn big_integer(&mut self, at: &'static Member, value: &BigInteger) -> Result<(), WriteError> {
        self.scalar(at, Text::decimal(at, value.as_str()))
    }

    fn big_decimal(&mut self, at: &'static Member, value: &BigDecimal) -> Result<(), WriteError> {
        self.scalar(at, Text::decimal(at, value.as_str()))
    }

    fn string(&mut self, at: &'static Member, value: &str) -> Result<(), WriteError> {
        self.text(Some(at), value)
    }

    fn blob(&mut self, at: &'static Member, value: &[u8]) -> Result<(), WriteError> {
        self.scalar(at, Ok(Text::blob(value)))
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) -> Result<(), WriteError> {
        self.scalar(at, Text::timestamp(at, value, TimestampFormat::DateTime))
    }

    fn document(&mut self, at: &'static Member, _: &Document) -> Result<(), WriteError> {
        Err(WriteError::Unsupported { member: at.name, what: "a document", format: "XML" })
    }

    fn null(&mut self, _: &'static Member) -> Result<(), WriteError> {
        self.close_tag();
        Ok(())
    }

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), WriteError> {
        let member = write::list_member(at)?;
        let (name, namespace) = match names::is_flattened(at) {
            true => {
                let namespace = names::namespace_of_member(at).or_else(|| names::namespace_of_member(member));
                (names::of_member(at), namespace)
            }
            false => (names::of_entry(Some(member), "member"), names::namespace_of_member(member)),
        };
        for item in items {
            self.start(name, namespace);
            item.serialize(member, self)?;
            self.end(name);
        }
        Ok(())
    }

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), WriteError> {
        let member = write::map_value(at)?;
        let key_member = at.target.map_key();
        let (name, namespace) = match names::is_flattened(at) {
            true => (names::of_member(at), names::namespace_of_member(at)),
            false => ("entry", None),
        };
        let (key_name, value_name) = (names::of_entry(key_member, "key"), names::of_entry(Some(member), "value"));
        for (key, value) in entries {
            self.start(name, namespace);
            self.start(key_name, key_member.and_then(names::namespace_of_member));
            self.text(Some(at), key)?;
            self.end(key_name);
            self.start(value_name, names::namespace_of_member(member));
            value.serialize(member, self)?;
            self.end(value_name);
            self.end(name);
        }
        Ok(())
    }

    fn structure<T: SerializeMembers>(&mut self, _: &'static Member, value: &T) -> Result<(), WriteError> {
        self.members(value, None)
    }
}

/// Writes the members that are attributes into the start tag.
struct Attributes<'a>(&'a mut XmlWriter);

impl MemberSerializer for Attributes<'_> {
    type Error = WriteError;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), WriteError> {
        if value.is_absent() || !names::is_attribute(member) {
            return Ok(());
        }
        self.0.put(" ");
        self.0.put(names::of_member(member));
        self.0.put("=\"");
        let in_tag = std::mem::take(&mut self.0.in_tag);
        value.serialize(member, self.0)?;
        self.0.in_tag = in_tag;
        self.0.put("\"");
        Ok(())
    }
}
