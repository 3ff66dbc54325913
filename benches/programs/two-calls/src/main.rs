//! Makes the two calls against a server: two-calls URL.

use partnercentral_selling::blocking::Client;
use partnercentral_selling::operations::{
    StartEngagementByAcceptingInvitationTaskInput, StartEngagementFromOpportunityTaskInput,
};
use partnercentral_selling::types::{AwsSubmission, Tag};
use partnercentral_selling::{Config, Credentials};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("a URL, please")?;
    let config = Config::builder()
        .region("us-east-1")
        .endpoint_url(url)
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None))
        .build();
    let client = Client::new(config)?;
    let tags = vec![
        Tag::builder().key("team").value("alliances").build()?,
        Tag::builder().key("region").value("emea").build()?,
    ];
    let input = StartEngagementByAcceptingInvitationTaskInput::builder()
        .catalog("Sandbox")
        .identifier("engi-4f7k2m9qx1zbt")
        .build()?
        .tags(tags.clone());
    println!("{:?}", client.start_engagement_by_accepting_invitation_task(&input)?);
    let submission = AwsSubmission::new("Co-Sell".into()).visibility("Full".into());
    let input = StartEngagementFromOpportunityTaskInput::builder()
        .catalog("Sandbox")
        .identifier("O1234567890")
        .aws_submission(submission)
        .build()?
        .tags(tags);
    println!("{:?}", client.start_engagement_from_opportunity_task(&input)?);
    Ok(())
}
