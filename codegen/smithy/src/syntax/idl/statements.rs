//! The sections of a file: control statements, metadata, the namespace, `use`, and the statements about shapes.

use super::parser::{Parsed, Parser};
use super::token::TokenKind;
use super::traits::PendingTrait;
use crate::model::nearest_names;
use crate::source::Entry;
use crate::syntax::{MentionKind, SHAPE_TYPE_NAMES, ShapeKeyword, Version};

impl<'a> Parser<'a> {
    /// Parses the whole file.
    pub(super) fn file(&mut self) {
        self.skip_whitespace_and_docs();
        let mut keys = Vec::new();
        while self.at(TokenKind::Dollar) && !self.gives_up() {
            if self.control_statement(&mut keys).is_err() {
                self.recover();
            }
        }
        self.skip_whitespace_and_docs();
        while self.at_keyword("metadata") && !self.gives_up() {
            if self.metadata_statement().is_err() {
                self.recover();
            }
        }
        if self.gives_up() {
            return;
        }
        if self.at_keyword("namespace") {
            // What follows means nothing without its namespace and its imports.
            if self.namespace_statement().is_ok() {
                self.shape_statements();
            }
        } else if !self.at_end() {
            let _ = self.unexpected_instead_of::<()>("a namespace definition");
        }
    }

    fn control_statement(&mut self, keys: &mut Vec<Box<str>>) -> Parsed<()> {
        self.advance();
        let key = self.take_key()?;
        self.skip_spaces();
        self.take(TokenKind::Colon)?;
        self.skip_spaces();
        if keys.contains(&key) {
            return self.error(None, self.token_span(), format!("Duplicate control statement `{key}`"));
        }
        let value = self.take_value()?;
        match (&*key, value.as_str()) {
            ("version", Some(text)) => match Version::parse(text) {
                Some(version) => self.out.version = version,
                None => {
                    // As in the reference, the place is that after the value.
                    let message = format!("Unsupported Smithy version number: {text}");
                    return self.error(None, self.token_span(), message);
                }
            },
            ("operationInputSuffix", Some(suffix)) => self.input_suffix = suffix.into(),
            ("operationOutputSuffix", Some(suffix)) => self.output_suffix = suffix.into(),
            ("version" | "operationInputSuffix" | "operationOutputSuffix", None) => {
                let message =
                    format!("The ${key} control statement must have a string value, but found {}", value.kind().name());
                return self.error(None, value.span, message);
            }
            _ => {
                let known = ["version", "operationInputSuffix", "operationOutputSuffix"];
                let hint = match nearest_names(&key, known).first() {
                    Some(near) => format!("; did you mean `{near}`?"),
                    None => String::new(),
                };
                self.warn(None, value.span, format!("Unknown control statement `{key}` with value `{value}`{hint}"));
            }
        }
        keys.push(key);
        self.take_line_break()
    }

    fn metadata_statement(&mut self) -> Parsed<()> {
        self.advance();
        self.take_spaces()?;
        let key_span = self.token_span();
        let key = self.take_key()?;
        self.skip_spaces();
        self.take(TokenKind::Equal)?;
        self.skip_spaces();
        let value = self.take_value()?;
        self.out.metadata.push(Entry { key, key_span, value });
        self.take_line_break()?;
        self.skip_whitespace_and_docs();
        Ok(())
    }

    fn namespace_statement(&mut self) -> Parsed<()> {
        self.advance();
        self.take_spaces()?;
        self.namespace = Some(self.take_namespace()?);
        self.resolved.clear();
        self.take_line_break()
    }

    fn shape_statements(&mut self) {
        let docs_span = self.token_span();
        self.skip_whitespace_and_docs();
        while self.at_keyword("use") {
            if self.use_statement().is_err() {
                return;
            }
        }
        // A documentation comment belongs to the first shape if no `use` statement stands between them.
        let mut docs = self.take_docs();
        while !self.at_end() && !self.gives_up() {
            let documentation = docs.take().map(|docs| self.documentation(docs, docs_span));
            if self.shape_statement(documentation).is_err() {
                self.recover();
            }
        }
    }

    fn use_statement(&mut self) -> Parsed<()> {
        self.advance();
        self.take_spaces()?;
        let (name, span) = self.take_absolute_shape_id()?;
        let id = self.resolve_text(name, span)?;
        if id.member().is_some() {
            return self.error(None, span, "Use statements cannot use members");
        }
        let local = name.split_once('#').map_or(name, |(_, local)| local);
        if let Some(previous) = self.imports.get(local) {
            let message = format!("Cannot use name `{id}` because it conflicts with `{previous}`");
            return self.error(None, span, message);
        }
        self.mention(MentionKind::Use, &id, span);
        self.imports.insert(local, id);
        self.take_line_break()?;
        self.skip_whitespace_and_docs();
        Ok(())
    }

    fn shape_statement(&mut self, first: Option<PendingTrait>) -> Parsed<()> {
        let mut traits = self.take_traits_before(false)?;
        traits.extend(first);
        if self.at_end() {
            return match traits.as_slice() {
                [] => Ok(()),
                [only] if only.is_documentation_comment => {
                    self.warn_of_docs(self.token_span(), "");
                    Ok(())
                }
                _ => self.unexpected_instead_of("a shape after its traits"),
            };
        }
        let start = self.start();
        if !self.at(TokenKind::Identifier) {
            return self.unexpected_instead_of("a shape or an `apply` statement");
        }
        let keyword_span = self.token_span();
        if self.lexeme() == "apply" {
            return self.apply_statement(&traits);
        }
        let Some(keyword) = ShapeKeyword::parse(self.lexeme()) else {
            let name = self.lexeme();
            let statements = SHAPE_TYPE_NAMES.iter().copied().chain(["apply", "use", "metadata", "namespace", "set"]);
            let near = nearest_names(name, statements);
            let message = match near.first() {
                Some(near) if *near == name => format!("Unexpected `{name}`: it must come before every shape"),
                Some(near) => format!("Unknown shape type: {name}; did you mean `{near}`?"),
                None => format!("Unknown shape type: {name}"),
            };
            return self.error(None, keyword_span, message);
        };
        self.advance();
        self.take_spaces()?;
        self.shape(keyword, start, keyword_span, traits)?;
        self.take_line_break()
    }

    fn apply_statement(&mut self, traits: &[PendingTrait]) -> Parsed<()> {
        if !traits.iter().all(|applied| applied.is_documentation_comment) {
            return self.error(None, self.token_span(), "Traits applied to apply statement");
        }
        self.advance();
        self.take_whitespace()?;
        let (name, span) = self.take_shape_id()?;
        let target = self.resolve(name, span)?;
        self.take_whitespace()?;
        let applied = match self.expect_any(&[TokenKind::At, TokenKind::LeftBrace])? {
            TokenKind::At => vec![self.take_trait()?],
            _ => {
                self.advance();
                self.skip_whitespace_and_docs();
                let applied = self.take_traits()?;
                self.take(TokenKind::RightBrace)?;
                applied
            }
        };
        self.apply_by_statement(&target, applied);
        self.take_line_break()
    }
}
