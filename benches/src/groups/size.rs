//! Sizes of generated code and of programs.

use std::path::Path;

use super::Context;
use crate::report::{OURS, Recorder, Unit};

/// Operations in the pinned selection.
const OPERATIONS: f64 = 2.0;

/// Measures it.
#[allow(clippy::cast_precision_loss, reason = "sizes of files")]
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let workspace = context.workspace;
    let generated = workspace.root.join("generated");
    for name in ["partnercentral-selling", "partnercentral-selling-cli", "partnercentral-selling-mock"] {
        let folder = generated.join(name);
        if !folder.is_dir() {
            recorder.absent(format_args!("no generated/{name}"));
            continue;
        }
        let size = count(&folder.join("src"))?;
        let item = format!("generated/{name}");
        for (measure, value) in [
            ("lines", size.lines),
            ("lines of code", size.code),
            ("lines an operation", size.lines as f64 as usize / OPERATIONS as usize),
        ] {
            recorder.exact(&item, OURS, measure, Unit::Count, value as f64);
        }
        recorder.exact(&item, OURS, "bytes an operation", Unit::Bytes, size.bytes as f64 / OPERATIONS);
        if name == "partnercentral-selling" {
            recorder.at_most(
                "types + client: lines of the two operations",
                Unit::Count,
                Some(size.lines as f64),
                2000.0,
            );
        }
    }
    for (package, binary) in [super::start_up::COMMAND, ("partnercentral-selling-mock", "partnercentral-selling-mock")]
    {
        if let Some(program) = workspace.program(package, binary, "release")? {
            let stripped = workspace.scratch.join(format!("{binary}.stripped"));
            crate::process::Program::new("strip").args(["-o"]).args([&stripped, &program]).run()?;
            recorder.exact(binary, OURS, "stripped binary", Unit::Bytes, std::fs::metadata(&stripped)?.len() as f64);
        }
    }
    Ok(())
}

/// The size of a folder's Rust.
#[derive(Default)]
struct Size {
    lines: usize,
    /// Lines that are neither blank nor comments.
    code: usize,
    bytes: usize,
}

fn count(folder: &Path) -> anyhow::Result<Size> {
    let mut size = Size::default();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            let inner = count(&path)?;
            size.lines += inner.lines;
            size.code += inner.code;
            size.bytes += inner.bytes;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path)?;
            size.lines += text.lines().count();
            size.code += text.lines().filter(|line| is_code(line)).count();
            size.bytes += text.len();
        }
    }
    Ok(size)
}

fn is_code(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with("//")
}
