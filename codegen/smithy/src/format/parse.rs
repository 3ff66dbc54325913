//! From text to the tree.

use super::tree::{Kind, Lexeme, Tree};
use crate::syntax::{Lexer, ShapeKeyword, TokenKind};

/// The text does not follow the grammar; its errors are found by the parser proper.
#[derive(Debug)]
pub(super) struct Invalid;

type Parsed<T> = Result<T, Invalid>;

/// Parses a file.
pub(super) fn parse(text: &str) -> Parsed<Tree> {
    let mut parser = Parser { tokens: lex(text), at: 0 };
    parser.file()
}

fn lex(text: &str) -> Vec<Lexeme> {
    let mut lexer = Lexer::new(text);
    let mut line = 1;
    let mut tokens = Vec::new();
    loop {
        let token = lexer.next_token();
        let text = text.get(token.start..token.end).unwrap_or("");
        let breaks = text.replace("\r\n", "\n").bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
        tokens.push(Lexeme { kind: token.kind, text: text.to_owned(), line, end_line: line + breaks });
        line += breaks;
        if token.kind == TokenKind::End {
            return tokens;
        }
    }
}

struct Parser {
    tokens: Vec<Lexeme>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> TokenKind {
        self.kind_at(self.at)
    }

    fn kind_at(&self, at: usize) -> TokenKind {
        self.tokens.get(at).map_or(TokenKind::End, |token| token.kind)
    }

    fn is_word(&self, word: &str) -> bool {
        self.peek() == TokenKind::Identifier && self.tokens.get(self.at).is_some_and(|token| token.text == word)
    }

    fn next(&mut self) -> Parsed<Tree> {
        let token = self.tokens.get(self.at).cloned().ok_or(Invalid)?;
        if token.kind != TokenKind::End {
            self.at += 1;
        }
        Ok(Tree::leaf(token))
    }

    fn take(&mut self, kind: TokenKind) -> Parsed<Tree> {
        if self.peek() == kind { self.next() } else { Err(Invalid) }
    }

    /// A node of one token.
    fn wrap(&mut self, kind: Kind) -> Parsed<Tree> {
        Ok(Tree::new(kind, vec![self.next()?]))
    }

    /// The first token after white space and comments.
    fn past_space(&self, mut at: usize) -> TokenKind {
        while self.kind_at(at).is_whitespace() || self.kind_at(at) == TokenKind::DocComment {
            at += 1;
        }
        self.kind_at(at)
    }

    fn spaces(&mut self, into: &mut Vec<Tree>) -> Parsed<()> {
        while self.peek() == TokenKind::Space {
            into.push(self.next()?);
        }
        Ok(())
    }

    fn space(&mut self, into: &mut Vec<Tree>) -> Parsed<()> {
        let mut space = Vec::new();
        loop {
            match self.peek() {
                TokenKind::Comment | TokenKind::DocComment => space.push(self.wrap(Kind::Comment)?),
                kind if kind.is_whitespace() => space.push(self.next()?),
                _ => break,
            }
        }
        if !space.is_empty() {
            into.push(Tree::new(Kind::Space, space));
        }
        Ok(())
    }

    fn line_break(&mut self) -> Parsed<Tree> {
        let mut children = Vec::new();
        self.spaces(&mut children)?;
        match self.peek() {
            TokenKind::Comment | TokenKind::DocComment => children.push(self.wrap(Kind::Comment)?),
            TokenKind::Newline | TokenKind::End => children.push(self.next()?),
            _ => return Err(Invalid),
        }
        self.space(&mut children)?;
        Ok(Tree::new(Kind::Break, children))
    }

