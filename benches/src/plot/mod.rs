//! Plots of figures as SVG.

mod bars;
mod failure;
mod growth;

use std::path::Path;

use anyhow::Context as _;

use crate::report::{Figure, Report};

/// A picture of figures that share group, item and measure, a bar a subject.
struct Comparison {
    file: &'static str,
    title: &'static str,
    group: &'static str,
    item: &'static str,
    measure: &'static str,
}

const COMPARISONS: [Comparison; 6] = [
    Comparison {
        file: "client-no-socket.svg",
        title: "CPU of an asynchronous call without a socket",
        group: "client",
        item: "async-no-socket",
        measure: "CPU a call",
    },
    Comparison {
        file: "client-loopback.svg",
        title: "CPU of an asynchronous call over loopback",
        group: "client",
        item: "async",
        measure: "CPU a call",
    },
    Comparison { file: "call.svg", title: "CPU of a call from the shell", group: "call", item: "call", measure: "CPU" },
    Comparison {
        file: "build.svg",
        title: "CPU of a cold release build of a program that makes the two calls",
        group: "build",
        item: "program that makes the two calls, cold, release",
        measure: "CPU",
    },
    Comparison {
        file: "mock.svg",
        title: "Requests a second, 32 connections",
        group: "mock",
        item: "32 connections",
        measure: "requests",
    },
    Comparison {
        file: "types.svg",
        title: "CPU of reading a response",
        group: "types",
        item: "read a response",
        measure: "CPU",
    },
];

/// Draws the plots that the report has figures for into a folder.
pub fn draw(report: &Report, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    for comparison in COMPARISONS {
        let is_meant = |figure: &&Figure| {
            figure.group == comparison.group && figure.item == comparison.item && figure.measure == comparison.measure
        };
        let figures: Vec<&Figure> = report.figures.iter().filter(is_meant).collect();
        if figures.len() > 1 {
            let path = folder.join(comparison.file);
            bars::draw(&path, comparison.title, &figures).with_context(|| path.display().to_string())?;
        }
    }
    let points = growth::points(report);
    if points.len() > 2 {
        let path = folder.join("codegen-growth.svg");
        growth::draw(&path, &points).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Recorder, Unit};

    #[test]
    fn pictures_are_drawn_of_what_is_there() -> anyhow::Result<()> {
        let mut report = Report::default();
        let mut recorder = Recorder { report: &mut report, group: "call" };
        recorder.exact("call", "whitesmith", "CPU", Unit::Seconds, 0.004);
        recorder.exact("call", "<AWS CLI>", "CPU", Unit::Seconds, 0.8);
        let folder = tempfile::tempdir()?;
        draw(&report, folder.path())?;
        let text = std::fs::read_to_string(folder.path().join("call.svg"))?;
        assert!(text.contains("4.00 ms") && text.contains("800 ms") && !text.contains("<AWS"), "{text}");
        assert!(!folder.path().join("mock.svg").exists());
        Ok(())
    }
}
