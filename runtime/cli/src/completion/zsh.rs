//! The script for zsh.

use std::fmt::Write;

use crate::completion_words::{OptionWords, Words, short};

/// Returns text in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Escapes text for `[…]` or before a colon in a specification.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]").replace(':', "\\:")
}

fn specification(program: &str, option: &OptionWords<'_>) -> String {
    let summary = escaped(&short(option.summary));
    let action = if let Some(list) = option.listed_by {
        format!("{{compadd -- ${{(f)\"$({program} completion {list} 2>/dev/null)\"}}}}")
    } else if option.values.is_empty() {
        "_files".to_owned()
    } else {
        let values = option
            .values
            .iter()
            .map(|value| escaped(value).replace(' ', "\\ ").replace('(', "\\(").replace(')', "\\)"));
        format!("({})", values.collect::<Vec<_>>().join(" "))
    };
    let value = if option.takes_value { format!(":value:{action}") } else { String::new() };
    quoted(&format!("{}[{summary}]{value}", option.flag))
}

pub fn script(words: &Words<'_>) -> String {
    let program = words.program;
    let function = format!("_{}", program.replace('-', "_"));
    let mut out = format!(
        "#compdef {program}\n\n{function}() {{\n    local curcontext=$curcontext state line\n    local -a globals\n    globals=(\n"
    );
    for option in &words.globals {
        let _ = writeln!(out, "        {}", specification(program, option));
    }
    out += "    )\n    _arguments -C $globals '1: :->command' '*:: :->rest'\n    case $state in\n        command)\n            \
            local -a commands\n            commands=(\n";
    for command in &words.commands {
        let text = format!("{}:{}", command.name, escaped(&short(command.summary)));
        let _ = writeln!(out, "                {}", quoted(&text));
    }
    out += "                'completion:Print a completion script'\n                'help:Print help'\n            )\n            \
            _describe command commands ;;\n        rest)\n            case $line[1] in\n";
    for command in &words.commands {
        let _ = writeln!(out, "                {})\n                    _arguments $globals \\", command.name);
        for option in &command.options {
            let _ = writeln!(out, "                        {} \\", specification(program, option));
        }
        out += "                        '1: :(help)' ;;\n";
    }
    let _ = writeln!(
        out,
        "                completion) _arguments '1: :(bash fish powershell zsh)' ;;\n            esac ;;\n    esac\n}}\n\n\
         if [[ $funcstack[1] == {function} ]]; then\n    {function} \"$@\"\nelse\n    compdef {function} {program}\nfi"
    );
    out
}