    fn file(&mut self) -> Parsed<Tree> {
        let mut file = Vec::new();
        self.space(&mut file)?;
        let mut control = Vec::new();
        while self.peek() == TokenKind::Dollar {
            let mut statement = vec![self.next()?];
            self.assignment(&mut statement, TokenKind::Colon)?;
            control.push(Tree::new(Kind::ControlStatement, statement));
        }
        file.push(Tree::new(Kind::ControlSection, control));
        let mut metadata = Vec::new();
        while self.is_word("metadata") {
            let mut statement = vec![self.next()?];
            self.spaces(&mut statement)?;
            self.assignment(&mut statement, TokenKind::Equal)?;
            metadata.push(Tree::new(Kind::MetadataStatement, statement));
        }
        file.push(Tree::new(Kind::MetadataSection, metadata));
        if self.is_word("namespace") {
            let mut statement = vec![self.next()?];
            self.spaces(&mut statement)?;
            statement.push(self.namespace()?);
            statement.push(self.line_break()?);
            file.push(Tree::new(Kind::NamespaceStatement, statement));
            file.push(self.uses()?);
            let mut shapes = Vec::new();
            while self.peek() != TokenKind::End {
                shapes.push(self.statement()?);
                shapes.push(self.line_break()?);
            }
            file.push(Tree::new(Kind::ShapeStatements, shapes));
        }
        if self.peek() == TokenKind::End { Ok(Tree::new(Kind::File, file)) } else { Err(Invalid) }
    }

    /// A key, a delimiter, a value and a line break.
    fn assignment(&mut self, statement: &mut Vec<Tree>, delimiter: TokenKind) -> Parsed<()> {
        statement.push(self.key()?);
        self.spaces(statement)?;
        statement.push(self.take(delimiter)?);
        self.spaces(statement)?;
        statement.push(self.value()?);
        statement.push(self.line_break()?);
        Ok(())
    }

    fn uses(&mut self) -> Parsed<Tree> {
        let mut uses = Vec::new();
        while self.is_word("use") {
            let mut statement = vec![self.next()?];
            self.spaces(&mut statement)?;
            let mut id = vec![self.namespace()?, self.take(TokenKind::Pound)?];
            id.push(self.identifier()?);
            statement.push(Tree::new(Kind::AbsoluteShapeId, id));
            statement.push(self.line_break()?);
            uses.push(Tree::new(Kind::UseStatement, statement));
        }
        Ok(Tree::new(Kind::UseSection, uses))
    }

    fn namespace(&mut self) -> Parsed<Tree> {
        let mut parts = vec![self.take(TokenKind::Identifier)?];
        while self.peek() == TokenKind::Dot {
            parts.push(self.next()?);
            parts.push(self.take(TokenKind::Identifier)?);
        }
        Ok(Tree::new(Kind::Namespace, parts))
    }

    fn identifier(&mut self) -> Parsed<Tree> {
        Ok(Tree::new(Kind::Identifier, vec![self.take(TokenKind::Identifier)?]))
    }

    fn shape_id(&mut self) -> Parsed<Tree> {
        let mut parts = self.namespace()?.children;
        if self.peek() == TokenKind::Pound {
            parts.push(self.next()?);
            parts.push(self.take(TokenKind::Identifier)?);
        }
        if self.peek() == TokenKind::Dollar {
            parts.push(self.next()?);
            parts.push(self.take(TokenKind::Identifier)?);
        }
        Ok(Tree::new(Kind::ShapeId, parts))
    }

    fn statement(&mut self) -> Parsed<Tree> {
        if self.is_word("apply") {
            return self.apply();
        }
        let traits = self.traits()?;
        let shape = self.shape()?;
        Ok(Tree::new(Kind::ShapeStatement, vec![traits, shape]))
    }

    fn apply(&mut self) -> Parsed<Tree> {
        let mut statement = vec![self.next()?];
        self.spaces(&mut statement)?;
        statement.push(self.shape_id()?);
        self.space(&mut statement)?;
        if self.peek() == TokenKind::At {
            statement.push(self.one_trait()?);
            return Ok(Tree::new(Kind::ApplySingular, statement));
        }
        statement.push(self.take(TokenKind::LeftBrace)?);
        self.space(&mut statement)?;
        statement.push(self.traits()?);
        self.space(&mut statement)?;
        statement.push(self.take(TokenKind::RightBrace)?);
        Ok(Tree::new(Kind::ApplyBlock, statement))
    }

