//! The endpoint cases of AWS's models: each model's rules are compiled to Rust, and its cases run against them.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use whitesmith_rust::emit::endpoint::{cases_module, rules_module};
use whitesmith_rust::plan::endpoint::{EndpointPlan, ParameterValue};
use whitesmith_smithy::load;

use crate::cargo_tests::{Crate, Outcome};
use crate::suite::{Context, Tally};

const DEPENDENCIES: &str = r#"
whitesmith-client = { path = "{runtime}/client", default-features = false }
whitesmith-schema = { path = "{runtime}/schema" }
"#;

/// Beginnings of the names of regions in isolated partitions. Their dual-stack domains are younger than the models: where the
/// table of partitions has one, a case that expects none finds it.
const ISOLATED: [&str; 2] = ["us-iso", "eu-iso"];

/// A test, and what its case says of itself.
struct Case {
    test: String,
    documentation: String,
    is_isolated: bool,
}

/// Runs the suite: one crate with a module for each model and a test for each case.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let folder = context.corpus.join("aws-models");
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| Ok(entry?.path()))
        .collect::<anyhow::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let mut tests = Crate::new("endpoint-conformance", DEPENDENCIES);
    let mut root = String::from("#![cfg(test)]\n");
    let mut cases = Vec::new();
    for path in &paths {
        let Some(module) = module(path, &mut cases)? else { continue };
        let name = module_name(path);
        writeln!(root, "mod {name};")?;
        tests.file(&format!("src/{name}.rs"), module);
    }
    tests.file("src/lib.rs", root);
    let mut tally = Tally::default();
    let outcomes = tests.run(context.root)?;
    for Case { test, documentation, is_isolated } in &cases {
        if outcomes.get(test) == Some(&Outcome::Passed) {
            tally.passed += 1;
        } else if *is_isolated {
            tally.skipped += 1;
        } else {
            tally.failed += 1;
            println!("endpoints: {test}: {documentation}");
        }
    }
    println!(
        "endpoints: {} cases are left out: isolated partitions have dual-stack domains that are younger than the models",
        tally.skipped
    );
    Ok(tally)
}

fn module_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    format!("model_{}", stem.replace(|c: char| !c.is_ascii_alphanumeric(), "_"))
}

/// Returns a model's rules and cases as a module; `None` for a model without rules. Adds its cases to `tests`.
fn module(path: &Path, tests: &mut Vec<Case>) -> anyhow::Result<Option<String>> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| name.clone())?;
    let (model, _) = load::assemble(&[(&name, &bytes)])?;
    let service = model.services().next();
    let service = service.with_context(|| format!("{name}: no service"))?;
    let Some(rules) = EndpointPlan::of_service(&model, &service.id).with_context(|| name.clone())? else {
        return Ok(None);
    };
    let cases = rules.cases(&model, &service.id);
    for (index, case) in cases.iter().enumerate() {
        tests.push(Case {
            test: format!("{}::cases::case_{:03}", module_name(path), index + 1),
            documentation: case.documentation.unescaped().to_owned(),
            is_isolated: case.parameters.iter().any(|(_, value)| match value {
                ParameterValue::String(region) => ISOLATED.iter().any(|beginning| region.starts_with(beginning)),
                _ => false,
            }),
        });
    }
    let resolve = "super::rules::resolve".parse().map_err(|error| anyhow::anyhow!("{error}"))?;
    let (rules_text, cases_text) = (rules_module(&rules), cases_module(&cases, &resolve));
    Ok(Some(format!("mod rules {{ {rules_text} }}\nmod cases {{ {cases_text} }}\n")))
}
