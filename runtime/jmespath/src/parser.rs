//! Builds the syntax tree by precedence climbing.
#![allow(clippy::arithmetic_side_effects, reason = "positions in a text, which has at most `isize::MAX` bytes")]

use crate::error::SyntaxError;
use crate::lexer::{Placed, Token, tokens};
use crate::node::Node;

/// Maximum depth of a tree, which is evaluated recursively.
const MAX_DEPTH: usize = 128;

/// Tokens with a lower binding power end a projection.
const PROJECTION_STOP: u8 = 10;
const STAR: u8 = 20;
const DOT: u8 = 40;
const NOT: u8 = 45;

/// Returns how strongly a token binds to its left operand.
fn binding_power(token: &Token) -> u8 {
    match token {
        Token::Pipe => 1,
        Token::Or => 2,
        Token::And => 3,
        Token::Compare(_) => 5,
        Token::Flatten => 9,
        Token::Star => STAR,
        Token::Filter => 21,
        Token::Dot => DOT,
        Token::LeftBrace => 50,
        Token::LeftBracket => 55,
        Token::LeftParenthesis => 60,
        _ => 0,
    }
}

pub fn parse(expression: &str) -> Result<Node, SyntaxError> {
    let mut parser = Parser { expression, tokens: tokens(expression)?, at: 0 };
    if parser.peek() == &Token::End {
        return Err(SyntaxError::new("empty query", expression, 0));
    }
    let node = parser.expression(0, 0)?;
    match parser.peek() {
        Token::End => Ok(node),
        _ => Err(parser.unexpected("unexpected token after the end of the query")),
    }
}

