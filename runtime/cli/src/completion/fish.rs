//! The script for fish.

use std::fmt::Write;

use crate::completion_words::{OptionWords, Words, short};

/// Returns text in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn option_line(program: &str, condition: &str, option: &OptionWords<'_>, out: &mut String) {
    let name = option.flag.trim_start_matches('-');
    let _ = write!(out, "complete -c {program}{condition} -l {name}");
    if let Some(list) = option.listed_by {
        let _ = write!(out, " -x -a '({program} completion {list} 2>/dev/null)'");
    } else if option.takes_value && option.values.is_empty() {
        out.push_str(" -r -F");
    } else if option.takes_value {
        // fish separates values by spaces: each value is quoted once more.
        let values: Vec<String> = option.values.iter().map(|value| quoted(value)).collect();
        let _ = write!(out, " -x -a {}", quoted(&values.join(" ")));
    }
    let _ = writeln!(out, " -d {}", quoted(&short(option.summary)));
}

pub fn script(words: &Words<'_>) -> String {
    let program = words.program;
    let mut out = format!("# fish completion for {program}\ncomplete -c {program} -f\n");
    for command in &words.commands {
        let summary = quoted(&short(command.summary));
        let _ = writeln!(out, "complete -c {program} -n __fish_use_subcommand -a {} -d {summary}", command.name);
    }
    let _ =
        writeln!(out, "complete -c {program} -n __fish_use_subcommand -a completion -d 'Print a completion script'");
    let _ = writeln!(out, "complete -c {program} -n __fish_use_subcommand -a help -d 'Print help'");
    let shells = "bash fish powershell zsh";
    let _ = writeln!(out, "complete -c {program} -n '__fish_seen_subcommand_from completion' -a '{shells}'");
    for command in &words.commands {
        let condition = format!(" -n '__fish_seen_subcommand_from {}'", command.name);
        for option in &command.options {
            option_line(program, &condition, option, &mut out);
        }
    }
    for option in &words.globals {
        option_line(program, "", option, &mut out);
    }
    out
}
