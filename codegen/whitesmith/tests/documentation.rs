//! The examples of docs/updating.md run as they are written.

use crate::workspace::Workspace;

const PAGE: &str = include_str!("../../../docs/updating.md");

/// The code blocks of a language.
fn blocks(language: &str) -> Vec<&str> {
    let start = format!("```{language}\n");
    PAGE.split(start.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn commands_of_the_page_exist() {
    let workspace = Workspace::copy_of_this();
    workspace.copy(&["Cargo.toml", "runtime", "LICENSE-MIT"]);
    let new = workspace.read("model/partnercentral-selling.json").replace("\"2022-07-26\"", "\"2027-01-01\"");
    workspace.write("new.json", new.as_bytes());
    let lines = blocks("sh").into_iter().flat_map(str::lines);
    let commands: Vec<&str> = lines.filter_map(|line| line.strip_prefix("cargo xtask ")).collect();
    assert_eq!(commands.len(), 5, "{commands:?}");
    for command in commands {
        let command = command.split('#').next().unwrap().split('[').next().unwrap();
        let words: Vec<&str> = command.split_whitespace().collect();
        // Nobody is there to be asked.
        let asks = words == ["update", "new.json"];
        let outcome = workspace.run(&words);
        assert_eq!(outcome.status, if asks { 2 } else { 0 }, "{command}: {outcome:#?}");
        assert!(!asks || outcome.errors.contains("use --yes"), "{outcome:#?}");
    }
}

#[test]
fn overlays_and_names_reach_generated_files() {
    let workspace = Workspace::copy_of_this();
    let overlay = blocks("json").into_iter().find(|block| block.contains("apply")).unwrap();
    workspace.write("model/overlays/ours.json", overlay.as_bytes());
    let keys: toml::Table = blocks("toml")[0].parse().unwrap();
    let mut services: toml::Table = workspace.read("model/services.toml").parse().unwrap();
    let pin = services["services"]["partnercentral-selling"].as_table_mut().unwrap();
    pin.extend(keys["services"]["partnercentral-selling"].as_table().unwrap().clone());
    workspace.write("model/services.toml", toml::to_string(&services).unwrap().as_bytes());
    workspace.succeed(&["codegen"]);
    let said = |text: &str| {
        let files = workspace.files("generated");
        files.values().filter(|bytes| String::from_utf8_lossy(bytes).contains(text)).count()
    };
    assert!(said("The number that sales calls the deal by.") > 1);
    assert!(said("pub struct Submission") == 1 && said("pub struct AwsSubmission") == 0);
}
