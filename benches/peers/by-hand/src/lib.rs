//! A client for two operations with no generator and no framework: types with derived serialisation, one function that
//! signs, one that sends.

use std::error::Error;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use http::Request;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    pub key: String,
    pub value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct InvitationInput {
    pub catalog: String,
    pub client_token: String,
    pub identifier: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Submission {
    pub involvement_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct OpportunityInput {
    pub catalog: String,
    pub client_token: String,
    pub identifier: String,
    pub aws_submission: Submission,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct InvitationOutput {
    pub task_id: Option<String>,
    pub task_arn: Option<String>,
    pub start_time: Option<String>,
    pub task_status: Option<String>,
    pub message: Option<String>,
    pub reason_code: Option<String>,
    pub opportunity_id: Option<String>,
    pub resource_snapshot_job_id: Option<String>,
    pub engagement_invitation_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OpportunityOutput {
    pub task_id: Option<String>,
    pub task_arn: Option<String>,
    pub start_time: Option<String>,
    pub task_status: Option<String>,
    pub message: Option<String>,
    pub reason_code: Option<String>,
    pub opportunity_id: Option<String>,
    pub resource_snapshot_job_id: Option<String>,
    pub engagement_id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Failure {
    #[serde(rename = "__type")]
    kind: Option<String>,
    #[serde(alias = "Message")]
    message: Option<String>,
}

/// Where and as whom requests are made.
pub struct Client {
    url: String,
    identity: Identity,
    agent: ureq::Agent,
}

impl Client {
    pub fn new(url: &str) -> Self {
        let credentials =
            Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None, None, "by hand");
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(60)))
            .timeout_recv_response(Some(Duration::from_secs(60)))
            .build();
        Self { url: format!("{url}/"), identity: credentials.into(), agent: config.into() }
    }

    pub fn invitation(&self, input: &InvitationInput) -> Result<InvitationOutput, Box<dyn Error>> {
        self.call("AWSPartnerCentralSelling.StartEngagementByAcceptingInvitationTask", input)
    }

    pub fn opportunity(&self, input: &OpportunityInput) -> Result<OpportunityOutput, Box<dyn Error>> {
        self.call("AWSPartnerCentralSelling.StartEngagementFromOpportunityTask", input)
    }

    /// A signed request.
    pub fn request(&self, target: &str, input: &impl Serialize) -> Result<Request<Vec<u8>>, Box<dyn Error>> {
        let body = serde_json::to_vec(input)?;
        let mut request = Request::post(&self.url)
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", target)
            .body(body)?;
        let params = SigningParams::builder()
            .identity(&self.identity)
            .region("us-east-1")
            .name("partnercentral-selling")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()?
            .into();
        let headers = request.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let signable = SignableRequest::new("POST", &self.url, headers, SignableBody::Bytes(request.body()))?;
        let (instructions, _) = sign(signable, &params)?.into_parts();
        instructions.apply_to_request_http1x(&mut request);
        Ok(request)
    }

    pub fn read<O: DeserializeOwned>(status: u16, body: &[u8]) -> Result<O, Box<dyn Error>> {
        if status == 200 {
            return Ok(serde_json::from_slice(body)?);
        }
        let failure: Failure = serde_json::from_slice(body)?;
        Err(format!("{status}: {}: {}", failure.kind.unwrap_or_default(), failure.message.unwrap_or_default()).into())
    }

    fn call<O: DeserializeOwned>(&self, target: &str, input: &impl Serialize) -> Result<O, Box<dyn Error>> {
        let mut response = self.agent.run(self.request(target, input)?)?;
        let body = response.body_mut().read_to_vec()?;
        Self::read(response.status().as_u16(), &body)
    }
}

pub fn tags() -> Vec<Tag> {
    [("team", "alliances"), ("region", "emea")].map(|(key, value)| Tag { key: key.into(), value: value.into() }).into()
}

pub fn invitation_input() -> InvitationInput {
    InvitationInput {
        catalog: "Sandbox".into(),
        client_token: "0a1b2c3d-4e5f-4678-9abc-def012345678".into(),
        identifier: "engi-4f7k2m9qx1zbt".into(),
        tags: Some(tags()),
    }
}
