//! Reports as a table and as JSON.

use comfy_table::{CellAlignment, Table, presets};
use serde::{Deserialize, Serialize};

use crate::process::Run;
use crate::sample::Sample;

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Seconds,
    Bytes,
    Count,
    PerSecond,
    Ratio,
}

impl Unit {
    /// Formats a value with three significant digits and an SI prefix.
    pub fn show(self, value: f64) -> String {
        let scaled = |steps: &[(f64, &str)]| {
            let step = steps.iter().find(|(size, _)| value.abs() >= *size).or(steps.last());
            step.map_or_else(String::new, |(size, name)| format!("{}{name}", digits(value / size)))
        };
        match self {
            Self::Seconds => scaled(&[(1.0, " s"), (1e-3, " ms"), (1e-6, " µs"), (1e-9, " ns")]),
            Self::Bytes => scaled(&[(1024.0 * 1024.0, " MiB"), (1024.0, " KiB"), (1.0, " B")]),
            Self::Count => scaled(&[(1e9, " G"), (1e6, " M"), (1.0, "")]),
            Self::PerSecond => scaled(&[(1.0, " /s")]),
            Self::Ratio => format!("{} ×", digits(value)),
        }
    }
}

fn digits(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// A figure: a measure of an item by a subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The group.
    pub group: String,
    /// The item.
    pub item: String,
    /// The subject: `whitesmith` or a peer.
    pub subject: String,
    /// The measure: `CPU`, `wall`, `peak memory`, …
    pub measure: String,
    /// The unit.
    pub unit: Unit,
    /// The median.
    pub median: f64,
    /// The lower quartile.
    pub low: f64,
    /// The upper quartile.
    pub high: f64,
    /// The number of measurements.
    pub runs: usize,
}

/// A figure that has a bound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// The group.
    pub group: String,
    /// The bounded figure.
    pub item: String,
    /// The unit.
    pub unit: Unit,
    /// The measure.
    pub value: f64,
    /// The bound.
    pub bound: f64,
    /// Whether the bound is a minimum rather than a maximum.
    pub at_least: bool,
}

impl Goal {
    /// Whether the bound is met.
    pub fn is_reached(&self) -> bool {
        if self.at_least { self.value >= self.bound } else { self.value <= self.bound }
    }
}

/// The figures of one invocation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The machine and its state.
    pub machine: Vec<(String, String)>,
    /// The figures, in the order of measuring.
    pub figures: Vec<Figure>,
    /// The bounds.
    pub goals: Vec<Goal>,
    /// Items that could not be measured, with the reason.
    pub absent: Vec<String>,
}

/// A report, and the group that is being added to.
#[derive(Debug)]
pub struct Recorder<'a> {
    /// The whole report.
    pub report: &'a mut Report,
    /// The group's name.
    pub group: &'static str,
}

/// The subject that is ours.
pub const OURS: &str = "whitesmith";

impl Recorder<'_> {
    /// Adds a figure.
    pub fn add(&mut self, item: &str, subject: &str, measure: &str, unit: Unit, sample: Option<Sample>) {
        let Some(sample) = sample else { return };
        eprintln!("  {item}, {subject}: {measure} {}", unit.show(sample.median));
        self.report.figures.push(Figure {
            group: self.group.to_owned(),
            item: item.to_owned(),
            subject: subject.to_owned(),
            measure: measure.to_owned(),
            unit,
            median: sample.median,
            low: sample.low,
            high: sample.high,
            runs: sample.runs,
        });
    }

    /// Adds a figure that does not vary.
    pub fn exact(&mut self, item: &str, subject: &str, measure: &str, unit: Unit, value: f64) {
        self.add(item, subject, measure, unit, Sample::of([value]));
    }

    /// Adds CPU, wall and peak memory of a program's runs.
    pub fn runs(&mut self, item: &str, subject: &str, runs: &[Run]) {
        self.add(item, subject, "CPU", Unit::Seconds, Sample::of(runs.iter().map(|run| run.cpu)));
        self.add(item, subject, "wall", Unit::Seconds, Sample::of(runs.iter().map(|run| run.wall)));
        self.add(item, subject, "peak memory", Unit::Bytes, Sample::of(runs.iter().map(|run| run.peak)));
    }

    /// Records a value that should be at most the bound.
    pub fn at_most(&mut self, item: &str, unit: Unit, value: Option<f64>, bound: f64) {
        self.goal(item, unit, value, bound, false);
    }

    /// Records a value that should be at least the bound.
    pub fn at_least(&mut self, item: &str, unit: Unit, value: Option<f64>, bound: f64) {
        self.goal(item, unit, value, bound, true);
    }

    fn goal(&mut self, item: &str, unit: Unit, value: Option<f64>, bound: f64, at_least: bool) {
        let Some(value) = value else { return };
        self.report.goals.push(Goal {
            group: self.group.to_owned(),
            item: item.to_owned(),
            unit,
            value,
            bound,
            at_least,
        });
    }

    /// Records what could not be measured.
    pub fn absent(&mut self, what: impl std::fmt::Display) {
        self.report.absent.push(format!("{}: {what}", self.group));
    }
}

