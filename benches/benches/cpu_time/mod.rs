//! Lets criterion measure processor time instead of time on the wall.

use std::time::Duration;

use criterion::Throughput;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use whitesmith_benches::cpu_time;

/// Processor time of the thread.
pub struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        cpu_time::of_thread()
    }

    fn end(&self, start: Duration) -> Duration {
        cpu_time::of_thread() - start
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// Says how many bytes a benchmark goes through.
pub fn bytes(size: usize) -> Throughput {
    Throughput::Bytes(size as u64)
}
