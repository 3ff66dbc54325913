//! Makes the two calls against a server: two-calls URL.

use aws_sdk_partnercentralselling::Client;
use aws_sdk_partnercentralselling::types::{AwsSubmission, SalesInvolvementType, Visibility};
use rust_sdk::{config, tags};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("a URL, please")?;
    let client = Client::from_conf(config(&url).build());
    let output = client
        .start_engagement_by_accepting_invitation_task()
        .catalog("Sandbox")
        .identifier("engi-4f7k2m9qx1zbt")
        .set_tags(Some(tags()))
        .send()
        .await?;
    println!("{output:?}");
    let submission =
        AwsSubmission::builder().involvement_type(SalesInvolvementType::CoSell).visibility(Visibility::Full).build()?;
    let output = client
        .start_engagement_from_opportunity_task()
        .catalog("Sandbox")
        .identifier("O1234567890")
        .aws_submission(submission)
        .set_tags(Some(tags()))
        .send()
        .await?;
    println!("{output:?}");
    Ok(())
}
