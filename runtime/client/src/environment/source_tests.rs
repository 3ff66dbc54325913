use std::collections::HashMap;

use super::super::Environment;
use super::*;

const CONFIG: &str = "[default]\naws_access_key_id=CONFIG\naws_secret_access_key=s\n[profile process]\ncredential_process=x\naws_account_id=333\n\
                      [profile account]\naws_access_key_id=A\naws_secret_access_key=s\naws_account_id=222\n\
                      [profile role]\nrole_arn=arn\naws_access_key_id=KEY\naws_secret_access_key=s\n[profile half]\naws_access_key_id=H\n\
                      [profile old]\naws_access_key_id=O\naws_secret_access_key=s\naws_session_token=t\naws_expiration=2020-01-01T00:00:00Z\n\
                      [profile none]\nregion=x\n";

/// The source for a profile that the program chose and for variables.
fn found_source(profile: Option<&str>, variables: &[(&str, &str)]) -> Source {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    std::fs::write(home.path().join(".aws/config"), CONFIG).unwrap();
    let mut all: HashMap<String, String> = HashMap::from([("HOME".to_owned(), home.path().display().to_string())]);
    all.extend(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let settings = Settings::new(Environment::Fixed(all));
    source(&profile.map(str::to_owned).into_iter().fold(settings, Settings::with_profile)).unwrap()
}

fn found(profile: Option<&str>, variables: &[(&str, &str)]) -> String {
    match found_source(profile, variables) {
        Source::Keys(credentials) => credentials.access_key_id().to_owned(),
        Source::Process { command, profile, .. } => format!("process {command} of {profile}"),
        Source::Unusable(problem) => problem,
        Source::Chain(chain) => format!("chain {} {:?} {}", chain.profile, chain.needs, chain.from_environment),
    }
}

#[test]
fn the_environment_goes_first_unless_the_program_names_a_profile() {
    let keys = &[("AWS_ACCESS_KEY_ID", "ENV"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_PROFILE", "process")];
    assert_eq!(found(None, keys), "ENV");
    assert_eq!(found(Some("process"), keys), "process x of process");
    assert_eq!(found(None, &[("AWS_PROFILE", "process")]), "process x of process");
    assert_eq!(found(None, &[]), "CONFIG");
    assert_eq!(found(Some("role"), keys), "chain role Some(\"role_arn\") false");
    assert_eq!(found(None, &[("AWS_PROFILE", "none")]), "chain none None true");
    assert_eq!(found(None, &keys[..1]), "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY");
    assert!(found(Some("half"), &[]).contains("without aws_secret_access_key"));
}

#[test]
fn keys_know_their_account() {
    let account = |profile: Option<&str>, variables: &[(&str, &str)]| match found_source(profile, variables) {
        Source::Keys(credentials) => credentials.account_id().map(str::to_owned),
        Source::Process { account, .. } => account,
        other => panic!("{other:?}"),
    };
    let keys = [("AWS_ACCESS_KEY_ID", "E"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_ACCOUNT_ID", "111")];
    assert_eq!(account(None, &keys).as_deref(), Some("111"));
    assert_eq!(account(None, &keys[..2]), None);
    assert_eq!(account(Some("account"), &[]).as_deref(), Some("222"));
    assert_eq!(account(Some("process"), &[]).as_deref(), Some("333"));
}

#[test]
fn expired_keys_are_unusable() {
    let expired = |time: &str| {
        let keys = [("AWS_ACCESS_KEY_ID", "ENV"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_CREDENTIAL_EXPIRATION", time)];
        found(None, &keys)
    };
    assert_eq!(expired(""), "ENV");
    assert_eq!(expired("2999-01-01T00:00:00Z"), "ENV");
    assert_eq!(
        expired("2020-01-01T00:00:00Z"),
        "the credentials of the environment are expired since 2020-01-01T00:00:00Z"
    );
    assert!(expired("soon").contains("invalid expiration"));
    assert!(found(Some("old"), &[]).ends_with("configuration file are expired since 2020-01-01T00:00:00Z"));
}
