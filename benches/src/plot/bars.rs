//! One bar for each subject, on a logarithmic axis: subjects differ by orders of magnitude.

use std::path::Path;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::failure::failure;
use crate::report::{Figure, OURS};

const WIDTH: i32 = 820;
const TOP: i32 = 48;
const ROW: i32 = 30;
const NAMES: i32 = 190;
const VALUES: i32 = 110;

const OUR_COLOUR: RGBColor = RGBColor(38, 103, 160);
const THEIR_COLOUR: RGBColor = RGBColor(176, 184, 192);
const TEXT_COLOUR: RGBColor = RGBColor(40, 44, 52);

/// Draws a plot.
#[allow(clippy::cast_possible_truncation, reason = "pixels")]
pub fn draw(path: &Path, title: &str, figures: &[&Figure]) -> anyhow::Result<()> {
    let rows = i32::try_from(figures.len())?;
    let height = TOP + ROW * rows + 12;
    let area = SVGBackend::new(path, (WIDTH.unsigned_abs(), height.unsigned_abs())).into_drawing_area();
    area.fill(&WHITE).map_err(failure)?;
    let text = |size: i32, place: HPos| {
        ("sans-serif", size).into_font().color(&TEXT_COLOUR).pos(Pos::new(place, VPos::Center))
    };
    area.draw(&Text::new(format!("{title} (logarithmic)"), (14, 22), text(16, HPos::Left))).map_err(failure)?;
    let mut figures = figures.to_vec();
    figures.sort_by(|one, other| one.median.total_cmp(&other.median));
    let values = figures.iter().map(|figure| figure.median).filter(|value| *value > 0.0);
    let least = values.clone().fold(f64::INFINITY, f64::min);
    let most = values.fold(f64::NEG_INFINITY, f64::max);
    // The least bar still has a length.
    let share = |value: f64| (1.0 + (value / least).ln()) / (1.0 + (most / least).ln());
    for (row, figure) in (0..).zip(&figures) {
        let middle = TOP + ROW * row + ROW / 2;
        let length = (share(figure.median) * f64::from(WIDTH - NAMES - VALUES)) as i32;
        let colour = if figure.subject == OURS { OUR_COLOUR } else { THEIR_COLOUR };
        area.draw(&Text::new(figure.subject.clone(), (NAMES - 10, middle), text(14, HPos::Right))).map_err(failure)?;
        area.draw(&Rectangle::new([(NAMES, middle - 10), (NAMES + length, middle + 10)], colour.filled()))
            .map_err(failure)?;
        let value = figure.unit.show(figure.median);
        area.draw(&Text::new(value, (NAMES + length + 8, middle), text(14, HPos::Left))).map_err(failure)?;
    }
    area.present().map_err(failure)
}
