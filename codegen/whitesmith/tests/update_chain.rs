//! The real history of a service, update by update.

use std::path::PathBuf;

use crate::workspace::{Workspace, corpus};

const EXTRA: &str = "emit = [\"types\", \"client\", \"cli\", \"docs\", \"mock\"]\n\
                     operations = [\"StartEngagementByAcceptingInvitationTask\", \"StartEngagementFromOpportunityTask\"]\n";

const NAME: &str = "partnercentral-selling";

fn versions() -> Vec<PathBuf> {
    let folder = corpus("model-history");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// What the update says before the files to be written.
fn verdicts(output: &str) -> &str {
    output.split_once(" files to write, ").and_then(|(said, _)| said.rsplit_once('\n')).unwrap().0
}

/// Updates. What the behaviour file says of members that a version does not have is refused with its line, and is taken
/// out then, as a person would.
fn update(workspace: &Workspace, file: &str) {
    const BEHAVIOUR: &str = "model/behaviour/partnercentral-selling.toml";
    loop {
        let outcome = workspace.run(&["update", file, "--yes"]);
        if outcome.status == 0 {
            return;
        }
        let place = outcome.errors.split_once(&format!("{BEHAVIOUR}:")).map(|(_, rest)| rest);
        let line = place.and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
        let line = line.unwrap_or_else(|| panic!("{file}: {outcome:#?}"));
        let text = workspace.read(BEHAVIOUR);
        let kept: Vec<&str> = text.lines().enumerate().filter(|(at, _)| at + 1 != line).map(|(_, text)| text).collect();
        // Each turn takes a line, so that this ends.
        assert!(kept.len() < text.lines().count(), "{file}: {outcome:#?}");
        workspace.write(BEHAVIOUR, (kept.join("\n") + "\n").as_bytes());
    }
}

/// The same from whatever this workspace pins, with everything that it says of the service.
#[test]
#[ignore = "needs the corpora"]
fn this_workspace_goes_through_the_history() {
    let files = versions();
    let workspace = Workspace::copy_of_this();
    for file in &files {
        update(&workspace, file.to_str().unwrap());
        workspace.succeed(&["codegen", "--check"]);
    }
    let updated = workspace.files("generated");
    std::fs::remove_dir_all(workspace.root().join("generated")).unwrap();
    workspace.succeed(&["codegen"]);
    let fresh = workspace.files("generated");
    let logs = updated.keys().filter(|path| path.ends_with("/CHANGELOG.md")).count();
    assert!(logs > 0 && fresh.len() + logs == updated.len());
    assert!(fresh.iter().all(|(path, contents)| updated.get(path) == Some(contents)));
}

#[test]
#[ignore = "needs the corpora"]
fn every_version_follows_from_the_one_before() {
    let files = versions();
    let workspace = Workspace::new(NAME, &std::fs::read(&files[0]).unwrap(), "1.0.0", EXTRA);
    workspace.succeed(&["codegen"]);
    for file in &files[1..] {
        let output = workspace.succeed(&["update", file.to_str().unwrap(), "--yes"]);
        workspace.succeed(&["codegen", "--check"]);
        let date = file.file_stem().unwrap().to_str().unwrap().strip_prefix(NAME).unwrap();
        insta::assert_snapshot!(format!("verdicts{date}"), verdicts(&output));
    }
    for name in [NAME.to_owned(), format!("{NAME}-cli"), format!("{NAME}-mock")] {
        let log = workspace.read(&format!("generated/{name}/CHANGELOG.md"));
        insta::assert_snapshot!(format!("changelog-{name}"), log);
    }

    let services = workspace.read("model/services.toml");
    let version = services.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"')).unwrap();
    let fresh = Workspace::new(NAME, &std::fs::read(files.last().unwrap()).unwrap(), version, EXTRA);
    fresh.succeed(&["codegen"]);
    let mut updated = workspace.files("generated");
    updated.retain(|path, _| !path.ends_with("CHANGELOG.md"));
    assert_eq!(updated.keys().collect::<Vec<_>>(), fresh.files("generated").keys().collect::<Vec<_>>());
    assert!(updated == fresh.files("generated"), "an updated tree differs from a fresh one");
}