fn table(header: &[&str], right: std::ops::Range<usize>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY).set_header(header);
    for column in right {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

impl Report {
    /// Renders the report as text, beside the figures of an earlier report if there is one.
    pub fn render(&self, earlier: Option<&Self>) -> String {
        let mut header = vec!["group", "what", "whose", "measure", "median", "quartiles", "runs"];
        if earlier.is_some() {
            header.extend(["before", "change"]);
        }
        let mut figures = table(&header, 4..header.len());
        for figure in &self.figures {
            let mut row = vec![
                figure.group.clone(),
                figure.item.clone(),
                figure.subject.clone(),
                figure.measure.clone(),
                figure.unit.show(figure.median),
                if figure.runs > 1 {
                    format!("{} to {}", figure.unit.show(figure.low), figure.unit.show(figure.high))
                } else {
                    String::new()
                },
                figure.runs.to_string(),
            ];
            if let Some(earlier) = earlier {
                row.extend(match earlier.same(figure) {
                    Some(before) => {
                        [figure.unit.show(before.median), format!("{:+.1} %", change(before.median, figure.median))]
                    }
                    None => ["new".to_owned(), String::new()],
                });
            }
            figures.add_row(row);
        }
        let mut text = format!("{figures}\n");
        if !self.goals.is_empty() {
            let mut goals = table(&["group", "to reach", "value", "bound", ""], 2..4);
            for goal in &self.goals {
                goals.add_row([
                    goal.group.clone(),
                    goal.item.clone(),
                    goal.unit.show(goal.value),
                    format!("{} {}", if goal.at_least { "≥" } else { "≤" }, goal.unit.show(goal.bound)),
                    if goal.is_reached() { "reached" } else { "NOT REACHED" }.to_owned(),
                ]);
            }
            text.push_str(&format!("\n{goals}\n"));
        }
        for what in &self.absent {
            text.push_str(&format!("left out: {what}\n"));
        }
        text
    }

    fn same(&self, figure: &Figure) -> Option<&Figure> {
        let key = |figure: &Figure| {
            [&figure.group, &figure.item, &figure.subject, &figure.measure].map(std::string::String::clone)
        };
        self.figures.iter().find(|other| key(other) == key(figure))
    }
}

/// In per cent.
pub fn change(before: f64, after: f64) -> f64 {
    (after / before - 1.0) * 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_with_three_digits() {
        assert_eq!(Unit::Seconds.show(0.012_345), "12.3 ms");
        assert_eq!(Unit::Seconds.show(4.2e-8), "42.0 ns");
        assert_eq!(Unit::Bytes.show(5.0 * 1024.0 * 1024.0), "5.00 MiB");
        assert_eq!(Unit::Count.show(1234.0), "1234");
        assert_eq!(Unit::Count.show(161_221_144.0), "161 M");
        assert_eq!(Unit::Ratio.show(0.296), "0.30 ×");
    }

    #[test]
    fn changes_are_shown_against_an_earlier_report() {
        let mut report = Report::default();
        let mut recorder = Recorder { report: &mut report, group: "types" };
        recorder.exact("parse", OURS, "CPU", Unit::Seconds, 2e-6);
        recorder.at_most("parse", Unit::Ratio, Some(1.2), 1.1);
        let mut earlier = report.clone();
        earlier.figures[0].median = 1e-6;
        let text = report.render(Some(&earlier));
        assert!(text.contains("+100.0 %") && text.contains("NOT REACHED"), "{text}");
    }
}
