//! Fixed texts: the parts of pages that come from no model, read from JSON. The format is described in `docs/cli-texts.md`.

use std::sync::LazyLock;

use whitesmith_smithy::source::{Node, Sources, parse};

use super::layout::Layout;

/// The fixed texts of one layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The layout that the texts are for.
    pub layout: Layout,
    /// The paragraph that refers to the service's API, where AWS publishes one.
    pub see_also: String,
    /// The options that every command has besides its input's members.
    pub input_options: Vec<FixedOption>,
    /// The options that every command of every service has.
    pub global_options: Vec<FixedOption>,
    /// The texts that have a place in the layout itself.
    pub notes: Notes,
}

/// An option that comes from no model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedOption {
    /// Its names; more than one if they exclude each other.
    pub flags: Vec<String>,
    /// The type of its value; a `boolean` has none.
    pub type_name: String,
    /// Its description, with literals between double back quotes.
    pub text: String,
    /// The values it takes, if they are few.
    pub choices: Vec<String>,
}

/// Texts about kinds of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notes {
    /// Description of the argument that names the output file.
    pub output_file: String,
    /// About options whose value names a file.
    pub streaming_blob: String,
    /// About structures of which one member is set; `{members}` stands for the members.
    pub union: String,
    /// About commands with documents; `{command}` stands for the command.
    pub documents: String,
    /// About commands that print events; `{command}` stands for the command, `{events}` for the member of the output.
    pub events: String,
    /// About commands that fetch pages; `{command}` stands for the command, `{items}` for the paths to the items.
    pub pagination: String,
    /// About the option that continues an earlier result.
    pub starting_token: String,
    /// About the option for the size of a page.
    pub page_size: String,
    /// About the option that limits the number of items.
    pub max_items: String,
    /// About waiters in general.
    pub waiters: String,
    /// About a waiter; `{command}` stands for the command that it polls, `{delay}` for the seconds between attempts.
    pub waiter: String,
    /// About the option for the time between attempts.
    pub delay: String,
    /// About the option for the number of attempts.
    pub max_attempts: String,
}

/// A file of fixed texts that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextsError {
    /// The file is not JSON.
    #[error("{file}: not a file of fixed texts: {reason}")]
    NotJson {
        /// The file.
        file: String,
        /// The problem and its place.
        reason: String,
    },
    /// Something in it is missing or of another type.
    #[error("{file}: `{key}` must be {expected}")]
    Wrong {
        /// The file.
        file: String,
        /// The key.
        key: &'static str,
        /// The requirement.
        expected: &'static str,
    },
    /// No layout has that style.
    #[error("{file}: the style `{style}` is not known; there are v1.*, v2.22 and v2.36")]
    UnknownStyle {
        /// The file.
        file: String,
        /// The style.
        style: String,
    },
}

/// The project's own texts, a file a layout.
const OWN: [(&str, &str); 3] = [
    ("v1.46.json", include_str!("texts/v1.46.json")),
    ("v2.22.json", include_str!("texts/v2.22.json")),
    ("v2.36.json", include_str!("texts/v2.36.json")),
];

static OWN_TEXTS: LazyLock<Vec<Texts>> =
    LazyLock::new(|| OWN.iter().filter_map(|(name, text)| Texts::from_json(name, text).ok()).collect());

impl Texts {
    /// Reads a file of fixed texts; `file` is its name in errors.
    ///
    /// # Errors
    /// Fails if the file is not JSON of the form that `docs/cli-texts.md` describes, or its style is not known.
    pub fn from_json(file: &str, text: &str) -> Result<Self, TextsError> {
        let not_json = |reason: String| TextsError::NotJson { file: file.to_owned(), reason };
        let mut sources = Sources::new();
        let id = sources.add(file, text.as_bytes()).map_err(|error| not_json(error.to_string()))?;
        let node = parse(id, text).map_err(|error| {
            let place = sources.place(error.span);
            let place =
                place.map_or_else(String::new, |place| format!(" (line {}, column {})", place.line, place.column));
            not_json(format!("{error}{place}"))
        })?;
        let wrong = |key, expected| TextsError::Wrong { file: file.to_owned(), key, expected };
        let style = node.get("style").and_then(Node::as_str).ok_or_else(|| wrong("style", "a string"))?;
        let layout = Layout::of_style(style)
            .ok_or_else(|| TextsError::UnknownStyle { file: file.to_owned(), style: style.to_owned() })?;
        let options = |key: &'static str| {
            let list = node.get(key).and_then(Node::as_array).ok_or_else(|| wrong(key, "an array"))?;
            list.iter()
                .map(|option| {
                    FixedOption::from_node(option).ok_or_else(|| wrong(key, "options with `flags`, `type`, `text`"))
                })
                .collect::<Result<Vec<_>, _>>()
        };
        let defaults = Notes::default();
        let note = |key: &str, default: String| node.get(key).and_then(Node::as_str).map_or(default, one_line);
        Ok(Self {
            layout,
            see_also: note("see_also", String::new()),
            input_options: options("input_options")?,
            global_options: options("global_options")?,
            notes: Notes {
                output_file: note("output_file", defaults.output_file),
                streaming_blob: note("streaming_blob", defaults.streaming_blob),
                union: note("union", defaults.union),
                documents: note("documents", defaults.documents),
                events: note("events", defaults.events),
                pagination: note("pagination", defaults.pagination),
                starting_token: note("starting_token", defaults.starting_token),
                page_size: note("page_size", defaults.page_size),
                max_items: note("max_items", defaults.max_items),
                waiters: note("waiters", defaults.waiters),
                waiter: note("waiter", defaults.waiter),
                delay: note("delay", defaults.delay),
                max_attempts: note("max_attempts", defaults.max_attempts),
            },
        })
    }

    /// The project's own texts: v1, v2.22 and v2.36.
    pub fn own() -> &'static [Self] {
        &OWN_TEXTS
    }
}