    fn shape(&mut self) -> Parsed<Tree> {
        let name = self.tokens.get(self.at).map_or("", |token| token.text.as_str());
        let keyword = ShapeKeyword::parse(name).ok_or(Invalid)?;
        let mut shape = vec![self.wrap(Kind::TypeName)?];
        self.spaces(&mut shape)?;
        shape.push(self.identifier()?);
        self.spaces(&mut shape)?;
        if keyword.shape_type.is_aggregate() {
            self.body(&mut shape)?;
            return Ok(Tree::new(Kind::MemberShape, shape));
        }
        self.mixins(&mut shape)?;
        match keyword.name {
            "enum" | "intEnum" => {
                self.space(&mut shape)?;
                shape.push(self.members()?);
                Ok(Tree::new(Kind::MemberShape, shape))
            }
            "service" | "resource" => {
                self.space(&mut shape)?;
                shape.push(self.object()?);
                Ok(Tree::new(Kind::EntityShape, shape))
            }
            "operation" => {
                self.space(&mut shape)?;
                shape.push(self.operation_body()?);
                Ok(Tree::new(Kind::Operation, shape))
            }
            _ => Ok(Tree::new(Kind::SimpleShape, shape)),
        }
    }

    /// What follows the name of a shape with members.
    fn body(&mut self, shape: &mut Vec<Tree>) -> Parsed<()> {
        self.spaces(shape)?;
        if self.is_word("for") {
            let mut resource = vec![self.next()?];
            self.spaces(&mut resource)?;
            resource.push(self.shape_id()?);
            shape.push(Tree::new(Kind::ForResource, resource));
        }
        self.mixins(shape)?;
        self.space(shape)?;
        shape.push(self.members()?);
        Ok(())
    }

    fn mixins(&mut self, shape: &mut Vec<Tree>) -> Parsed<()> {
        self.spaces(shape)?;
        if !self.is_word("with") {
            return Ok(());
        }
        let mut mixins = vec![self.next()?];
        self.space(&mut mixins)?;
        self.list(&mut mixins)?;
        shape.push(Tree::new(Kind::Mixins, mixins));
        Ok(())
    }

    /// Shape IDs in brackets.
    fn list(&mut self, list: &mut Vec<Tree>) -> Parsed<()> {
        list.push(self.take(TokenKind::LeftBracket)?);
        self.space(list)?;
        while self.peek() != TokenKind::RightBracket {
            list.push(self.shape_id()?);
            self.space(list)?;
        }
        list.push(self.next()?);
        Ok(())
    }

    fn members(&mut self) -> Parsed<Tree> {
        let mut members = vec![self.take(TokenKind::LeftBrace)?];
        self.space(&mut members)?;
        while self.peek() != TokenKind::RightBrace {
            members.push(self.member()?);
            self.space(&mut members)?;
        }
        members.push(self.next()?);
        Ok(Tree::new(Kind::Members, members))
    }

    fn member(&mut self) -> Parsed<Tree> {
        let mut member = vec![self.traits()?];
        if self.peek() == TokenKind::Dollar {
            member.push(self.next()?);
        }
        member.push(self.identifier()?);
        let mut ahead = self.at;
        while self.kind_at(ahead) == TokenKind::Space {
            ahead += 1;
        }
        if self.kind_at(ahead) == TokenKind::Colon {
            self.spaces(&mut member)?;
            member.push(self.next()?);
            self.spaces(&mut member)?;
            member.push(self.shape_id()?);
            ahead = self.at;
            while self.kind_at(ahead) == TokenKind::Space {
                ahead += 1;
            }
        }
        if self.kind_at(ahead) == TokenKind::Equal {
            let mut assignment = Vec::new();
            self.spaces(&mut assignment)?;
            assignment.push(self.next()?);
            self.spaces(&mut assignment)?;
            assignment.push(self.value()?);
            self.spaces(&mut assignment)?;
            if self.peek() == TokenKind::Comma {
                assignment.push(self.next()?);
            }
            assignment.push(self.line_break()?);
            member.push(Tree::new(Kind::Assignment, assignment));
        }
        Ok(Tree::new(Kind::Member, member))
    }

