//! The parser of selectors (Smithy 2.0, "Selector grammar").

use super::syntax::{Assertion, COMPARATORS, Comparator, Kind, Operand, Relationships, Step, Steps, Test};
use crate::model::relations::Relation;

/// How deep functions may be nested.
const MAX_DEPTH: usize = 100;
/// How many steps a selector may have in all: evaluation nests them.
const MAX_STEPS: usize = 1_000;

/// A text that is not a selector.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Syntax error at line {line} column {column}, near `{near}`: {message}")]
pub struct SelectorError {
    /// What is wrong.
    pub message: String,
    /// The line in the selector, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What stands there.
    pub near: String,
}

/// Parses a selector into its steps and the arguments of its `:root` functions.
pub(super) fn parse(text: &str) -> Result<(Steps, Vec<Steps>), SelectorError> {
    let mut parser = Parser { text, at: 0, depth: 0, steps: 0, roots: Vec::new() };
    let steps = parser.steps()?;
    parser.space();
    match parser.peek() {
        None => Ok((steps, parser.roots)),
        Some(c) => Err(parser.error(format!("Unexpected selector character: {c}"))),
    }
}

/// Parses the path of `@{path}` at the start of a text; returns it with the text behind it. Message templates of
/// `EmitEachSelector` have such paths.
///
/// # Errors
/// When no path stands there.
pub fn parse_path(text: &str) -> Result<(Vec<String>, &str), SelectorError> {
    let mut parser = Parser { text, at: 0, depth: 0, steps: 0, roots: Vec::new() };
    let path = parser.scoped_path()?;
    Ok((path, parser.rest()))
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    steps: usize,
    roots: Vec<Steps>,
}

