use std::collections::HashMap;

use super::profile::{Source, source};
use super::*;
use crate::arguments::{GLOBAL_OPTIONS, Globals, Scanner};
use crate::environment::Environment;

const CONFIG: &str = "[default]\naws_access_key_id=CONFIG\naws_secret_access_key=s\n[profile process]\ncredential_process=x\n\
                      [profile role]\nrole_arn=arn\naws_access_key_id=KEY\naws_secret_access_key=s\n[profile half]\naws_access_key_id=H\n\
                      [profile none]\nregion=x\n";

fn found(words: &[&str], variables: &[(&str, &str)]) -> String {
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
    match source(&settings).unwrap() {
        Source::Keys(credentials) => credentials.access_key_id().to_owned(),
        Source::Process(command) => format!("process {command}"),
        Source::Incomplete(problem) => problem,
        Source::Chain(chain) => format!("chain {} {:?} {}", chain.profile, chain.needs, chain.from_environment),
    }
}

#[test]
fn the_environment_goes_first_unless_an_option_names_a_profile() {
    let keys = &[("AWS_ACCESS_KEY_ID", "ENV"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_PROFILE", "process")];
    assert_eq!(found(&[], keys), "ENV");
    assert_eq!(found(&["--profile", "process"], keys), "process x");
    assert_eq!(found(&[], &[("AWS_PROFILE", "process")]), "process x");
    assert_eq!(found(&[], &[]), "CONFIG");
    assert_eq!(found(&["--profile", "role"], keys), "chain role Some(\"role_arn\") false");
    assert_eq!(found(&[], &[("AWS_PROFILE", "none")]), "chain none None true");
    assert_eq!(found(&[], &keys[..1]), "The environment has AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY");
    assert!(found(&["--profile", "half"], &[]).contains("without aws_secret_access_key"));
}

#[cfg(unix)]
#[test]
fn processes_print_credentials() {
    let run = |output: &str| process::run(&format!("printf %s '{output}'")).map(|it| it.access_key_id().to_owned());
    assert_eq!(run(r#"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s"}"#), Ok("P".to_owned()));
    assert!(run(r#"{"Version":2}"#).unwrap_err().contains("Version"));
    assert!(run(r#"{"Version":1,"AccessKeyId":"P"}"#).unwrap_err().ends_with("its output lacks SecretAccessKey"));
    assert!(run("no").unwrap_err().contains("cannot be read"));
    assert!(process::run("/none/such").unwrap_err().contains("cannot be run"));
    assert!(process::run("false").unwrap_err().contains("failed"));
    assert!(process::run("'").unwrap_err().contains("no command"));
}

#[test]
fn a_lack_of_credentials_is_one_of_configuration() {
    assert_eq!(failure(&CredentialsError::Missing("none".to_owned())).exit_status(), 253);
    let failed = failure(&CredentialsError::Failed("it broke".to_owned()));
    assert_eq!((failed.exit_status(), failed.message.as_str()), (255, "it broke."));
}
