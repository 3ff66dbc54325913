use std::collections::HashMap;

use super::*;
use crate::arguments::Globals;
use crate::made_up::COMMAND_LINE;
use whitesmith_client::environment::Environment;

fn settings() -> Settings {
    Settings::new(Environment::Fixed(HashMap::new()), Globals::default())
}

/// The words that are offered after those of a line.
fn offered(program: &Program, line: &str) -> Vec<String> {
    candidates(program, &settings(), &words_of(line)).words.into_iter().map(|(word, _)| word).collect()
}

fn forge() -> Program {
    Program::new(&[&COMMAND_LINE], "forge", false)
}

#[test]
fn commands_and_options_are_completed() {
    assert_eq!(offered(&forge(), "forge "), ["make", "completion", "help"]);
    assert_eq!(offered(&forge(), "forge m"), ["make"]);
    assert_eq!(offered(&forge(), "forge completion "), ["bash", "fish", "powershell", "zsh"]);
    let options = offered(&forge(), "forge make --");
    for option in ["--name", "--hot", "--no-hot", "--cli-input-json", "--presign", "--region", "--query"] {
        assert!(options.iter().any(|word| word == option), "{option}: {options:?}");
    }
    assert_eq!(offered(&forge(), "forge make --name a --part Name=x --tex"), ["--texts"]);
    assert_eq!(offered(&forge(), "forge --output json make --no-h"), ["--no-hot"]);
}

#[test]
fn services_are_completed_where_they_are_named() {
    let tools = Program::new(&[&COMMAND_LINE], "tools", true);
    assert_eq!(offered(&tools, "tools "), ["forge", "completion", "help"]);
    assert_eq!(offered(&tools, "tools --region eu-central-1 forge ma"), ["make"]);
    assert_eq!(offered(&tools, "tools completion z"), ["zsh"]);
    assert_eq!(offered(&tools, "tools forge make --part M"), ["Metal=tin plate", "Metal=iron"]);
}

#[test]
fn values_are_completed() {
    let after = |line: &str| offered(&forge(), &format!("forge make {line}"));
    assert_eq!(after("--output "), ["json", "text", "table", "yaml", "yaml-stream", "off"]);
    assert_eq!(after("--region eu-central-"), ["eu-central-1", "eu-central-2"]);
    assert_eq!(after("--generate-cli-skeleton y"), ["yaml-input"]);
    assert_eq!(after("--part "), ["Name=", "Metal=tin plate", "Metal=iron", "Count=", "Parts=[{"]);
    assert_eq!(after("--part Name=x,Me"), ["Name=x,Metal=tin plate", "Name=x,Metal=iron"]);
    assert_eq!(after("--part Metal=i"), ["Metal=iron"]);
    assert_eq!(after("--part 'Metal=tin "), ["Metal=tin plate"]);
    assert_eq!(after("--part Name=a,Parts=[{Name=b,Metal=i"), ["Name=a,Parts=[{Name=b,Metal=iron"]);
    assert_eq!(after("--part Parts=[{Name=b},{Co"), ["Parts=[{Name=b},{Count="]);
    assert_eq!(after("--part Parts=[{Name=b}],Co"), ["Parts=[{Name=b}],Count="]);
    assert_eq!(after("--parts Name=x Metal=i"), ["Metal=iron"]);
    assert_eq!(after("--choice "), ["A=", "B="]);
}

#[test]
fn files_are_offered_where_nothing_else_is_known() {
    let has_files = |line: &str| candidates(&forge(), &settings(), &words_of(line)).files;
    assert!(has_files("forge make --bytes ") && has_files("forge make --cli-input-json x"));
    assert!(!has_files("forge make --output x") && !has_files("forge make --part M") && !has_files("forge m"));
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("inner")).unwrap();
    for name in ["input.json", ".hidden", "other"] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    let path = folder.path().display();
    let expected = [format!("file://{path}/inner/"), format!("file://{path}/input.json")];
    assert_eq!(offered(&forge(), &format!("forge make --part file://{path}/in")), expected);
}

#[test]
fn words_of_a_line_may_be_unfinished() {
    assert_eq!(words_of("forge"), [""]);
    assert_eq!(words_of("forge make "), ["make", ""]);
    assert_eq!(words_of("forge make --part 'Metal=tin pl"), ["make", "--part", "Metal=tin pl"]);
    assert_eq!(words_of("forge make --part \"a "), ["make", "--part", "a "]);
    assert_eq!(words_of("forge make a\\ b"), ["make", "a b"]);
}

#[test]
fn requests_of_scripts_are_recognized() {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let tools = Program::new(&[&COMMAND_LINE], "tools", true);
    let typed = requested(&tools, &words("completion candidates forge make --region "));
    assert_eq!(typed, Some(words("forge make --region ")));
    assert_eq!(requested(&forge(), &words("forge completion candidates ")), Some(words("")));
    assert_eq!(requested(&tools, &words("completion bash")), None);
    assert_eq!(requested(&tools, &words("forge make completion line")), None);
}

#[test]
fn scripts_name_the_program() {
    for (shell, script) in SHELLS {
        let text = filled(script, "my-tool$(x)");
        assert!(text.contains("my-toolx") && !text.contains("$(x)"), "{shell}: {text}");
        assert!(!text.contains("{program}") && !text.contains("{function}"), "{shell}: {text}");
    }
}

#[test]
fn unknown_shells_are_refused() {
    let failure = print(&forge(), &["tcsh".to_owned()]).unwrap_err();
    assert_eq!(failure.message, "unknown shell 'tcsh': expected one of bash, fish, powershell, zsh");
    assert_eq!(print(&forge(), &[]).unwrap_err().exit_status(), 252);
}