impl FixedOption {
    fn from_node(node: &Node) -> Option<Self> {
        let flags: Vec<String> = node.get("flags")?.strings().map(one_line).collect();
        if flags.is_empty() {
            return None;
        }
        Some(Self {
            flags,
            type_name: one_line(node.get("type")?.as_str()?),
            text: one_line(node.get("text")?.as_str()?),
            choices: node.get("choices").map(|choices| choices.strings().map(one_line).collect()).unwrap_or_default(),
        })
    }

    /// Whether the option is given without a value.
    pub fn is_flag(&self) -> bool {
        self.type_name == "boolean"
    }
}

impl Default for Notes {
    /// The vocabulary of the layouts themselves, which readers of the AWS CLI's pages know.
    fn default() -> Self {
        Self {
            output_file: "Filename where the content will be saved".to_owned(),
            streaming_blob: "This argument is of type: streaming blob. Its value must be the path to a file (e.g. \
                             ``path/to/file``) and must **not** be prefixed with ``file://`` or ``fileb://``"
                .to_owned(),
            union: "This is a Tagged Union structure. Only one of the following top level keys can be set: {members}."
                .to_owned(),
            documents:
                "``{command}`` uses document type values. Document types follow the JSON data model where valid \
                        values are: strings, numbers, booleans, null, arrays, and objects. For command input, options \
                        and nested parameters that are labeled with the type ``document`` must be provided as JSON. \
                        Shorthand syntax does not support document types."
                    .to_owned(),
            events: "``{command}`` prints each event of ``{events}`` as it arrives, as JSON on a line of its own. \
                     ``--query`` is applied to each; one for which it gives null is not printed. Other members of the \
                     output come first."
                .to_owned(),
            pagination:
                "``{command}`` makes as many calls as the whole result takes; ``--no-paginate`` stops after the \
                         first one. With ``--output text``, ``--query`` is applied to each page, which has the items \
                         only: {items}"
                    .to_owned(),
            starting_token: "Continues an earlier result: the ``NextToken`` at its end.".to_owned(),
            page_size: "The number of items to ask for in each call. It changes how many calls are made, not their \
                        result. The service may return fewer."
                .to_owned(),
            max_items: "The largest number of items in the result. If there are more, the result ends with a \
                        ``NextToken`` for ``--starting-token``."
                .to_owned(),
            waiters: "Polls until something has happened. The exit status is 0 then, and 255 if it cannot happen any \
                      more or takes too long."
                .to_owned(),
            waiter: "Polls with ``{command}``, every {delay} seconds unless ``--delay`` says otherwise.".to_owned(),
            delay: "The number of seconds between attempts.".to_owned(),
            max_attempts: "The number of attempts. The default is 40.".to_owned(),
        }
    }
}

/// Line breaks would change the structure of the page.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_texts_are_complete() {
        assert_eq!(Texts::own().len(), OWN.len());
    }

    #[test]
    fn errors_say_what_is_wrong() {
        for (text, expected) in [
            ("{", "a.json: not a file of fixed texts: "),
            ("{}", "a.json: `style` must be a string"),
            ("{\"style\": \"v3\"}", "a.json: the style `v3` is not known; there are v1.*, v2.22 and v2.36"),
            ("{\"style\": \"v2.36\"}", "a.json: `input_options` must be an array"),
            (
                "{\"style\": \"v1.2\", \"input_options\": [{}]}",
                "a.json: `input_options` must be options with `flags`, `type`, `text`",
            ),
        ] {
            let error = Texts::from_json("a.json", text).expect_err("not usable").to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
