//! Reading, writing and validating the messages of the two operations.

use super::Context;
use crate::estimates;
use crate::report::{OURS, Recorder, Unit};

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    estimates::run(context.workspace, "messages", &[])?;
    let mut add = |item: &str, subject: &str, group: &str, name: &str| {
        let sample = estimates::read(context.workspace, group, name)?;
        recorder.add(item, subject, "CPU", Unit::Seconds, Some(sample));
        anyhow::Ok(sample.median)
    };
    const THEIRS: &str = "serde_json, derived";
    let ours = add("read a response", OURS, "read-response", OURS)?;
    let theirs = add("read a response", THEIRS, "read-response", THEIRS)?;
    add("write a request, with headers", OURS, "write-request", OURS)?;
    add("write a request's body", THEIRS, "write-request", THEIRS)?;
    add("validate, invitation", OURS, "validate-request", "invitation")?;
    add("validate, opportunity", OURS, "validate-request", "opportunity")?;
    recorder.at_most("read a response, against serde_json derived", Unit::Ratio, Some(ours / theirs), 1.1);
    Ok(())
}
