use std::collections::HashMap;

use super::profile::{Source, source};
use super::*;
use crate::arguments::{GLOBAL_OPTIONS, Globals, Scanner};
use crate::environment::Environment;

const CONFIG: &str = "[default]\naws_access_key_id=CONFIG\naws_secret_access_key=s\n[profile process]\ncredential_process=x\naws_account_id=333\n\
                      [profile account]\naws_access_key_id=A\naws_secret_access_key=s\naws_account_id=222\n\
                      [profile role]\nrole_arn=arn\naws_access_key_id=KEY\naws_secret_access_key=s\n[profile half]\naws_access_key_id=H\n\
                      [profile old]\naws_access_key_id=O\naws_secret_access_key=s\naws_session_token=t\naws_expiration=2020-01-01 00:00:00\n\
                      [profile none]\nregion=x\n";

fn found_source(words: &[&str], variables: &[(&str, &str)]) -> Source {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    std::fs::write(home.path().join(".aws/config"), CONFIG).unwrap();
    let home = home.path().display().to_string();
    let mut all: HashMap<String, String> = [("HOME".to_owned(), home.clone())].into_iter().collect();
    all.extend(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    std::fs::create_dir_all(format!("{home}/.aws")).unwrap();
    let flags: Vec<_> = GLOBAL_OPTIONS.iter().map(|(_, flag, _)| *flag).collect();
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let scan = Scanner { flags: &flags, positionals: &[] }.scan(&words).unwrap();
    let settings = Settings::new(Environment::Fixed(all), Globals::from_scan(&scan));
    source(&settings).unwrap()
}

fn found(words: &[&str], variables: &[(&str, &str)]) -> String {
    match found_source(words, variables) {
        Source::Keys(credentials) => credentials.access_key_id().to_owned(),
        Source::Process { command, profile, .. } => format!("process {command} of {profile}"),
        Source::Unusable(problem) => problem,
        Source::Chain(chain) => format!("chain {} {:?} {}", chain.profile, chain.needs, chain.from_environment),
    }
}

#[test]
fn the_environment_goes_first_unless_an_option_names_a_profile() {
    let keys = &[("AWS_ACCESS_KEY_ID", "ENV"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_PROFILE", "process")];
    assert_eq!(found(&[], keys), "ENV");
    assert_eq!(found(&["--profile", "process"], keys), "process x of process");
    assert_eq!(found(&[], &[("AWS_PROFILE", "process")]), "process x of process");
    assert_eq!(found(&[], &[]), "CONFIG");
    assert_eq!(found(&["--profile", "role"], keys), "chain role Some(\"role_arn\") false");
    assert_eq!(found(&[], &[("AWS_PROFILE", "none")]), "chain none None true");
    assert_eq!(found(&[], &keys[..1]), "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY");
    assert!(found(&["--profile", "half"], &[]).contains("without aws_secret_access_key"));
}

#[test]
fn keys_know_their_account() {
    let account = |words: &[&str], variables: &[(&str, &str)]| match found_source(words, variables) {
        Source::Keys(credentials) => credentials.account_id().map(str::to_owned),
        Source::Process { account, .. } => account,
        other => panic!("{other:?}"),
    };
    let keys = [("AWS_ACCESS_KEY_ID", "E"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_ACCOUNT_ID", "111")];
    assert_eq!(account(&[], &keys).as_deref(), Some("111"));
    assert_eq!(account(&[], &keys[..2]), None);
    assert_eq!(account(&["--profile", "account"], &[]).as_deref(), Some("222"));
    assert_eq!(account(&["--profile", "process"], &[]).as_deref(), Some("333"));
}

#[test]
fn expired_keys_are_unusable() {
    let expired = |time: &str| {
        let keys = [("AWS_ACCESS_KEY_ID", "ENV"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_CREDENTIAL_EXPIRATION", time)];
        found(&[], &keys)
    };
    assert_eq!(expired(""), "ENV");
    assert_eq!(expired("2999-01-01T00:00:00Z"), "ENV");
    assert_eq!(
        expired("2020-01-01T00:00:00Z"),
        "the credentials of the environment are expired since 2020-01-01T00:00:00Z"
    );
    assert!(expired("soon").contains("invalid expiration"));
    assert!(found(&["--profile", "old"], &[]).ends_with("configuration file are expired since 2020-01-01T00:00:00Z"));
}

#[test]
fn a_lack_of_credentials_is_one_of_configuration() {
    assert_eq!(failure(&CredentialsError::Missing("none".to_owned())).exit_status(), 253);
    let failed = failure(&CredentialsError::Failed("it broke".to_owned()));
    assert_eq!((failed.exit_status(), failed.message.as_str()), (255, "it broke"));
}
