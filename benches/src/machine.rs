//! The machine and its load, without which figures mean little.

use std::time::{SystemTime, UNIX_EPOCH};

/// Returns processor, memory, load and compiler, as far as the system reports them.
pub fn describe() -> Vec<(String, String)> {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let load = read("/proc/loadavg").split(' ').take(3).collect::<Vec<_>>().join(" ");
    let rustc = std::process::Command::new("rustc").arg("--version").output();
    let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    [
        ("processor", field(&read("/proc/cpuinfo"), "model name").unwrap_or_default()),
        ("cores", cores.to_string()),
        ("memory", field(&read("/proc/meminfo"), "MemTotal").unwrap_or_default()),
        ("load before", load),
        ("compiler", rustc),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// Seconds since 1970, for the names of files.
pub fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}
