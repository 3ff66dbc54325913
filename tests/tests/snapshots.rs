//! Pins the output for the fixtures: the plan and the files of every artifact.

use whitesmith_tests::fixtures::{self, root};

/// The fixture whose reference pages are pinned; the pages of the others differ in their names only.
const WITH_PAGES: &str = "documentation";

#[test]
fn fixtures_match_their_snapshots() {
    for fixture in fixtures::all() {
        let model = fixtures::load(&[("model.json", &fixture.json)]);
        let generated = fixtures::generated_whole(&fixture.name, &model);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("tests/fixtures").join(&fixture.name));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!("plan", generated.plan.to_string());
            if !generated.warnings.is_empty() {
                insta::assert_snapshot!("warnings", generated.warnings.join("\n"));
            }
            for one in &generated.crates {
                let prefix = one.name.strip_prefix(&fixture.name).unwrap_or_default().trim_start_matches('-');
                for file in one.files.iter().filter(|file| is_pinned(&fixture.name, prefix, &file.path)) {
                    let path = file.path.replace('/', "-");
                    let name = if prefix.is_empty() { path } else { format!("{prefix}-{path}") };
                    // The runtime lies somewhere else on every machine.
                    let text = file.contents.replace(&fixtures::runtime(), "<runtime>");
                    insta::assert_snapshot!(name, text);
                }
            }
        });
    }
}

/// Whether a file says something that no other snapshot says.
fn is_pinned(fixture: &str, prefix: &str, path: &str) -> bool {
    match path {
        "rustfmt.toml" => false,
        // The same for every service but for its title.
        "build.rs" | "src/main.rs" | "tests/program.rs" => fixture == WITH_PAGES,
        "Cargo.toml" => prefix.is_empty() || fixture == WITH_PAGES,
        path if path.starts_with("docs/") => fixture == WITH_PAGES,
        path => path.ends_with(".rs"),
    }
}

#[test]
fn a_program_for_several_services_matches_its_snapshot() {
    let plans: Vec<_> = fixtures::all()
        .into_iter()
        .filter(|fixture| ["documentation", "shapes"].contains(&fixture.name.as_str()))
        .map(|fixture| fixtures::generated_whole(&fixture.name, &fixtures::load(&[("model.json", &fixture.json)])).plan)
        .collect();
    let program =
        whitesmith_rust::combine("tools", &plans.iter().collect::<Vec<_>>(), &fixtures::settings("tools", &[]));
    let program = program.expect("a program for the command lines of both");
    assert_eq!(program.name, "tools-cli");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/snapshots/combined"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in program.files.iter().filter(|file| file.path != "rustfmt.toml") {
            let text = file.contents.replace(&fixtures::runtime(), "<runtime>");
            insta::assert_snapshot!(file.path.replace('/', "-"), text);
        }
    });
}

#[test]
fn a_program_needs_services_of_different_names() {
    let fixture = fixtures::all().swap_remove(0);
    let plan = fixtures::generated_whole(&fixture.name, &fixtures::load(&[("model.json", &fixture.json)])).plan;
    let settings = fixtures::settings("tools", &[]);
    let error = |name: &str, plans: &[&whitesmith_rust::plan::Plan]| {
        whitesmith_rust::combine(name, plans, &settings).map(|one| one.name).map_err(|error| error.to_string())
    };
    let twice = format!("two services are named `{}`", fixture.name);
    assert_eq!(error("tools", &[&plan, &plan]), Err(twice.clone()));
    assert_eq!(error(&fixture.name, &[&plan]), Err(twice));
    assert!(error("no name", &[&plan]).is_err_and(|error| error.starts_with("invalid crate name `no name`")));
}
