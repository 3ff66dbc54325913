//! Splits an expression into tokens.
#![allow(clippy::arithmetic_side_effects, reason = "positions in a text, which has at most `isize::MAX` bytes")]

use whitesmith_schema::Value;

use crate::error::SyntaxError;
use crate::json;
use crate::node::Comparison;

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Name(String),
    QuotedName(String),
    Literal(Value),
    Number(i64),
    Compare(Comparison),
    Dot,
    Star,
    Flatten,
    Filter,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    LeftParenthesis,
    RightParenthesis,
    Comma,
    Colon,
    Current,
    Reference,
    Not,
    And,
    Or,
    Pipe,
    End,
}

/// A token and the position of its first character.
pub type Placed = (Token, usize);

pub fn tokens(expression: &str) -> Result<Vec<Placed>, SyntaxError> {
    let mut lexer = Lexer { expression, characters: expression.chars().collect(), at: 0 };
    let mut tokens = Vec::new();
    while let Some(character) = lexer.peek() {
        let start = lexer.at;
        if character.is_ascii_whitespace() {
            lexer.at += 1;
            continue;
        }
        tokens.push((lexer.token(character)?, start));
    }
    tokens.push((Token::End, lexer.at));
    Ok(tokens)
}

struct Lexer<'a> {
    expression: &'a str,
    characters: Vec<char>,
    at: usize,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn eat(&mut self, character: char) -> bool {
        let found = self.peek() == Some(character);
        self.at += usize::from(found);
        found
    }

    fn error(&self, problem: &str, position: usize) -> SyntaxError {
        SyntaxError::new(problem, self.expression, position)
    }

    fn either(&mut self, next: char, double: Token, single: Token) -> Token {
        if self.eat(next) { double } else { single }
    }

    fn token(&mut self, first: char) -> Result<Token, SyntaxError> {
        let start = self.at;
        self.at += 1;
        Ok(match first {
            '.' => Token::Dot,
            '*' => Token::Star,
            ']' => Token::RightBracket,
            '{' => Token::LeftBrace,
            '}' => Token::RightBrace,
            '(' => Token::LeftParenthesis,
            ')' => Token::RightParenthesis,
            ',' => Token::Comma,
            ':' => Token::Colon,
            '@' => Token::Current,
            '[' if self.eat(']') => Token::Flatten,
            '[' => self.either('?', Token::Filter, Token::LeftBracket),
            '&' => self.either('&', Token::And, Token::Reference),
            '|' => self.either('|', Token::Or, Token::Pipe),
            '!' => self.either('=', Token::Compare(Comparison::NotEqual), Token::Not),
            '<' => self.either('=', Token::Compare(Comparison::LessOrEqual), Token::Compare(Comparison::Less)),
            '>' => self.either('=', Token::Compare(Comparison::GreaterOrEqual), Token::Compare(Comparison::Greater)),
            '=' if self.eat('=') => Token::Compare(Comparison::Equal),
            '=' => return Err(self.error("expected ==, found =", start)),
            '-' | '0'..='9' => self.number(start)?,
            '_' | 'a'..='z' | 'A'..='Z' => {
                while self.peek().is_some_and(|next| next == '_' || next.is_ascii_alphanumeric()) {
                    self.at += 1;
                }
                Token::Name(self.characters.get(start..self.at).unwrap_or_default().iter().collect())
            }
            '"' => self.quoted_name(start)?,
            '\'' => {
                let raw = self.until('\'', start)?;
                Token::Literal(Value::String(raw.replace("\\'", "'")))
            }
            '`' => self.literal(start)?,
            _ => return Err(self.error("unexpected character", start)),
        })
    }

    fn number(&mut self, start: usize) -> Result<Token, SyntaxError> {
        while self.peek().is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
        }
        let text: String = self.characters.get(start..self.at).unwrap_or_default().iter().collect();
        text.parse().map(Token::Number).map_err(|_| self.error("invalid number", start))
    }

    /// Returns the text up to the next unescaped delimiter, with its backslashes.
    fn until(&mut self, delimiter: char, start: usize) -> Result<String, SyntaxError> {
        let mut text = String::new();
        while let Some(next) = self.peek() {
            self.at += 1;
            if next == delimiter {
                return Ok(text);
            }
            text.push(next);
            if next == '\\'
                && let Some(escaped) = self.peek()
            {
                text.push(escaped);
                self.at += 1;
            }
        }
        Err(self.error(&format!("missing closing {delimiter}"), start))
    }

    fn quoted_name(&mut self, start: usize) -> Result<Token, SyntaxError> {
        let text = self.until('"', start)?;
        match json::read(&format!("\"{text}\"")) {
            Ok(Value::String(name)) => Ok(Token::QuotedName(name)),
            _ => Err(self.error("invalid quoted name: expected a JSON string", start)),
        }
    }

    fn literal(&mut self, start: usize) -> Result<Token, SyntaxError> {
        let text = self.until('`', start)?.replace("\\`", "`");
        if let Ok(value) = json::read(text.trim_start()) {
            return Ok(Token::Literal(value));
        }
        // Early JMESPath allowed bare words as strings; implementations still accept them.
        match json::read(&format!("\"{}\"", text.trim_start())) {
            Ok(value) => Ok(Token::Literal(value)),
            Err(_) => Err(self.error("invalid literal: expected JSON", start)),
        }
    }
}
