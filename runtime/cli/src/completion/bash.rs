//! The script for bash.

use std::fmt::Write;

use crate::completion_words::{OptionWords, Words};

/// Returns a word in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn options(options: &[OptionWords<'_>]) -> String {
    options.iter().map(|option| option.flag).collect::<Vec<_>>().join(" ")
}

fn cases(options: &[OptionWords<'_>], indent: &str, out: &mut String) {
    for option in options.iter().filter(|option| option.takes_value) {
        let values: Vec<String> = option.values.iter().map(|value| quoted(value)).collect();
        let values = match option.listed_by {
            Some(list) => format!("mapfile -t values < <(\"${{COMP_WORDS[0]}}\" completion {list} 2>/dev/null)"),
            None => format!("values=({})", values.join(" ")),
        };
        let _ = writeln!(out, "{indent}{}) {values}; kind=value ;;", option.flag);
    }
}

pub fn script(words: &Words<'_>) -> String {
    let program = words.program;
    let function = format!("_{}", program.replace('-', "_"));
    let commands: Vec<&str> = words.commands.iter().map(|command| command.name).chain(["help", "completion"]).collect();
    let mut out = format!(
        "# bash completion for {program}\n{function}() {{\n    local word previous command='' kind='' values=() options i\n    \
         word=${{COMP_WORDS[COMP_CWORD]}}\n    previous=${{COMP_WORDS[COMP_CWORD - 1]}}\n    \
         for ((i = 1; i < COMP_CWORD; i++)); do\n        case ${{COMP_WORDS[i]}} in\n"
    );
    let _ = writeln!(out, "            {}) command=${{COMP_WORDS[i]}} ;;", commands.join("|"));
    out += "        esac\n    done\n    case $command in\n";
    for command in &words.commands {
        let _ = writeln!(out, "        {})\n            options={}", command.name, quoted(&options(&command.options)));
        out += "            case $previous in\n";
        cases(&command.options, "                ", &mut out);
        out += "            esac ;;\n";
    }
    out += "        completion) values=(bash fish powershell zsh); kind=value ;;\n        help) kind=value ;;\n";
    let _ = writeln!(out, "        *) options={} ;;\n    esac", quoted(&commands.join(" ")));
    out += "    case $previous in\n";
    cases(&words.globals, "        ", &mut out);
    out += "    esac\n    COMPREPLY=()\n    if [[ $kind == value ]]; then\n        local value\n        \
            for value in \"${values[@]}\"; do\n            \
            [[ $value == \"$word\"* ]] && COMPREPLY+=(\"$(printf '%q' \"$value\")\")\n        done\n        \
            [[ ${COMPREPLY[*]} == *= ]] && compopt -o nospace 2>/dev/null\n    else\n";
    let _ = writeln!(
        out,
        "        COMPREPLY=($(compgen -W \"$options {}\" -- \"$word\"))\n    fi\n    \
         if [[ $kind == value && ${{#values[@]}} -eq 0 ]]; then\n        \
         compopt -o default 2>/dev/null\n    fi\n}}\ncomplete -F {function} {program}",
        options(&words.globals)
    );
    out
}
