//! A series of measurements.

/// The median and the spread of measurements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// The median.
    pub median: f64,
    /// The lower quartile.
    pub low: f64,
    /// The upper quartile.
    pub high: f64,
    /// The number of measurements.
    pub runs: usize,
}

impl Sample {
    /// Summarizes measurements; `None` if there are none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Some(Self {
            median: quantile(&values, 0.5)?,
            low: quantile(&values, 0.25)?,
            high: quantile(&values, 0.75)?,
            runs: values.len(),
        })
    }

    /// Summarizes the ratios of measurements taken in turns, so that load on the machine affects both.
    pub fn of_ratios(ours: &[f64], theirs: &[f64]) -> Option<Self> {
        Self::of(ours.iter().zip(theirs).filter(|(_, theirs)| **theirs > 0.0).map(|(ours, theirs)| ours / theirs))
    }
}

/// Between the two nearest values, in proportion.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position in a short list"
)]
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let position = share * sorted.len().checked_sub(1)? as f64;
    let below = *sorted.get(position.floor() as usize)?;
    let above = *sorted.get(position.ceil() as usize)?;
    Some(below + (above - below) * position.fract())
}

/// The exponent of the power law that fits best: the slope of the least-squares line through the logarithms.
pub fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let logarithms: Vec<(f64, f64)> =
        points.iter().filter(|(x, y)| *x > 0.0 && *y > 0.0).map(|(x, y)| (x.ln(), y.ln())).collect();
    #[allow(clippy::cast_precision_loss, reason = "a short list")]
    let count = logarithms.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| logarithms.iter().map(of).sum::<f64>() / count;
    let (x_mean, y_mean) = (mean(|point| point.0), mean(|point| point.1));
    let covariance: f64 = logarithms.iter().map(|(x, y)| (x - x_mean) * (y - y_mean)).sum();
    let variance: f64 = logarithms.iter().map(|(x, _)| (x - x_mean).powi(2)).sum();
    (variance > 0.0).then(|| covariance / variance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_lie_between_neighbours() {
        let sample = Sample::of([4.0, 1.0, 3.0, 2.0]);
        assert_eq!(sample, Some(Sample { median: 2.5, low: 1.75, high: 3.25, runs: 4 }));
        assert_eq!(Sample::of([]), None);
    }

    #[test]
    fn ratios_are_taken_pair_by_pair() {
        let sample = Sample::of_ratios(&[1.0, 30.0, 2.0], &[2.0, 60.0, 4.0]);
        assert_eq!(sample.map(|sample| (sample.low, sample.median, sample.high)), Some((0.5, 0.5, 0.5)));
    }

    #[test]
    fn the_exponent_of_a_square_is_two() {
        let points: Vec<_> = (1..20).map(|x| (f64::from(x), 3.0 * f64::from(x * x))).collect();
        let slope = exponent(&points).unwrap_or_default();
        assert!((slope - 2.0).abs() < 1e-9, "{slope}");
        assert_eq!(exponent(&[(1.0, 1.0)]), None);
    }
}
