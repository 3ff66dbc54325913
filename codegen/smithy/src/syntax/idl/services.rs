//! Services, resources and operations.

use super::parser::{Parsed, Parser};
use super::token::TokenKind;
use crate::model::{Details, Operation, Reference, Resource, Service, ShapeId, ShapeType, nearest_names};
use crate::source::{Entry, Node, NodeValue, Object, Span};
use crate::syntax::{Definition, RESOURCE_KEYS, SERVICE_KEYS, ShapeKeyword, additional_properties};

impl Parser<'_> {
    pub(super) fn service(&mut self, definition: &mut Definition) -> Parsed<()> {
        let id = definition.shape.id.clone();
        let mut service = Service::default();
        for entry in self.properties(definition, &SERVICE_KEYS)? {
            match &*entry.key {
                "version" => match entry.value.as_str() {
                    Some(version) => service.version = version.into(),
                    None => return self.wrong_kind(&id, &entry.key, &entry.value, "a string"),
                },
                "operations" => service.operations = self.id_list(&id, &entry)?,
                "resources" => service.resources = self.id_list(&id, &entry)?,
                "errors" => service.errors = self.id_list(&id, &entry)?,
                "rename" => service.rename = self.renames(&id, &entry)?,
                _ => {}
            }
        }
        definition.shape.details = Details::Service(Box::new(service));
        Ok(())
    }

    pub(super) fn resource(&mut self, definition: &mut Definition) -> Parsed<()> {
        let id = definition.shape.id.clone();
        let mut resource = Resource::default();
        for entry in self.properties(definition, &RESOURCE_KEYS)? {
            if &*entry.key == "properties" {
                self.require_v2(&id, "Resource properties can only be used")?;
            }
            let slot = match &*entry.key {
                "operations" => {
                    resource.operations = self.id_list(&id, &entry)?;
                    continue;
                }
                "collectionOperations" => {
                    resource.collection_operations = self.id_list(&id, &entry)?;
                    continue;
                }
                "resources" => {
                    resource.resources = self.id_list(&id, &entry)?;
                    continue;
                }
                "identifiers" => {
                    resource.identifiers = self.named_ids(&id, &entry)?;
                    continue;
                }
                "properties" => {
                    resource.properties = self.named_ids(&id, &entry)?;
                    continue;
                }
                "create" => &mut resource.create,
                "put" => &mut resource.put,
                "read" => &mut resource.read,
                "update" => &mut resource.update,
                "delete" => &mut resource.delete,
                "list" => &mut resource.list,
                _ => continue,
            };
            *slot = Some(self.id_value(&id, &entry.key, &entry.value)?);
        }
        definition.shape.details = Details::Resource(Box::new(resource));
        Ok(())
    }

    /// Parses the mixins and the object that state a service or resource.
    fn properties(&mut self, definition: &mut Definition, known: &[&str]) -> Parsed<Object> {
        self.mixins(definition)?;
        self.skip_whitespace_and_docs();
        self.expect(TokenKind::LeftBrace)?;
        let node = self.take_value()?;
        let NodeValue::Object(object) = node.value else { return Ok(Object::default()) };
        let unknown = object.iter().filter(|entry| !known.contains(&&*entry.key));
        let unknown = unknown.map(|entry| (entry.key.clone(), entry.key_span)).collect();
        let event = additional_properties(Some(&definition.shape.id), known, unknown);
        self.out.events.extend(event);
        Ok(object)
    }

    fn wrong_kind<T>(&mut self, id: &ShapeId, key: &str, value: &Node, expected: &str) -> Parsed<T> {
        let message = format!("Expected `{key}` to be {expected}, but found {}", value.kind().name());
        self.error(Some(id), value.span, message)
    }

    fn id_value(&mut self, owner: &ShapeId, key: &str, value: &Node) -> Parsed<Reference> {
        match value.as_str() {
            Some(name) => Ok(Reference { target: self.resolve_text(name, value.span)?, span: value.span }),
            None => self.wrong_kind(owner, key, value, "a shape ID"),
        }
    }

    fn id_list(&mut self, owner: &ShapeId, entry: &Entry) -> Parsed<Vec<Reference>> {
        let Some(elements) = entry.value.as_array() else {
            return self.wrong_kind(owner, &entry.key, &entry.value, "an array");
        };
        elements.iter().map(|element| self.id_value(owner, &entry.key, element)).collect()
    }

    fn named_ids(&mut self, owner: &ShapeId, entry: &Entry) -> Parsed<Vec<(Box<str>, Reference)>> {
        let Some(object) = entry.value.as_object() else {
            return self.wrong_kind(owner, &entry.key, &entry.value, "an object");
        };
        object.iter().map(|entry| Ok((entry.key.clone(), self.id_value(owner, &entry.key, &entry.value)?))).collect()
    }

    /// Renames name their shapes absolutely.
    fn renames(&mut self, owner: &ShapeId, entry: &Entry) -> Parsed<Vec<(Reference, Box<str>)>> {
        let Some(object) = entry.value.as_object() else {
            return self.wrong_kind(owner, &entry.key, &entry.value, "an object");
        };
        let mut renames = Vec::with_capacity(object.len());
        for entry in object {
            let Ok(target) = ShapeId::parse(&entry.key) else {
                return self.error(Some(owner), entry.key_span, format!("Invalid shape ID: {}", entry.key));
            };
            let Some(name) = entry.value.as_str() else {
                return self.wrong_kind(owner, &entry.key, &entry.value, "a string");
            };
            renames.push((Reference { target, span: entry.key_span }, name.into()));
        }
        Ok(renames)
    }

    pub(super) fn operation(&mut self, definition: &mut Definition) -> Parsed<()> {
        let id = definition.shape.id.clone();
        self.mixins(definition)?;
        self.skip_whitespace_and_docs();
        self.take(TokenKind::LeftBrace)?;
        self.skip_whitespace_and_docs();
        let unit = Reference { target: self.prelude_id("Unit"), span: definition.shape.span };
        let mut operation = Operation { input: unit.clone(), output: unit, errors: Vec::new() };
        let mut seen: Vec<&str> = Vec::new();
        while !self.at_end() && !self.at(TokenKind::RightBrace) {
            let key_span = self.token_span();
            let key = self.take_identifier()?;
            if seen.contains(&key) {
                let message = format!("Duplicate operation {key} property for `{id}`");
                return self.error(Some(&id), key_span, message);
            }
            seen.push(key);
            self.skip_whitespace_and_docs();
            match key {
                "input" => {
                    let suffix = self.input_suffix.clone();
                    operation.input = self.inlineable(&id, "input", &suffix)?;
                }
                "output" => {
                    let suffix = self.output_suffix.clone();
                    operation.output = self.inlineable(&id, "output", &suffix)?;
                }
                "errors" => {
                    self.take(TokenKind::Colon)?;
                    operation.errors = self.nested(Self::error_list)?;
                }
                _ => {
                    let hint = match nearest_names(key, ["input", "output", "errors"]).first() {
                        Some(near) => format!("; did you mean `{near}`?"),
                        None => "; expected `input`, `output` or `errors`".to_owned(),
                    };
                    let message = format!("Unknown property {key} for {id}{hint}");
                    return self.error(Some(&id), self.token_span(), message);
                }
            }
            self.take_whitespace()?;
        }
        self.take(TokenKind::RightBrace)?;
        definition.shape.details = Details::Operation(Box::new(operation));
        Ok(())
    }

    fn inlineable(&mut self, id: &ShapeId, role: &str, suffix: &str) -> Parsed<Reference> {
        let delimiter = self.expect_any(&[TokenKind::Colon, TokenKind::Walrus])?;
        self.advance();
        if delimiter == TokenKind::Colon {
            self.skip_whitespace_and_docs();
            return self.take_reference();
        }
        self.require_v2(id, "Inlined operation inputs and outputs can only be used")?;
        // Comments before `:=` belong to nothing.
        self.take_docs();
        self.skip_whitespace();
        self.inline_structure(&format!("{}{suffix}", id.name()), role)
    }

    fn inline_structure(&mut self, name: &str, role: &str) -> Parsed<Reference> {
        let mut traits = self.take_traits_before(true)?;
        let span: Span = self.token_span();
        traits.push(self.annotation(role, span));
        let namespace = self.namespace.unwrap_or_default();
        let id = self.resolve_text(&format!("{namespace}#{name}"), span)?;
        let keyword = ShapeKeyword { shape_type: ShapeType::Structure, name: "structure" };
        let mut definition = self.definition(keyword, id.clone(), span);
        self.aggregate(&mut definition)?;
        self.out.shapes.push(definition);
        self.apply(&id, traits);
        Ok(Reference { target: id, span })
    }

    fn error_list(&mut self) -> Parsed<Vec<Reference>> {
        let mut errors = Vec::new();
        self.skip_whitespace_and_docs();
        self.take(TokenKind::LeftBracket)?;
        self.skip_whitespace_and_docs();
        while !self.at_end() && !self.at(TokenKind::RightBracket) {
            errors.push(self.take_reference()?);
            self.skip_whitespace_and_docs();
        }
        self.take(TokenKind::RightBracket)?;
        Ok(errors)
    }
}
