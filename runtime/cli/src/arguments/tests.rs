use super::*;

const FLAGS: &[Flag<'static>] = &[
    Flag { name: "--color", arity: Arity::One, choices: &["on", "off"] },
    Flag { name: "--config", arity: Arity::One, choices: &[] },
    Flag { name: "--quiet", arity: Arity::None, choices: &[] },
    Flag { name: "--tags", arity: Arity::Any, choices: &[] },
    Flag { name: "--skeleton", arity: Arity::Optional, choices: &["input"] },
];

fn scan(words: &str, positionals: &[Positional]) -> Result<Scan, ScanError> {
    let words: Vec<String> = words.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    Scanner { flags: FLAGS, positionals }.scan(&words)
}

fn shown(words: &str, positionals: &[Positional]) -> String {
    match scan(words, positionals) {
        Err(error) => error.to_string(),
        Ok(found) => {
            let options = found.options.iter().map(|(at, values)| format!("{}={}", FLAGS[*at].name, values.join("+")));
            let positionals = found.positionals.iter().map(|word| word.clone().unwrap_or("-".into()));
            let all: Vec<String> =
                options.chain(positionals).chain([format!("rest {}", found.rest.join(" "))]).collect();
            all.join("; ")
        }
    }
}

#[test]
fn options_and_words_in_any_order() {
    let one = &[Positional { optional: false }];
    assert_eq!(shown("a|--quiet|b|--config|c|d", one), "--quiet=; --config=c; a; rest b d");
    assert_eq!(shown("--config=x=y|--tags|a|b|--bogus|z", one), "--config=x=y; --tags=a+b; z; rest --bogus");
    assert_eq!(shown("--color|on|--color|off|--skeleton", one), "--color=on; --color=off; --skeleton=; -; rest ");
    assert_eq!(shown("--tags=a|b", one), "--tags=a; b; rest ");
}

#[test]
fn abbreviations_must_be_unambiguous() {
    assert_eq!(shown("--con|x|--q|--t=1", &[]), "--config=x; --quiet=; --tags=1; rest ");
    assert_eq!(shown("--co|x", &[]), "ambiguous option --co: could be --color, --config");
    assert_eq!(shown("--Config|x|-config", &[]), "rest --Config x -config");
}

#[test]
fn values_that_begin_with_a_dash() {
    assert_eq!(
        shown("--config|-5|--config|-.5|--config|-a b|--config|-", &[]),
        "--config=-5; --config=-.5; --config=-a b; --config=-; rest "
    );
    assert_eq!(shown("--config|-x", &[]), "--config: expected one argument");
    assert_eq!(shown("--config=-x", &[]), "--config=-x; rest ");
    assert_eq!(shown("--config", &[]), "--config: expected one argument");
    assert_eq!(shown("--quiet=1", &[]), "--quiet: unexpected value '1'");
    assert_eq!(shown("--color|red", &[]), "invalid value 'red' for --color: expected one of on, off");
}

#[test]
fn two_dashes_end_options() {
    let help = &[Positional { optional: true }];
    assert_eq!(shown("--quiet|--", help), "--quiet=; -; rest ");
    assert_eq!(shown("--quiet|--|--config|x", help), "--quiet=; --config; rest x");
    assert_eq!(shown("--", &[]), "rest --");
}

#[test]
fn the_nearest_word_is_suggested() {
    let words = ["--catalog", "--client-token", "--identifier"];
    assert_eq!(nearest("--catlog", words), Some("--catalog"));
    assert_eq!(nearest("--identifer", words), Some("--identifier"));
    assert_eq!(nearest("--bogus", words), None);
    assert_eq!(nearest("", words), None);
}
