//! Counts by valgrind, which are stable: instructions executed and blocks allocated.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

/// Whether valgrind is installed.
pub fn is_there() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Runs a program under a valgrind tool and returns valgrind's output.
fn run(tool: &[&str], arguments: &[&std::ffi::OsStr]) -> anyhow::Result<String> {
    let output = Command::new("valgrind").args(tool).args(arguments).output().context("cannot start valgrind")?;
    anyhow::ensure!(output.status.success(), "{arguments:?} under valgrind: {}", output.status);
    Ok(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Instructions of a whole run of a program.
pub fn instructions(arguments: &[&std::ffi::OsStr]) -> anyhow::Result<f64> {
    let text = run(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], arguments)?;
    number_after(&text, "Collected :").with_context(|| format!("valgrind counted nothing:\n{text}"))
}

/// Blocks and bytes that a whole run of a program allocates.
fn allocations(arguments: &[&std::ffi::OsStr]) -> anyhow::Result<(f64, f64)> {
    let text = run(&["--tool=dhat", "--dhat-out-file=/dev/null"], arguments)?;
    let line = text.lines().find(|line| line.contains("Total:")).context("valgrind counted nothing")?;
    let bytes = number_after(line, "Total:").context("no bytes")?;
    let blocks = number_after(line, "bytes in").context("no blocks")?;
    Ok((blocks, bytes))
}

fn number_after(text: &str, mark: &str) -> Option<f64> {
    let rest = text.split_once(mark)?.1.trim_start();
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',').filter(|c| *c != ',').collect();
    digits.parse().ok()
}

/// Few and many repetitions: their difference cancels the cost of start and end.
const REPETITIONS: [u32; 2] = [50, 250];

/// Returns the cost of one repetition of a driver's work, as the difference of two runs.
fn per_call<const N: usize>(
    measure: impl Fn(&[&std::ffi::OsStr]) -> anyhow::Result<[f64; N]>,
    driver: &[&std::ffi::OsStr],
    work: &str,
    url: &str,
) -> anyhow::Result<[f64; N]> {
    let [few, many] = REPETITIONS;
    let count = |repetitions: u32| {
        let repetitions = repetitions.to_string();
        let arguments: Vec<&std::ffi::OsStr> =
            driver.iter().copied().chain([work.as_ref(), repetitions.as_ref(), url.as_ref()]).collect();
        measure(&arguments)
    };
    let (less, more) = (count(few)?, count(many)?);
    Ok(std::array::from_fn(|index| match (less.get(index), more.get(index)) {
        (Some(less), Some(more)) => (more - less) / f64::from(many - few),
        _ => 0.0,
    }))
}

/// Instructions of one repetition of a driver's work.
pub fn instructions_per_call(driver: &[&std::ffi::OsStr], work: &str, url: &str) -> anyhow::Result<f64> {
    per_call(|arguments| Ok([instructions(arguments)?]), driver, work, url).map(|[count]| count)
}

/// Blocks and bytes that one repetition of a driver's work allocates.
pub fn allocations_per_call(driver: &[&std::ffi::OsStr], work: &str, url: &str) -> anyhow::Result<[f64; 2]> {
    per_call(|arguments| allocations(arguments).map(|(blocks, bytes)| [blocks, bytes]), driver, work, url)
}

/// The first words of a driver's command line: a program, and for ours its subcommand.
pub fn driver(program: &Path, ours: bool) -> Vec<&std::ffi::OsStr> {
    std::iter::once(program.as_os_str()).chain(ours.then_some("drive".as_ref())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_what_valgrind_prints() {
        assert_eq!(number_after("==1== Collected : 123456\n", "Collected :"), Some(123_456.0));
        let line = "==1== Total:     1,536 bytes in 12 blocks";
        assert_eq!(number_after(line, "Total:"), Some(1536.0));
        assert_eq!(number_after(line, "bytes in"), Some(12.0));
        assert_eq!(number_after("nothing", "Total:"), None);
    }
}
