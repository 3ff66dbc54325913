//! Completion in real shells.

use std::process::Command;

use whitesmith_tests::programs;

use super::support::{isolate, printed};

/// The script of the combined program for a shell.
fn script(shell: &str) -> String {
    let mut command = Command::new(programs::of_fixtures("tools"));
    command.args(["completion", shell]);
    isolate(&mut command);
    printed(command)
}

/// Lines, and the words with which they can go on.
const CASES: &[(&str, &[&str])] = &[
    ("tools pa", &["pages-and-waiters"]),
    ("tools pages-and-waiters li", &["list-things"]),
    ("tools --region eu-central-1 pages-and-waiters wait thing-r", &["thing-ready"]),
    ("tools pages-and-waiters list-things --max-i", &["--max-items"]),
    ("tools pages-and-waiters list-things --state R", &["READY"]),
    ("tools pages-and-waiters list-things --output y", &["yaml", "yaml-stream"]),
    ("tools pages-and-waiters create-thing --no-f", &["--no-force"]),
    ("tools pages-and-waiters create-thing --colours red b", &["blue"]),
    ("tools pages-and-waiters create-thing --places Kind=h", &["Kind=house"]),
    ("tools pages-and-waiters create-thing --places Label=a,Within={Fl", &["Label=a,Within={Floor="]),
    ("tools pages-and-waiters create-thing --places Label=a Open=f", &["Open=false"]),
    ("tools completion z", &["zsh"]),
];

/// Runs a shell with a script.
fn run(shell: &str, arguments: &[&str], text: &str) -> String {
    let mut command = Command::new(shell);
    let programs = programs::of_fixtures("tools").parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    isolate(&mut command);
    let home = tempfile::tempdir().unwrap();
    command.env("HOME", home.path()).env("PATH", format!("{}:{path}", programs.display()));
    command.args(arguments).arg(text);
    printed(command)
}

#[test]
fn bash_completes() {
    // What bash sets before it calls the function: its words end at `=`.
    let harness = r#"
        complete_line() {
            COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=() COMPREPLY=()
            local rest=$1 word
            while [[ $rest ]]; do
                if [[ $rest =~ ^[[:space:]]+ ]]; then rest=${rest:${#BASH_REMATCH[0]}}; continue; fi
                [[ $rest =~ ^([=:]+|[^[:space:]=:]+) ]]
                COMP_WORDS+=("${BASH_REMATCH[0]}") rest=${rest:${#BASH_REMATCH[0]}}
            done
            [[ $1 == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _tools tools
            local kept=${COMP_WORDS[COMP_CWORD]}
            [[ $kept == = ]] && kept=''
            local before=${1##* }
            before=${before%"$kept"}
            for word in "${COMPREPLY[@]}"; do printf '%s%s\t' "$before" "$word"; done
            echo
        }
    "#;
    for (line, expected) in CASES {
        let text = format!("{}\n{harness}\ncomplete_line '{line}'", script("bash"));
        let found = run("bash", &["--norc", "-c"], &text);
        let found: Vec<&str> = found.trim_end_matches('\n').split_terminator('\t').collect();
        // What bash would read as syntax is escaped.
        let found: Vec<String> = found.iter().map(|word| word.replace('\\', "")).collect();
        assert_eq!(found, *expected, "{line}");
    }
}

#[test]
#[cfg_attr(not(has_fish), ignore = "no fish in PATH")]
fn fish_completes() {
    for (line, expected) in CASES {
        let text = format!("{}\ncomplete --do-complete '{line}'", script("fish"));
        let found = run("fish", &["--no-config", "-c"], &text);
        let found: Vec<&str> = found.lines().map(|line| line.split('\t').next().unwrap()).collect();
        assert_eq!(found, *expected, "{line}");
    }
}

#[test]
#[cfg_attr(not(has_zsh), ignore = "no zsh in PATH")]
fn zsh_completes() {
    // The words that the script offers, in place of the menu.
    let harness = r#"
        compdef() { }
        _files() { print files }
        _describe() {
            local entry name=$4
            for entry in "${(@P)name}"; do
                entry=${entry//\\:/$'\1'}
                print -r -- "${${entry%%:*}//$'\1'/:}"
            done
        }
        complete_line() {
            words=("${(@Q)${(z)1}}")
            [[ $1 == *' ' ]] && words+=('')
            CURRENT=$#words PREFIX=$words[-1]
            _tools
        }
    "#;
    for (line, expected) in CASES {
        let text = format!("{harness}\n{}\ncomplete_line '{line}'", script("zsh"));
        let found = run("zsh", &["-f", "-c"], &text);
        assert_eq!(found.lines().collect::<Vec<_>>(), *expected, "{line}");
    }
}
