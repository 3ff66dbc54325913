use super::*;

const NONE: [Option<&str>; 2] = [None, None];

/// Settings of a home of its own. `chosen` are the profile and the region.
fn settings(
    name: &str,
    config: &str,
    credentials: &str,
    chosen: [Option<&str>; 2],
    variables: &[(&str, &str)],
) -> Settings {
    let home = std::env::temp_dir().join(format!("whitesmith-{}-{name}", std::process::id()));
    std::fs::create_dir_all(home.join(".aws")).unwrap();
    std::fs::write(home.join(".aws/config"), config).unwrap();
    std::fs::write(home.join(".aws/credentials"), credentials).unwrap();
    let home = [("HOME", home.to_str().unwrap())];
    let variables =
        variables.iter().chain(&home).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let settings = Settings::new(Environment::Fixed(variables));
    let settings = chosen[0].map(str::to_owned).into_iter().fold(settings, Settings::with_profile);
    chosen[1].map(str::to_owned).into_iter().fold(settings, Settings::with_region)
}

#[test]
fn profiles_come_from_both_files() {
    let config = "[default]\nRegion = eu-west-1\n# note\noutput: text\n[profile \"a b\"]\nregion=x\n";
    let settings = settings("both", config, "[default]\nregion = eu-west-2\n[c]\nkey = v\n", NONE, &[]);
    assert_eq!(settings.of_profile("region"), Ok(Some("eu-west-2".to_owned())));
    assert_eq!(settings.of_profile("output"), Ok(Some("text".to_owned())));
    let files = settings.files().unwrap();
    assert_eq!(files.profile_names().collect::<Vec<_>>(), ["a b", "c", "default"]);
    assert_eq!(files.profile_of_config("default").and_then(|it| it.get("region")), Some("eu-west-1"));
    assert_eq!(files.profile_of_credentials("default").and_then(|it| it.get("region")), Some("eu-west-2"));
}

#[test]
fn the_program_wins_over_the_environment_and_that_over_the_profile() {
    let config = "[default]\nregion=from-file\n[profile p]\nregion=from-p\n";
    let region = |name, chosen, variables| settings(name, config, "", chosen, variables).region();
    assert_eq!(region("r1", NONE, &[]), Ok(Some("from-file".to_owned())));
    assert_eq!(region("r2", [Some("p"), None], &[("AWS_PROFILE", "q")]), Ok(Some("from-p".to_owned())));
    assert_eq!(
        region("r3", NONE, &[("AWS_DEFAULT_PROFILE", "q"), ("AWS_PROFILE", "p")]),
        Ok(Some("from-p".to_owned()))
    );
    assert_eq!(region("r4", NONE, &[("AWS_DEFAULT_REGION", "a"), ("AWS_REGION", "b")]), Ok(Some("b".to_owned())));
    assert_eq!(region("r5", [None, Some("o")], &[("AWS_REGION", "b")]), Ok(Some("o".to_owned())));
    assert!(region("r6", [Some("q"), None], &[]).unwrap_err().to_string().contains("`q`"));
}

#[test]
fn services_have_settings_of_their_own() {
    let config =
        "[default]\nservices = s\n[services s]\nforge =\n  endpoint_url = http://a\n\n  x = y\nanvil =\n  x = z\n";
    let settings = settings("services", config, "", NONE, &[]);
    let files = settings.files().unwrap();
    assert_eq!(files.service_setting("s", "forge", "endpoint_url"), Some("http://a".to_owned()));
    assert_eq!(files.service_setting("s", "anvil", "x"), Some("z".to_owned()));
    assert_eq!(files.service_setting("t", "anvil", "x"), None);
}

#[test]
fn invalid_files_are_refused() {
    for (at, (text, problem)) in [
        ("garbage\n", "expected a section in line 1"),
        ("[a]\ngarbage\n", "expected a section or a name with a value in line 2"),
        ("[a]\nx=1\nX=2\n", "duplicate name x in line 3"),
        ("[a]\n[a]\n", "duplicate section [a] in line 2"),
        ("[a]\n=1\n", "missing name in line 2"),
    ]
    .into_iter()
    .enumerate()
    {
        let error = settings(&format!("bad{at}"), text, "", NONE, &[]).files().unwrap_err().to_string();
        assert!(error.ends_with(problem), "{error}");
    }
}
