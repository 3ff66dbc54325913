use std::collections::HashMap;

use super::*;
use crate::arguments::Globals;
use crate::made_up::COMMAND_LINE;
use whitesmith_client::environment::Environment;

#[test]
fn every_script_knows_commands_options_and_values() {
    for (shell, script) in SHELLS {
        let text = script(&Words::new(&COMMAND_LINE));
        for word in
            ["Metal=", "make", "no-hot", "cli-input-json", "yaml-input", "endpoint-url", "yaml-stream", "completion"]
        {
            assert!(text.contains(word), "{shell}: {word} is not in\n{text}");
        }
    }
}

#[test]
fn every_script_completes_regions_and_profiles() {
    for (shell, script) in SHELLS {
        let text = script(&Words::new(&COMMAND_LINE));
        for word in ["eu-central-1", "completion profiles"] {
            assert!(text.contains(word), "{shell}: {word} is not in\n{text}");
        }
        assert!(!text.contains("aws-global"), "{shell}");
    }
}

#[test]
fn scripts_have_descriptions() {
    for script in [zsh::script, fish::script, powershell::script] {
        let text = script(&Words::new(&COMMAND_LINE));
        assert!(text.contains("What to make.") && text.contains("Makes something."), "{text}");
    }
}

#[test]
fn unknown_shells_are_refused() {
    let settings = Settings::new(Environment::Fixed(HashMap::new()), Globals::default());
    let failure = print(&COMMAND_LINE, &["tcsh".to_owned()], &settings).unwrap_err();
    assert_eq!(failure.message, "unknown shell 'tcsh': expected one of bash, fish, powershell, zsh");
    assert_eq!(print(&COMMAND_LINE, &[], &settings).unwrap_err().exit_status(), 252);
}
