//! Every model of the corpora is valid.

use std::fs;
use std::path::{Path, PathBuf};

use whitesmith_smithy::load::load;
use whitesmith_smithy::model::{Severity, ShapeType};
use whitesmith_smithy::validate;

fn corpus() -> PathBuf {
    std::env::var_os("WHITESMITH_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance"), PathBuf::from)
}

fn json_files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(corpus().join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

#[test]
#[ignore = "needs the corpora"]
fn are_valid() {
    for folder in ["aws-models", "model-history", "protocol-tests"] {
        for path in json_files(folder) {
            let bytes = fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy();
            let (model, events) = load(&[(&name, &bytes)]).unwrap();
            let errors: Vec<_> = events.iter().filter(|event| event.severity.is_failure()).collect();
            assert!(errors.is_empty(), "{name}: {errors:#?}");
            let events = validate::validate(&model, events);
            let errors: Vec<_> = events.iter().filter(|event| event.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{name}: {errors:#?}");
            let services: Vec<_> = model.services().collect();
            assert_eq!(services.len(), 1, "{name}");
            for operation in model.operations_of(&services[0].id) {
                assert_eq!(model.shape(&operation).unwrap().shape_type, ShapeType::Operation, "{operation}");
            }
            let closure = model.closure(&services[0].id, None);
            assert!(closure.iter().all(|id| model.shape(id).is_some()), "{name}");
        }
    }
}