    fn operation_body(&mut self) -> Parsed<Tree> {
        let mut body = vec![self.take(TokenKind::LeftBrace)?];
        self.space(&mut body)?;
        while self.peek() != TokenKind::RightBrace {
            let is_errors = self.is_word("errors");
            let mut property = vec![self.wrap(Kind::Key)?];
            self.space(&mut property)?;
            if self.peek() == TokenKind::Walrus {
                let mut inline = vec![self.next()?];
                self.space(&mut inline)?;
                inline.push(self.traits()?);
                self.body(&mut inline)?;
                property.push(Tree::new(Kind::InlineShape, inline));
            } else {
                property.push(self.take(TokenKind::Colon)?);
                self.space(&mut property)?;
                if is_errors {
                    self.list(&mut property)?;
                } else {
                    property.push(self.shape_id()?);
                }
            }
            body.push(Tree::new(if is_errors { Kind::Errors } else { Kind::OperationTarget }, property));
            self.space(&mut body)?;
        }
        body.push(self.next()?);
        Ok(Tree::new(Kind::OperationBody, body))
    }

    fn traits(&mut self) -> Parsed<Tree> {
        let mut traits = Vec::new();
        while self.peek() == TokenKind::At {
            traits.push(self.one_trait()?);
            self.space(&mut traits)?;
        }
        Ok(Tree::new(Kind::Traits, traits))
    }

    fn one_trait(&mut self) -> Parsed<Tree> {
        let mut applied = vec![self.take(TokenKind::At)?, self.shape_id()?];
        if self.peek() == TokenKind::LeftParen {
            let mut body = vec![self.next()?];
            self.space(&mut body)?;
            if self.peek() != TokenKind::RightParen {
                let is_word = matches!(self.peek(), TokenKind::String | TokenKind::Identifier);
                if is_word && self.past_space(self.at + 1) == TokenKind::Colon {
                    let mut structure = Vec::new();
                    while !matches!(self.peek(), TokenKind::RightParen | TokenKind::End) {
                        structure.push(self.entry()?);
                        self.space(&mut structure)?;
                    }
                    body.push(Tree::new(Kind::TraitStructure, structure));
                } else {
                    let mut node = vec![self.value()?];
                    self.space(&mut node)?;
                    body.push(Tree::new(Kind::TraitNode, node));
                }
            }
            body.push(self.take(TokenKind::RightParen)?);
            applied.push(Tree::new(Kind::TraitBody, body));
        }
        Ok(Tree::new(Kind::Trait, applied))
    }

    fn value(&mut self) -> Parsed<Tree> {
        match self.peek() {
            TokenKind::String | TokenKind::Number => self.wrap(Kind::Scalar),
            TokenKind::TextBlock => self.wrap(Kind::TextBlock),
            TokenKind::LeftBrace => self.object(),
            TokenKind::LeftBracket => {
                let mut array = vec![self.next()?];
                self.space(&mut array)?;
                while self.peek() != TokenKind::RightBracket {
                    array.push(self.value()?);
                    self.space(&mut array)?;
                }
                array.push(self.next()?);
                Ok(Tree::new(Kind::Array, array))
            }
            _ => Ok(Tree::new(Kind::Scalar, vec![self.shape_id()?])),
        }
    }

    fn object(&mut self) -> Parsed<Tree> {
        let mut object = vec![self.take(TokenKind::LeftBrace)?];
        self.space(&mut object)?;
        while self.peek() != TokenKind::RightBrace {
            object.push(self.entry()?);
            self.space(&mut object)?;
        }
        object.push(self.next()?);
        Ok(Tree::new(Kind::Object, object))
    }

    fn key(&mut self) -> Parsed<Tree> {
        match self.peek() {
            TokenKind::String | TokenKind::Identifier => self.wrap(Kind::Key),
            _ => Err(Invalid),
        }
    }

    fn entry(&mut self) -> Parsed<Tree> {
        let mut entry = vec![self.key()?];
        self.space(&mut entry)?;
        entry.push(self.take(TokenKind::Colon)?);
        self.space(&mut entry)?;
        entry.push(self.value()?);
        Ok(Tree::new(Kind::Entry, entry))
    }
}
