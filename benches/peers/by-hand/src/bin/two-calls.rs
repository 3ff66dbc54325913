//! Makes the two calls against a server: two-calls URL.

use by_hand::{Client, OpportunityInput, Submission, invitation_input, tags};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(&std::env::args().nth(1).ok_or("a URL, please")?);
    println!("{:?}", client.invitation(&invitation_input())?);
    let input = OpportunityInput {
        catalog: "Sandbox".into(),
        client_token: "0a1b2c3d-4e5f-4678-9abc-def012345678".into(),
        identifier: "O1234567890".into(),
        aws_submission: Submission { involvement_type: "Co-Sell".into(), visibility: Some("Full".into()) },
        tags: Some(tags()),
    };
    println!("{:?}", client.opportunity(&input)?);
    Ok(())
}
