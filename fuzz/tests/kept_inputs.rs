//! Replays the kept inputs, and short changes of them.
#![allow(clippy::unwrap_used, reason = "tests state their assumptions by panicking")]

use whitesmith_fuzz_harness::{HARNESSES, inputs};

#[test]
fn kept_inputs_hold() {
    for harness in HARNESSES {
        let folder = inputs(harness.name);
        let mut paths: Vec<_> = std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        assert!(!paths.is_empty(), "{} has no inputs", harness.name);
        for path in paths {
            println!("{}", path.display());
            let input = std::fs::read(&path).unwrap();
            (harness.run)(&input);
            // Cut off at places that are spread over the whole.
            for piece in 1..4 {
                (harness.run)(&input[..input.len() * piece / 4]);
            }
        }
    }
}

#[cfg(feature = "programs")]
#[test]
fn each_folder_of_inputs_has_a_harness() {
    for entry in std::fs::read_dir(inputs("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(HARNESSES.iter().any(|harness| harness.name == name), "{name}");
    }
}
