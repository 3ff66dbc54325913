//! Constant expressions and signatures with the layout that `rustfmt` gives them at the width of `prettyplease`, without tokens
//! and without a parser.
//!
//! A bracketed list or a chain of calls stands on one line if it fits there with what follows it up to the next place to
//! break in what is around it; else each of its parts has a line. The only argument of a call, if it is a list or a structure,
//! begins beside the parenthesis.

use std::borrow::Cow;

/// The columns of a line.
const WIDTH: isize = 89;
/// The columns that a line has at least, however far it is indented.
const LEAST_SPACE: isize = 60;
/// The columns of a level of indentation.
const INDENT: usize = 4;
/// The columns of a structure's expression, without its closing brace, that stays on one line.
const SHORT_STRUCTURE: isize = 34;
/// The columns of an expression that never fits.
const NEVER_FITS: isize = 1 << 32;

/// An expression, or a part of one.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    /// Columns on one line.
    width: isize,
    form: Form<'a>,
}

#[derive(Debug)]
enum Form<'a> {
    Text(Cow<'a, str>),
    Sequence(Vec<Layout<'a>>),
    /// Items between brackets, and what stands behind the last of them if each has a line.
    List([&'static str; 3], Vec<Layout<'a>>),
    /// The fields of a structure.
    Fields(Vec<Layout<'a>>),
    /// An expression and calls of methods.
    Chain(Box<Layout<'a>>, Vec<Layout<'a>>),
}

fn columns(text: &str) -> isize {
    isize::try_from(text.len()).unwrap_or(NEVER_FITS).min(NEVER_FITS)
}

fn width_of(items: &[Layout<'_>], separator: isize) -> isize {
    let separators = isize::try_from(items.len().saturating_sub(1)).unwrap_or(NEVER_FITS).saturating_mul(separator);
    items.iter().fold(separators, |sum, item| sum.saturating_add(item.width))
}

impl<'a> Layout<'a> {
    /// Text that is never broken.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        Self { width: columns(&text), form: Form::Text(text) }
    }

    /// A string literal.
    pub fn string(text: &str) -> Self {
        Self::text(proc_macro2::Literal::string(text).to_string())
    }

    /// `Some("text")` or `None`.
    pub fn option(text: Option<&str>) -> Self {
        match text {
            Some(text) => Self::call("Some", [Self::string(text)]),
            None => Self::text("None"),
        }
    }

    /// Parts that stand beside each other.
    pub fn sequence(parts: impl IntoIterator<Item = Self>) -> Self {
        let parts: Vec<_> = parts.into_iter().collect();
        Self { width: width_of(&parts, 0), form: Form::Sequence(parts) }
    }

    fn list(brackets: [&'static str; 3], items: impl IntoIterator<Item = Self>) -> Self {
        let items: Vec<_> = items.into_iter().collect();
        let [open, close, _] = brackets.map(columns);
        Self { width: open + close + width_of(&items, 2), form: Form::List(brackets, items) }
    }

    /// `&[items]`.
    pub fn slice(items: impl IntoIterator<Item = Self>) -> Self {
        Self::list(["&[", "]", ","], items)
    }

    /// `(items)`.
    pub fn tuple(items: impl IntoIterator<Item = Self>) -> Self {
        Self::list(["(", ")", ","], items)
    }

    /// `<items>`.
    pub fn angles(items: impl IntoIterator<Item = Self>) -> Self {
        Self::list(["<", ">", ","], items)
    }

    /// `function(arguments)`.
    pub fn call(function: impl Into<Cow<'a, str>>, arguments: impl IntoIterator<Item = Self>) -> Self {
        let (function, mut arguments) = (Self::text(function), Vec::from_iter(arguments));
        match arguments.pop_if(|argument| argument.ends_in_brackets()) {
            Some(only) if arguments.is_empty() => Self::sequence([function, Self::text("("), only, Self::text(")")]),
            last => {
                arguments.extend(last);
                Self::sequence([function, Self::tuple(arguments)])
            }
        }
    }

    /// `Name { fields }`.
    pub fn structure(name: impl Into<Cow<'a, str>>, fields: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        let name = Self::text(name);
        let fields: Vec<_> = fields
            .into_iter()
            .map(|(field, value)| Self::sequence([Self::text(field), Self::text(": "), value]))
            .collect();
        let inner = width_of(&fields, 2).saturating_add(columns(" {  "));
        let is_short = name.width.saturating_add(inner) <= SHORT_STRUCTURE;
        let width = if is_short { inner + columns("}") } else { NEVER_FITS };
        Self::sequence([name, Self { width, form: Form::Fields(fields) }])
    }

    /// Whether this is a list or a structure.
    fn ends_in_brackets(&self) -> bool {
        match &self.form {
            Form::List(..) => true,
            Form::Sequence(parts) => matches!(parts.last(), Some(Self { form: Form::Fields(_), .. })),
            _ => false,
        }
    }

    /// `&value`.
    pub fn reference(value: Self) -> Self {
        Self::sequence([Self::text("&"), value])
    }

    /// An expression and calls of methods, each with its dot.
    pub fn chain(head: Self, calls: impl IntoIterator<Item = Self>) -> Self {
        let calls: Vec<_> = calls.into_iter().collect();
        Self { width: head.width.saturating_add(width_of(&calls, 0)), form: Form::Chain(Box::new(head), calls) }
    }

    /// Calls a method on the expression.
    pub fn with(self, method: &'a str, arguments: impl IntoIterator<Item = Self>) -> Self {
        let call = Self::sequence([Self::text("."), Self::call(method, arguments)]);
        let width = self.width.saturating_add(call.width);
        let form = match self.form {
            Form::Chain(head, mut calls) => {
                calls.push(call);
                Form::Chain(head, calls)
            }
            form => Form::Chain(Box::new(Self { width: self.width, form }), vec![call]),
        };
        Self { width, form }
    }
}

/// Appends an expression to the text of a line, and `tail` to the expression. Lines of the tail after its first one count for
/// nothing.
pub(super) fn print(out: &mut String, layout: &Layout<'_>, tail: &str) {
    let line = out.get(out.rfind('\n').map_or(0, |end| end + 1)..).unwrap_or_default();
    let begun = line.trim_start_matches(' ');
    let indent = line.len() - begun.len();
    let space = space_at(indent) - columns(begun);
    let mut printer = Printer { out, indent, space };
    printer.print(layout, columns(tail.lines().next().unwrap_or_default()));
    printer.out.push_str(tail);
}

/// Columns of a line that is indented.
fn space_at(indent: usize) -> isize {
    (WIDTH - isize::try_from(indent).unwrap_or(WIDTH)).max(LEAST_SPACE)
}

struct Printer<'o> {
    out: &'o mut String,
    indent: usize,
    /// Columns left on the line.
    space: isize,
}

impl Printer<'_> {
    /// Prints a part that `tail` columns follow up to the next place to break in what is around it.
    fn print(&mut self, layout: &Layout<'_>, tail: isize) {
        match &layout.form {
            Form::Text(text) => self.text(text),
            Form::Sequence(parts) => {
                let mut rest = parts.as_slice();
                while let [first, after @ ..] = rest {
                    self.print(first, width_of(after, 0).saturating_add(tail));
                    rest = after;
                }
            }
            Form::List([open, close, last], items) => {
                self.text(open);
                let fits = layout.width.saturating_add(tail) - columns(open) <= self.space;
                self.items(items, fits, "", last);
                self.text(close);
            }
            Form::Fields(items) => {
                self.text(" {");
                let fits = layout.width.saturating_add(tail) - columns(" {") <= self.space;
                self.items(items, fits, " ", ",");
                self.text("}");
            }
            Form::Chain(head, calls) => {
                let fits = layout.width.saturating_add(tail) <= self.space;
                // Calls stand below a head of one line, and beside the closing bracket of one that is broken.
                let indent = if head.width <= self.space { INDENT } else { 0 };
                self.indent += indent;
                self.print(head, 0);
                let mut rest = calls.as_slice();
                while let [call, after @ ..] = rest {
                    if !fits {
                        self.new_line();
                    }
                    self.print(call, if after.is_empty() { tail } else { 0 });
                    rest = after;
                }
                self.indent -= indent;
            }
        }
    }

    fn items(&mut self, items: &[Layout<'_>], fits: bool, pad: &str, last: &str) {
        if items.is_empty() {
            return;
        }
        if fits {
            self.text(pad);
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    self.text(", ");
                }
                self.print(item, 0);
            }
            return self.text(pad);
        }
        self.indent += INDENT;
        let mut rest = items;
        while let [item, after @ ..] = rest {
            self.new_line();
            self.print(item, isize::from(!after.is_empty()));
            self.out.push_str(if after.is_empty() { last } else { "," });
            rest = after;
        }
        self.indent -= INDENT;
        self.new_line();
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(text);
        self.space -= columns(text);
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.indent));
        self.space = space_at(self.indent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(layout: &Layout<'_>) -> String {
        let mut out = "static X: Y = ".to_owned();
        print(&mut out, layout, ";");
        out
    }

    #[test]
    fn signatures_are_those_of_prettyplease() {
        for length in 1..80 {
            let (name, error) = ("x".repeat(length), "Y".repeat(length / 2 + 1));
            let results = Layout::sequence([Layout::text("Error"), Layout::angles([Layout::text(error.as_str())])]);
            let signature = Layout::sequence([
                Layout::text("fn f"),
                Layout::tuple([Layout::text("&self"), Layout::text(format!("input: &{name}"))]),
                Layout::text(" -> Result"),
                Layout::angles([Layout::text(name.as_str()), results]),
            ]);
            let mut out = "impl A {\n    ".to_owned();
            print(&mut out, &signature, " {\n        ");
            let call = Layout::sequence([
                Layout::text(".call::"),
                Layout::angles([Layout::text("Protocol"), Layout::text(name.as_str())]),
                Layout::tuple([Layout::text("input")]),
            ]);
            print(&mut out, &Layout::chain(Layout::text("self.0"), [call, Layout::text(".await")]), "\n    }\n}");
            assert_eq!(out, pretty(&out), "{length}");
        }
    }

    /// What `prettyplease` makes of the same expression.
    fn pretty(text: &str) -> String {
        let file = syn::parse_str(text).unwrap();
        prettyplease::unparse(&file).trim_end().to_owned()
    }

    fn member(name: &str, calls: usize) -> Layout<'_> {
        let new = Layout::call("Member::new", [Layout::string(name), Layout::text("&prelude::STRING")]);
        (0..calls).fold(new, |member, _| member.with("with_doc", [Layout::string("A text.")]))
    }

    #[test]
    fn layouts_are_those_of_prettyplease() {
        let names: Vec<String> = (1..40).map(|length| "x".repeat(length)).collect();
        for name in &names {
            let short = Layout::structure("A", [("b", Layout::string(name))]);
            let a = || Layout::text("a");
            for layout in [
                member(name, 0),
                member(name, 1),
                member(name, 2),
                Layout::call("f", [a(), Layout::slice([member(name, 1), member("short", 2)])]),
                Layout::call("f", [Layout::string(name)]).with("g", [a(), Layout::slice([Layout::string(name)])]),
                Layout::call("f", []).with("g", [Layout::reference(member(name, 3))]).with("h", []),
                Layout::call("f", [short]),
                Layout::slice([Layout::tuple([Layout::string(name), Layout::option(Some(name))])]),
            ] {
                let text = printed(&layout);
                assert_eq!(text, pretty(&text), "{layout:?}");
            }
        }
    }

    #[test]
    fn calls_stand_beside_the_closing_bracket_of_what_is_broken() {
        let names = ["First", "Second"].map(|name| Layout::string(&name.repeat(10)));
        let layout = Layout::call("f", [Layout::string(&"x".repeat(80)), Layout::text("a")]);
        let printed = printed(&layout.with("g", [Layout::slice(names)]));
        let expected = r#"static X: Y = f(
    "@",
    a,
)
.g(&[
    "FirstFirstFirstFirstFirstFirstFirstFirstFirstFirst",
    "SecondSecondSecondSecondSecondSecondSecondSecondSecondSecond",
]);"#;
        assert_eq!(printed, expected.replace('@', &"x".repeat(80)));
    }
}
