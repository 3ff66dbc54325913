//! Logging.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt;

use super::arguments::{LogFormat, LogLevel};

/// Starts logging on standard error.
pub(super) fn start(level: LogLevel, format: LogFormat) {
    let level = match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let lines = fmt().with_writer(std::io::stderr).with_max_level(level).with_target(false);
    // An earlier logger stays; a mock's own binary has none.
    let _ = match format {
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
        LogFormat::Pretty => lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
    };
}
