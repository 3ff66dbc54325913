//! Loads models that are named on the command line, prints what is wrong with them, and then their shapes.
//!
//! `cargo run -p whitesmith-smithy --example validate -- model.smithy`

use std::process::ExitCode;

use whitesmith_smithy::{load, validate};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let contents: Vec<Vec<u8>> = names.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    let files: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(contents.iter().map(Vec::as_slice)).collect();

    let (model, events) = load::assemble(&files)?;
    let events = validate::validate(&model, events);
    for event in &events {
        eprintln!("{}\n", event.render(model.sources()));
    }
    for shape in model.own_shapes() {
        println!("{} {}", shape.shape_type.name(), shape.id);
    }
    // The process ends: giving its memory back piece by piece would only take time.
    std::mem::forget(model);
    Ok(if validate::is_invalid(&events) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