struct Parser<'a> {
    expression: &'a str,
    tokens: Vec<Placed>,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |(token, _)| token)
    }

    fn second(&self) -> &Token {
        self.tokens.get(self.at + 1).map_or(&Token::End, |(token, _)| token)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    /// Creates an error at the next token.
    fn unexpected(&self, problem: &str) -> SyntaxError {
        let end = self.expression.chars().count();
        let position = self.tokens.get(self.at).map_or(end, |(_, position)| *position);
        let problem = if self.peek() == &Token::End { "unexpected end of query" } else { problem };
        SyntaxError::new(problem, self.expression, position)
    }

    fn expect(&mut self, token: &Token, problem: &str) -> Result<(), SyntaxError> {
        if self.peek() != token {
            return Err(self.unexpected(problem));
        }
        self.at += 1;
        Ok(())
    }

    fn expression(&mut self, power: u8, mut depth: usize) -> Result<Node, SyntaxError> {
        if depth >= MAX_DEPTH {
            return Err(self.unexpected("query nested too deeply"));
        }
        let mut left = self.prefix(depth + 1)?;
        while power < binding_power(self.peek()) {
            depth += 1;
            if depth >= MAX_DEPTH {
                return Err(self.unexpected("query nested too deeply"));
            }
            left = self.infix(left, depth)?;
        }
        Ok(left)
    }

    fn boxed(&mut self, power: u8, depth: usize) -> Result<Box<Node>, SyntaxError> {
        self.expression(power, depth).map(Box::new)
    }

    fn prefix(&mut self, depth: usize) -> Result<Node, SyntaxError> {
        let problem = "expected a value";
        if matches!(self.peek(), Token::End) {
            return Err(self.unexpected(problem));
        }
        let current = || Box::new(Node::Current);
        match self.next() {
            Token::Literal(value) => Ok(Node::Literal(value)),
            Token::Name(name) => Ok(Node::Field(name)),
            Token::QuotedName(name) => {
                if self.peek() == &Token::LeftParenthesis {
                    return Err(self.unexpected("invalid function name: it cannot be quoted"));
                }
                Ok(Node::Field(name))
            }
            Token::Current => Ok(Node::Current),
            Token::Reference => Ok(Node::Reference(self.boxed(0, depth)?)),
            Token::Not => Ok(Node::Not(self.boxed(NOT, depth)?)),
            Token::Star => {
                let right = match self.peek() {
                    Token::RightBracket => current(),
                    _ => self.projection_right(STAR, depth)?,
                };
                Ok(Node::ValueProjection(current(), right))
            }
            Token::Filter => self.filter(Node::Current, depth),
            Token::Flatten => {
                let right = self.projection_right(binding_power(&Token::Flatten), depth)?;
                Ok(Node::Projection(Box::new(Node::Flatten(current())), right))
            }
            Token::LeftBrace => self.object(depth),
            Token::LeftParenthesis => {
                let inner = self.expression(0, depth)?;
                self.expect(&Token::RightParenthesis, "missing closing )")?;
                Ok(inner)
            }
            Token::LeftBracket => match (self.peek(), self.second()) {
                (Token::Number(_) | Token::Colon, _) => {
                    let index = self.index()?;
                    self.project_slice(Node::Current, index, depth)
                }
                (Token::Star, Token::RightBracket) => {
                    self.at += 2;
                    Ok(Node::Projection(current(), self.projection_right(STAR, depth)?))
                }
                _ => self.list(depth),
            },
            _ => {
                self.at -= 1;
                Err(self.unexpected(problem))
            }
        }
    }

    fn infix(&mut self, left: Node, depth: usize) -> Result<Node, SyntaxError> {
        let token = self.next();
        let power = binding_power(&token);
        let left = Box::new(left);
        match token {
            Token::Dot if self.peek() == &Token::Star => {
                self.at += 1;
                Ok(Node::ValueProjection(left, self.projection_right(STAR, depth)?))
            }
            Token::Dot => Ok(Node::Then(left, Box::new(self.after_dot(DOT, depth)?))),
            Token::Pipe => Ok(Node::Then(left, self.boxed(power, depth)?)),
            Token::Or => Ok(Node::Or(left, self.boxed(power, depth)?)),
            Token::And => Ok(Node::And(left, self.boxed(power, depth)?)),
            Token::Compare(comparison) => Ok(Node::Compare(comparison, left, self.boxed(power, depth)?)),
            Token::Filter => self.filter(*left, depth),
            Token::Flatten => {
                let right = self.projection_right(power, depth)?;
                Ok(Node::Projection(Box::new(Node::Flatten(left)), right))
            }
            Token::LeftParenthesis => match *left {
                Node::Field(name) => Ok(Node::Call(name, self.arguments(depth)?)),
                _ => {
                    self.at -= 1;
                    Err(self.unexpected("invalid function call: expected a name before ("))
                }
            },
            Token::LeftBracket => match self.peek() {
                Token::Number(_) | Token::Colon => {
                    let index = self.index()?;
                    self.project_slice(*left, index, depth)
                }
                Token::Star => {
                    self.at += 1;
                    self.expect(&Token::RightBracket, "missing closing ]")?;
                    Ok(Node::Projection(left, self.projection_right(STAR, depth)?))
                }
                _ => Err(self.unexpected("expected a number, a slice or * after [")),
            },
            _ => {
                self.at -= 1;
                Err(self.unexpected("unexpected token"))
            }
        }
    }

    /// Parses what a projection applies to each element.
    fn projection_right(&mut self, power: u8, depth: usize) -> Result<Box<Node>, SyntaxError> {
        if binding_power(self.peek()) < PROJECTION_STOP {
            return Ok(Box::new(Node::Current));
        }
        match self.peek() {
            Token::LeftBracket | Token::Filter => self.boxed(power, depth),
            Token::Dot => {
                self.at += 1;
                Ok(Box::new(self.after_dot(power, depth)?))
            }
            _ => Err(self.unexpected("unexpected token after a projection")),
        }
    }

    fn after_dot(&mut self, power: u8, depth: usize) -> Result<Node, SyntaxError> {
        match self.peek() {
            Token::Name(_) | Token::QuotedName(_) | Token::Star => self.expression(power, depth),
            Token::LeftBracket => {
                self.at += 1;
                self.list(depth)
            }
            Token::LeftBrace => {
                self.at += 1;
                self.object(depth)
            }
            _ => Err(self.unexpected("expected a name, *, [ or { after .")),
        }
    }

    fn filter(&mut self, list: Node, depth: usize) -> Result<Node, SyntaxError> {
        let condition = self.boxed(0, depth)?;
        self.expect(&Token::RightBracket, "missing closing ]")?;
        let each = match self.peek() {
            Token::Flatten => Box::new(Node::Current),
            _ => self.projection_right(binding_power(&Token::Filter), depth)?,
        };
        Ok(Node::FilterProjection { list: Box::new(list), condition, each })
    }

    /// Parses an index or a slice after its opening bracket.
    fn index(&mut self) -> Result<Node, SyntaxError> {
        let problem = "invalid index: expected a number or a slice";
        let mut parts = [None; 3];
        let mut part = 0;
        loop {
            match *self.peek() {
                Token::Number(number) if parts.get(part) == Some(&None) => {
                    if let Some(slot) = parts.get_mut(part) {
                        *slot = Some(number);
                    }
                }
                Token::Colon if part < 2 => part += 1,
                Token::RightBracket => break,
                _ => return Err(self.unexpected(problem)),
            }
            self.at += 1;
        }
        let [start, stop, step] = parts;
        match (part, start) {
            (0, Some(index)) => {
                self.at += 1;
                Ok(Node::Index(index))
            }
            (0, None) => Err(self.unexpected(problem)),
            _ => {
                self.at += 1;
                Ok(Node::Slice { start, stop, step })
            }
        }
    }

    fn project_slice(&mut self, left: Node, index: Node, depth: usize) -> Result<Node, SyntaxError> {
        let is_slice = matches!(index, Node::Slice { .. });
        let indexed = Node::Then(Box::new(left), Box::new(index));
        if is_slice {
            Ok(Node::Projection(Box::new(indexed), self.projection_right(STAR, depth)?))
        } else {
            Ok(indexed)
        }
    }

    fn list(&mut self, depth: usize) -> Result<Node, SyntaxError> {
        let mut items = Vec::new();
        loop {
            items.push(self.expression(0, depth)?);
            if self.peek() == &Token::RightBracket {
                self.at += 1;
                return Ok(Node::List(items));
            }
            self.expect(&Token::Comma, "expected , or ]")?;
        }
    }

    fn object(&mut self, depth: usize) -> Result<Node, SyntaxError> {
        let mut entries = Vec::new();
        loop {
            let (Token::Name(name) | Token::QuotedName(name)) = self.peek().clone() else {
                return Err(self.unexpected("expected a name"));
            };
            self.at += 1;
            self.expect(&Token::Colon, "expected :")?;
            entries.push((name, self.expression(0, depth)?));
            if self.peek() == &Token::RightBrace {
                self.at += 1;
                return Ok(Node::Object(entries));
            }
            self.expect(&Token::Comma, "expected , or }")?;
        }
    }

    fn arguments(&mut self, depth: usize) -> Result<Vec<Node>, SyntaxError> {
        let mut arguments = Vec::new();
        while self.peek() != &Token::RightParenthesis {
            arguments.push(self.expression(0, depth)?);
            if self.peek() == &Token::Comma {
                self.at += 1;
                if self.peek() == &Token::RightParenthesis {
                    return Err(self.unexpected("unexpected , after the last argument"));
                }
            } else if self.peek() != &Token::RightParenthesis {
                return Err(self.unexpected("expected , or )"));
            }
        }
        self.at += 1;
        Ok(arguments)
    }
}