type Parsed<T> = Result<T, SelectorError>;

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str) -> Parsed<()> {
        if self.eat(token) {
            return Ok(());
        }
        let found = self.peek().map_or_else(|| "[EOF]".to_owned(), |c| format!("'{c}'"));
        Err(self.error(format!("Expected: '{token}', but found {found}")))
    }

    fn error(&self, message: impl Into<String>) -> SelectorError {
        /// Characters that are shown of the rest.
        const NEAR: usize = 20;
        let before = self.text.get(..self.at).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        SelectorError {
            message: message.into(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).map_or(0, |line| line.chars().count()) + 1,
            near: self.rest().chars().take(NEAR).collect(),
        }
    }

    fn steps(&mut self) -> Parsed<Steps> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(format!("Selectors are nested more than {MAX_DEPTH} deep")));
        }
        self.depth += 1;
        let mut steps = Vec::new();
        loop {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(self.error(format!("The selector has more than {MAX_STEPS} steps")));
            }
            let step = self.step()?;
            if !matches!(step, Step::Any) {
                steps.push(step);
            }
            self.space();
            if matches!(self.peek(), None | Some(',' | ']' | ')')) {
                break;
            }
        }
        self.depth -= 1;
        Ok(steps)
    }

    fn step(&mut self) -> Parsed<Step> {
        self.space();
        let everything = |reverse| Step::Neighbors { reverse, relations: None };
        if self.eat("[@") {
            self.scoped_attribute()
        } else if self.eat("[") {
            self.attribute()
        } else if self.eat("<-[") {
            let relations = self.relationships("-")?;
            Ok(Step::Neighbors { reverse: true, relations: Some(relations) })
        } else if self.eat("-[") {
            let relations = self.relationships("->")?;
            Ok(Step::Neighbors { reverse: false, relations: Some(relations) })
        } else if self.eat("~>") {
            Ok(Step::Reachable)
        } else if self.eat(">") {
            Ok(everything(false))
        } else if self.eat("<") {
            Ok(everything(true))
        } else if self.eat("*") {
            Ok(Step::Any)
        } else if self.eat(":") {
            self.function()
        } else if self.eat("$") {
            self.variable()
        } else {
            self.kind()
        }
    }

    fn kind(&mut self) -> Parsed<Step> {
        match self.peek() {
            None => Err(self.error("Unexpected selector EOF")),
            Some(c) if !(c.is_ascii_alphabetic() || c == '_') => {
                Err(self.error(format!("Unexpected selector character: {c}")))
            }
            Some(_) => {
                let name = self.identifier()?;
                Kind::from_name(name).map(Step::Kind).ok_or_else(|| self.error(format!("Unknown shape type: {name}")))
            }
        }
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or("")
    }

    fn identifier(&mut self) -> Parsed<&'a str> {
        match self.peek() {
            Some(c) if c.is_ascii_alphabetic() || c == '_' => {
                Ok(self.take_while(|c| c.is_ascii_alphanumeric() || c == '_'))
            }
            Some(c) => Err(self.error(format!("Expected a valid identifier character, but found '{c}'"))),
            None => Err(self.error("Expected a valid identifier character, but found '[EOF]'")),
        }
    }

    fn variable(&mut self) -> Parsed<Step> {
        self.space();
        if self.eat("{") {
            self.space();
            let name = self.identifier()?.to_owned();
            self.space();
            self.expect("}")?;
            return Ok(Step::Load(name));
        }
        let name = self.identifier()?.to_owned();
        self.space();
        self.expect("(")?;
        let steps = self.steps()?;
        self.space();
        self.expect(")")?;
        Ok(Step::Store { name, steps })
    }

    fn relationships(&mut self, end: &str) -> Parsed<Relationships> {
        let mut relationships = Relationships::default();
        loop {
            self.space();
            match self.identifier()? {
                "bound" => relationships.bound = true,
                "instanceOperation" => relationships.instance_operation = true,
                // A relation that is not known relates nothing.
                label => relationships.named.extend(Relation::from_label(label)),
            }
            self.space();
            if !self.eat(",") {
                break;
            }
        }
        self.expect("]")?;
        self.expect(end)?;
        Ok(relationships)
    }

    fn function(&mut self) -> Parsed<Step> {
        let start = self.at;
        let name = self.identifier()?;
        self.space();
        self.expect("(")?;
        let mut arguments = Vec::new();
        loop {
            arguments.push(self.steps()?);
            self.space();
            if !self.eat(",") {
                break;
            }
        }
        self.expect(")")?;
        let count = arguments.len();
        let mut arguments = arguments.into_iter();
        let first = arguments.next().unwrap_or_default();
        let step = match (name, count) {
            ("not", 1) => Step::Not(first),
            ("in", 1) => Step::In(first),
            ("recursive", 1) => Step::Recursive(first),
            ("root", 1) => {
                self.roots.push(first);
                Step::Root(self.roots.len() - 1)
            }
            ("topdown", 1 | 2) => Step::TopDown { qualifier: first, disqualifier: arguments.next() },
            ("test", _) => Step::Test(std::iter::once(first).chain(arguments).collect()),
            ("is" | "each", _) => Step::Is(std::iter::once(first).chain(arguments).collect()),
            ("not" | "in" | "recursive" | "root", _) => {
                self.at = start;
                return Err(self.error(format!("The :{name} function requires a single selector argument")));
            }
            ("topdown", _) => {
                self.at = start;
                return Err(self.error(format!("The :topdown function accepts 1 or 2 selectors, but found {count}")));
            }
            // "Selectors that use unknown functions parse, and match nothing."
            _ => Step::Nothing,
        };
        Ok(step)
    }

    fn attribute(&mut self) -> Parsed<Step> {
        self.space();
        let path = self.attribute_path()?;
        self.space();
        if self.eat("]") {
            return Ok(Step::Attribute { path, test: None });
        }
        let comparator = self.comparator()?;
        let mut values = vec![self.value()?];
        self.space();
        while self.eat(",") {
            values.push(self.value()?);
            self.space();
        }
        let case_insensitive = self.case_insensitive();
        self.expect("]")?;
        Ok(Step::Attribute { path, test: Some(Test { comparator, values, case_insensitive }) })
    }

    fn scoped_attribute(&mut self) -> Parsed<Step> {
        self.space();
        let path = if self.peek() == Some(':') { Vec::new() } else { self.attribute_path()? };
        self.space();
        self.expect(":")?;
        let mut assertions = vec![self.assertion()?];
        while self.eat("&&") {
            assertions.push(self.assertion()?);
        }
        self.expect("]")?;
        Ok(Step::Scoped { path, assertions })
    }

    fn assertion(&mut self) -> Parsed<Assertion> {
        let left = self.operand()?;
        let comparator = self.comparator()?;
        let mut right = vec![self.operand()?];
        while self.eat(",") {
            right.push(self.operand()?);
        }
        let case_insensitive = self.case_insensitive();
        Ok(Assertion { left, comparator, right, case_insensitive })
    }

    fn operand(&mut self) -> Parsed<Operand> {
        self.space();
        let operand =
            if self.peek() == Some('@') { Operand::Path(self.scoped_path()?) } else { Operand::Literal(self.value()?) };
        self.space();
        Ok(operand)
    }

    fn case_insensitive(&mut self) -> bool {
        self.space();
        let found = self.eat("i");
        self.space();
        found
    }

    fn comparator(&mut self) -> Parsed<Comparator> {
        let found = COMPARATORS.iter().find(|(token, _)| self.eat(token));
        found.map(|(_, comparator)| *comparator).ok_or_else(|| self.error("Expected a comparator or ']'"))
    }

    fn attribute_path(&mut self) -> Parsed<Vec<String>> {
        let mut path = vec![self.identifier()?.to_owned()];
        self.path_tail(&mut path)?;
        Ok(path)
    }

    fn path_tail(&mut self, path: &mut Vec<String>) -> Parsed<()> {
        self.space();
        while self.eat("|") {
            path.push(self.segment()?);
            self.space();
        }
        Ok(())
    }

    fn scoped_path(&mut self) -> Parsed<Vec<String>> {
        self.expect("@{")?;
        let mut path = vec![self.segment()?];
        self.path_tail(&mut path)?;
        self.expect("}")?;
        Ok(path)
    }

    fn segment(&mut self) -> Parsed<String> {
        self.space();
        if self.eat("(") {
            let name = self.identifier()?;
            self.expect(")")?;
            return Ok(format!("({name})"));
        }
        self.value()
    }

    fn value(&mut self) -> Parsed<String> {
        self.space();
        match self.peek() {
            Some(quote @ ('"' | '\'')) => {
                let open = self.at;
                self.at += 1;
                let text = self.take_while(|c| c != quote);
                if self.peek().is_none() {
                    self.at = open;
                    return Err(self.error(format!("Expected {quote} to close {text}")));
                }
                self.at += 1;
                Ok(text.to_owned())
            }
            Some('-' | '0'..='9') => {
                Ok(self.take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E')).to_owned())
            }
            _ => {
                let start = self.at;
                self.identifier()?;
                self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '#'));
                Ok(self.text.get(start..self.at).unwrap_or("").to_owned())
            }
        }
    }
}
