//! The mock with TLS and with signatures required, before a client that knows neither.

use std::time::{Duration, SystemTime};

use partnercentral_selling::blocking::Client;
use partnercentral_selling::operations::{
    StartEngagementByAcceptingInvitationTask, StartEngagementByAcceptingInvitationTaskInput,
    StartEngagementByAcceptingInvitationTaskOutput,
};
use partnercentral_selling::types::TaskStatus;
use partnercentral_selling::{Config, Credentials};
use partnercentral_selling_mock::{AccessKey, Identity, MockServer};
use whitesmith_client::clock::{Clock, SystemClock};
use whitesmith_client::config::{ConfigBuilder, Trust};
use whitesmith_client::retry::RetryConfig;

const ID: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// One request alone, so that what the mock says is what the caller sees.
fn config(mock: &MockServer) -> ConfigBuilder {
    Config::builder().region("eu-west-1").endpoint_url(mock.url()).retry(RetryConfig::NEVER)
}

fn signed(mock: &MockServer, id: &str, secret: &str) -> ConfigBuilder {
    config(mock).credentials(Credentials::new(id, secret, None))
}

/// The output, or the error's code and text.
fn call(config: ConfigBuilder) -> Result<StartEngagementByAcceptingInvitationTaskOutput, (Option<String>, String)> {
    let client = Client::new(config.build()).unwrap();
    let input = StartEngagementByAcceptingInvitationTaskInput::builder();
    let input = input.catalog("Sandbox").identifier("engi-0123456789abc").build().unwrap();
    let shown = |error: &dyn std::error::Error| {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text.push_str(&format!(": {cause}"));
            source = cause.source();
        }
        text
    };
    client
        .start_engagement_by_accepting_invitation_task(&input)
        .map_err(|error| (error.code().map(str::to_owned), shown(&error)))
}

#[test]
fn a_client_that_trusts_the_made_certificate_gets_typed_answers() {
    let identity = Identity::generate().unwrap();
    let certificate = identity.certificate_pem().as_bytes().to_vec();
    let mock = MockServer::start_with(|builder| builder.tls(identity)).unwrap();
    assert!(mock.url().starts_with("https://"));
    let output = call(signed(&mock, ID, SECRET).trust(Trust::Pem(certificate))).unwrap();
    assert_eq!(output.task_status, Some(TaskStatus::InProgress));
    assert_eq!(output.engagement_invitation_id.as_deref(), Some("engi-0123456789abc"));
    // Nobody else trusts it, not even those who trust another certificate for the same names.
    let other = Identity::generate().unwrap().certificate_pem().as_bytes().to_vec();
    for trust in [Trust::WebRoots, Trust::Pem(other)] {
        let (code, text) = call(signed(&mock, ID, SECRET).trust(trust)).unwrap_err();
        assert!(code.is_none() && text.to_lowercase().contains("certificate"), "{text}");
    }
    assert_eq!(mock.requests::<StartEngagementByAcceptingInvitationTask>().len(), 1);
}

#[test]
fn what_is_no_certificate_or_key_is_refused() {
    let made = Identity::generate().unwrap();
    let pem = made.certificate_pem().as_bytes().to_vec();
    assert!(Identity::from_pem(&pem, b"no key").is_err());
    assert!(Identity::from_pem(b"no certificate", b"no key").is_err());
}

/// The machine's clock with an offset.
struct OffClock {
    clock: SystemClock,
    early: bool,
    by: Duration,
}

impl Clock for OffClock {
    fn now(&self) -> SystemTime {
        let now = self.clock.now();
        if self.early { now - self.by } else { now + self.by }
    }

    fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    fn sleep(&self, duration: Duration) {
        self.clock.sleep(duration);
    }
}

fn off(early: bool, minutes: u64) -> OffClock {
    OffClock { clock: SystemClock::default(), early, by: Duration::from_secs(60 * minutes) }
}

fn guarded() -> MockServer {
    let keys = vec![
        AccessKey { id: ID.into(), secret: SECRET.into(), session_token: None },
        AccessKey { id: "ASIAEXAMPLE".into(), secret: SECRET.into(), session_token: Some("the token".into()) },
    ];
    MockServer::start_with(|builder| builder.configure(|config| config.access_keys = keys)).unwrap()
}

#[test]
fn what_is_signed_by_a_known_key_is_answered_for_its_region() {
    let mock = guarded();
    let output = call(signed(&mock, ID, SECRET)).unwrap();
    assert!(output.task_arn.is_some_and(|arn| arn.starts_with("arn:aws:partnercentral:eu-west-1:")));
    let temporary = Credentials::new("ASIAEXAMPLE", SECRET, Some("the token".into()));
    assert!(call(config(&mock).credentials(temporary)).is_ok());
    // Clocks may be slightly off.
    assert!(call(signed(&mock, ID, SECRET).clock(off(true, 4))).is_ok());
    assert!(call(signed(&mock, ID, SECRET).clock(off(false, 4))).is_ok());
}

#[test]
fn each_refusal_has_its_code() {
    let mock = guarded();
    let token = |token: &str| Credentials::new("ASIAEXAMPLE", SECRET, Some(token.into()));
    let mismatch = "The request signature we calculated does not match the signature you provided.";
    let cases = [
        (config(&mock).unsigned(), "MissingAuthenticationTokenException", "Missing Authentication Token"),
        (signed(&mock, "AKIDOTHER", SECRET), "UnrecognizedClientException", "The security token included"),
        (
            config(&mock).credentials(token("another token")),
            "UnrecognizedClientException",
            "The security token included",
        ),
        (signed(&mock, ID, "another secret"), "InvalidSignatureException", mismatch),
        (signed(&mock, ID, SECRET).clock(off(true, 6)), "InvalidSignatureException", "Signature expired: "),
        (signed(&mock, ID, SECRET).clock(off(false, 6)), "InvalidSignatureException", "Signature not yet current: "),
    ];
    for (config, code, message) in cases {
        let (found, text) = call(config).unwrap_err();
        assert_eq!(found.as_deref(), Some(code), "{text}");
        assert!(text.contains(message), "{text}");
    }
    // A refused request does not reach its operation.
    assert!(mock.requests::<StartEngagementByAcceptingInvitationTask>().is_empty());
}

#[test]
fn a_client_that_tries_again_mends_its_clock() {
    let mock = guarded();
    let config = signed(&mock, ID, SECRET).clock(off(true, 60)).retry(RetryConfig::default());
    assert!(call(config).is_ok());
}
