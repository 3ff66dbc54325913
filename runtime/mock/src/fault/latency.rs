//! Delays of answers.

use std::time::Duration;

/// A distribution of delays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Latency {
    Fixed(Duration),
    /// Uniform between the two.
    Uniform(Duration, Duration),
    /// The normal distribution with a mean and a standard deviation, cut off at zero.
    Normal(Duration, Duration),
}

/// The longest delay.
pub(crate) const LONGEST: Duration = Duration::from_secs(600);

impl Latency {
    pub(crate) fn sample(self, random: &mut fastrand::Rng) -> Duration {
        let delay = match self {
            Self::Fixed(delay) => delay,
            Self::Uniform(least, most) => least + most.saturating_sub(least).mul_f64(random.f64()),
            Self::Normal(mean, deviation) => {
                // Box and Muller's transform.
                let radius = (-2.0 * (1.0 - random.f64()).ln()).sqrt();
                let normal = radius * (std::f64::consts::TAU * random.f64()).cos();
                let seconds = mean.as_secs_f64() + normal * deviation.as_secs_f64();
                Duration::try_from_secs_f64(seconds).unwrap_or_default()
            }
        };
        delay.min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_its_distribution() {
        let mut random = fastrand::Rng::with_seed(1);
        let ms = Duration::from_millis;
        assert_eq!(Latency::Fixed(ms(7)).sample(&mut random), ms(7));
        let uniform: Vec<_> = (0..1000).map(|_| Latency::Uniform(ms(10), ms(20)).sample(&mut random)).collect();
        assert!(uniform.iter().all(|delay| (ms(10)..=ms(20)).contains(delay)));
        let normal: Duration = (0..1000).map(|_| Latency::Normal(ms(50), ms(5)).sample(&mut random)).sum();
        assert!((ms(49_000)..ms(51_000)).contains(&normal), "{normal:?}");
    }
}
