//! The script for PowerShell.

use std::fmt::Write;

use crate::completion_words::{OptionWords, Words, short};

/// Returns text in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace(['\'', '\u{2019}'], "''"))
}

fn options(program: &str, options: &[OptionWords<'_>], indent: &str, out: &mut String) {
    for option in options {
        let listed = option.listed_by.map(|list| format!("(& {} completion {list} 2>$null)", quoted(program)));
        let values: Vec<String> = option.values.iter().map(|value| quoted(value)).chain(listed).collect();
        let takes_value = if option.takes_value { "$true" } else { "$false" };
        let (flag, summary) = (quoted(option.flag), quoted(&short(option.summary)));
        let _ = writeln!(out, "{indent}@({flag}, {summary}, {takes_value}, @({}))", values.join(", "));
    }
}

pub fn script(words: &Words<'_>) -> String {
    let program = words.program;
    let mut out = format!(
        "# PowerShell completion for {program}\nRegister-ArgumentCompleter -Native -CommandName {} -ScriptBlock {{\n    \
         param($word, $tree, $position)\n    $globals = @(\n",
        quoted(program)
    );
    options(program, &words.globals, "        ", &mut out);
    out += "    )\n    $commands = [ordered]@{\n";
    for command in &words.commands {
        let _ = writeln!(out, "        {} = @({}, @(", quoted(command.name), quoted(&short(command.summary)));
        options(program, &command.options, "            ", &mut out);
        out += "        ))\n";
    }
    out += "        'completion' = @('Print a completion script', @())\n        'help' = @('Print help', @())\n    }\n    \
            $words = @($tree.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })\n    \
            $command = $words | Select-Object -Skip 1 | Where-Object { $commands.Contains($_) } | Select-Object -First 1\n    \
            $previous = $words | Select-Object -Last 1\n    $known = $globals\n    \
            if ($command) { $known = @($commands[$command][1]) + $globals }\n    \
            $option = $known | Where-Object { $_[0] -eq $previous -and $_[2] } | Select-Object -First 1\n    \
            $offered = if ($option) {\n        $option[3] | ForEach-Object { , @($_, $_) }\n    \
            } elseif ($command -eq 'completion') {\n        'bash', 'fish', 'powershell', 'zsh' | ForEach-Object { , @($_, $_) }\n    \
            } elseif ($command) {\n        $known | ForEach-Object { , @($_[0], $_[1]) }\n    } else {\n        \
            $commands.Keys | ForEach-Object { , @($_, $commands[$_][0]) }\n        \
            $globals | ForEach-Object { , @($_[0], $_[1]) }\n    }\n    \
            $offered | Where-Object { $_[0] -like \"$word*\" } | ForEach-Object {\n        \
            $text = if ($_[0] -match '\\s') { \"'\" + $_[0].Replace(\"'\", \"''\") + \"'\" } else { $_[0] }\n        \
            $tip = if ($_[1]) { $_[1] } else { $_[0] }\n        \
            [System.Management.Automation.CompletionResult]::new($text, $_[0], 'ParameterValue', $tip)\n    }\n}\n";
    out
}
