//! Repeats calls and prints what they took: drive WORK CALLS [URL].

use std::hint::black_box;
use std::time::{Duration, Instant};

use by_hand::{Client, InvitationOutput, invitation_input};
use rustix::time::{ClockId, clock_gettime};

const RESPONSE: &str = r#"{"EngagementInvitationId":"engi-4f7k2m9qx1zbt","Message":"The task is working.","OpportunityId":"O1234567890","ReasonCode":"RequestThrottled","ResourceSnapshotJobId":"job-4f7k2m9qx1zbt","StartTime":"2026-06-30T12:34:56.789Z","TaskArn":"arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/engagement-by-accepting-invitation-task/task-4f7k2m9qx1zbt","TaskId":"task-4f7k2m9qx1zbt","TaskStatus":"IN_PROGRESS"}"#;
const TARGET: &str = "AWSPartnerCentralSelling.StartEngagementByAcceptingInvitationTask";

fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [work, calls, rest @ ..] = arguments.as_slice() else { return Err("drive WORK CALLS [URL]".into()) };
    let calls: u64 = calls.parse()?;
    let url = rest.first().filter(|url| !url.is_empty()).map_or("http://127.0.0.1:1", String::as_str);
    let client = Client::new(url);
    let input = invitation_input();
    let once = || -> Result<InvitationOutput, Box<dyn std::error::Error>> {
        if work == "blocking-no-socket" {
            black_box(client.request(TARGET, &input)?);
            return Client::read(200, black_box(RESPONSE.as_bytes()));
        }
        client.invitation(&input)
    };
    once()?;
    let (start, wall) = (cpu(), Instant::now());
    for _ in 0..calls {
        black_box(once()?);
    }
    let (cpu, wall) = (cpu() - start, wall.elapsed());
    println!(r#"{{"calls":{calls},"cpu":{},"wall":{}}}"#, cpu.as_secs_f64(), wall.as_secs_f64());
    Ok(())
}
