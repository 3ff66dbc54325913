//! Growth of generation time with the size of the model.

use std::path::Path;

use plotters::prelude::*;

use super::failure::failure;
use crate::report::Report;
use crate::sample::exponent;

/// Bytes of each model and the seconds that it takes.
pub fn points(report: &Report) -> Vec<(f64, f64)> {
    let of = |measure: &'static str| {
        move |item: &str| {
            let mut figures = report.figures.iter();
            figures.find(|figure| figure.item == item && figure.measure == measure).map(|figure| figure.median)
        }
    };
    let items = report.figures.iter().filter(|figure| figure.measure == "size" && figure.item.starts_with("model "));
    items.filter_map(|figure| Some((figure.median, of("CPU")(&figure.item)?))).collect()
}

/// Draws the series on logarithmic axes, with the best-fitting power law in the title.
pub fn draw(path: &Path, points: &[(f64, f64)]) -> anyhow::Result<()> {
    let area = SVGBackend::new(path, (820, 480)).into_drawing_area();
    area.fill(&WHITE).map_err(failure)?;
    let slope = exponent(points).unwrap_or_default();
    // From a power of ten, so that there is a label at the start of each axis.
    let range = |values: &mut dyn Iterator<Item = f64>| {
        let (least, most) =
            values.fold((f64::INFINITY, 0.0), |(least, most): (f64, f64), value| (least.min(value), most.max(value)));
        10_f64.powf(least.log10().floor())..most * 1.25
    };
    let kilobytes = || points.iter().map(|(bytes, seconds)| (bytes / 1024.0, seconds * 1e3));
    let sizes = range(&mut kilobytes().map(|point| point.0));
    let times = range(&mut kilobytes().map(|point| point.1));
    let mut chart = ChartBuilder::on(&area)
        .caption(
            format!("Types and docs of a whole model: CPU grows with size to the power {slope:.2}"),
            ("sans-serif", 16),
        )
        .margin(14)
        .x_label_area_size(42)
        .y_label_area_size(60)
        .build_cartesian_2d(sizes.log_scale(), times.log_scale())
        .map_err(failure)?;
    chart
        .configure_mesh()
        .x_label_formatter(&|kilobytes| format!("{kilobytes:.0}"))
        .y_label_formatter(&|milliseconds| format!("{milliseconds:.0}"))
        .x_desc("size of the model, KiB")
        .y_desc("CPU, ms")
        .light_line_style(TRANSPARENT)
        .draw()
        .map_err(failure)?;
    let dots = kilobytes().map(|point| Circle::new(point, 4, RGBColor(38, 103, 160).filled()));
    chart.draw_series(dots).map_err(failure)?;
    area.present().map_err(failure)
}
