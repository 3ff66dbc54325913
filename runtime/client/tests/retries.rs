//! Attempts: retries, waits, and what each request carries.

use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

use crate::support::{PUT, SERVICE, VirtualClock, config, input, protocol};
use bytes::Bytes;
use http::{Request, Response};
use whitesmith_client::blocking::Client;
use whitesmith_client::clock::Clock as _;
use whitesmith_client::config::Timeouts;
use whitesmith_client::core::AttemptLimits;
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::error::{BoxError, CallError, TransportError, TransportErrorKind};
use whitesmith_client::interceptor::{Context, Interceptor};
use whitesmith_client::payload::Payload;
use whitesmith_client::retry::RetryConfig;
use whitesmith_client::{ConfigBuilder, Credentials, Error};
use whitesmith_schema::Value;

/// The server's response to one attempt.
#[derive(Clone, Copy)]
enum Step {
    Answer(u16, &'static str),
    AnswerAt(u16, &'static str, &'static str),
    Fail(TransportErrorKind),
}

type Requests = Arc<Mutex<Vec<Request<Bytes>>>>;

/// Creates a client whose server follows a script. The last step is repeated.
fn client(builder: ConfigBuilder, script: &'static [Step]) -> (Client, Requests) {
    let requests = Requests::default();
    let seen = requests.clone();
    let transport = move |request: Request<Bytes>, _: &AttemptLimits| {
        let mut seen = seen.lock().unwrap();
        let step = script.get(seen.len()).or(script.last()).copied().unwrap();
        seen.push(request);
        let answer = |status: u16, body: &'static str| {
            Response::builder().status(status).header("x-amzn-requestid", "id-1").body(Bytes::from(body)).unwrap()
        };
        match step {
            Step::Answer(status, body) => Ok(answer(status, body)),
            Step::AnswerAt(status, body, date) => {
                let mut response = answer(status, body);
                response.headers_mut().insert("date", date.parse().unwrap());
                Ok(response)
            }
            Step::Fail(kind) => Err(TransportError::from(kind)),
        }
    };
    (Client::with_transport(builder.build(), require_endpoint_url, transport), requests)
}

fn call(client: &Client) -> Result<Value, Error<Value>> {
    client.call_dynamic(protocol(), &SERVICE, &PUT, &input())
}

fn header(requests: &Requests, attempt: usize, name: &str) -> String {
    requests.lock().unwrap()[attempt].headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap()
}

const OK: Step = Step::Answer(200, "{}");

#[test]
fn sends_a_signed_request() {
    let clock = VirtualClock::default();
    let (client, requests) = client(config(&clock), &[OK]);
    assert_eq!(call(&client).unwrap(), Value::Map(whitesmith_schema::ValueMap::new()));
    assert_eq!(clock.passed(), Duration::ZERO);
    let request = &requests.lock().unwrap()[0];
    let names: Vec<_> = request.headers().keys().map(|name| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "host",
            "accept-encoding",
            "x-amz-target",
            "content-type",
            "user-agent",
            "x-amz-date",
            "authorization",
            "amz-sdk-invocation-id",
            "amz-sdk-request",
            "content-length"
        ]
    );
    assert_eq!(request.body(), r#"{"Text":"hello","Token":"ffffffff-ffff-4fff-bfff-ffffffffffff"}"#);
    let authorization = request.headers()["authorization"].to_str().unwrap();
    assert!(authorization.contains("SignedHeaders=content-type;host;x-amz-date;x-amz-target,"), "{authorization}");
    assert!(authorization.contains("AKID/20260101/us-east-1/example/aws4_request"), "{authorization}");
}

#[test]
fn retries_with_growing_waits_and_the_same_token() {
    for step in [
        Step::Answer(500, "{}"),
        Step::Answer(503, "<html>"),
        Step::Answer(400, r#"{"__type":"x#ThrottlingException"}"#),
        Step::Answer(400, r#"{"__type":"example#Busy"}"#),
        Step::Fail(TransportErrorKind::Connect),
        Step::Fail(TransportErrorKind::ReadTimeout),
    ] {
        let script: &'static [Step] = Box::leak(Box::new([step, step, OK]));
        let clock = VirtualClock::default();
        let (client, requests) = client(config(&clock), script);
        call(&client).unwrap();
        assert_eq!(clock.passed().as_secs_f64().round(), 3.0, "one second and two");
        let bodies: Vec<_> = requests.lock().unwrap().iter().map(|request| request.body().clone()).collect();
        assert!(bodies.len() == 3 && bodies[0] == bodies[2]);
        assert_eq!(header(&requests, 0, "amz-sdk-request"), "attempt=1; max=3");
        assert_eq!(header(&requests, 2, "amz-sdk-request"), "attempt=3; max=3");
        assert_eq!(header(&requests, 0, "amz-sdk-invocation-id"), header(&requests, 2, "amz-sdk-invocation-id"));
        assert_ne!(header(&requests, 0, "x-amz-date"), header(&requests, 2, "x-amz-date"));
    }
}

#[test]
fn does_not_retry_permanent_failures() {
    for (step, retryable) in [
        (Step::Answer(400, r#"{"__type":"example#Bad","message":"no"}"#), false),
        (Step::Answer(404, "not json"), false),
        (Step::Answer(302, ""), false),
        (Step::Answer(200, "not json"), false),
        (Step::Fail(TransportErrorKind::Tls), false),
        (Step::Fail(TransportErrorKind::TooLarge(1)), false),
    ] {
        let script: &'static [Step] = Box::leak(Box::new([step]));
        let (client, requests) = client(config(&VirtualClock::default()), script);
        assert_eq!(call(&client).unwrap_err().is_retryable(), retryable);
        assert_eq!(requests.lock().unwrap().len(), 1);
    }
}

#[test]
fn errors_carry_code_message_and_request_id() {
    let (client, _) = client(
        config(&VirtualClock::default()),
        &[Step::Answer(400, r#"{"__type":"example#Bad","Message":"no such thing"}"#)],
    );
    let error = call(&client).unwrap_err();
    assert_eq!(error.to_string(), "Bad: no such thing (status 400, request id id-1)");
    let service = error.as_service().unwrap();
    assert_eq!((service.code.as_deref(), service.attempts), (Some("Bad"), 1));
    assert!(service.kind.is_some());
}

#[test]
fn debug_of_an_error_shows_no_value_of_the_response() {
    for (step, body_size) in [
        (Step::Answer(400, r#"{"__type":"x#Unknown","Secret":"hunter2"}"#), "41 bytes"),
        (Step::Answer(200, r#"{"Text":"hunter2"#), "16 bytes"),
    ] {
        let script: &'static [Step] = Box::leak(Box::new([step]));
        let (client, _) = client(config(&VirtualClock::default()), script);
        let shown = format!("{:?}", call(&client).unwrap_err());
        assert!(shown.contains(body_size) && shown.contains("x-amzn-requestid"), "{shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn attempts_are_limited_by_number_budget_and_time() {
    let broken: &[Step] = &[Step::Answer(500, "{}")];
    let clock = VirtualClock::default();
    let (exhausted, requests) =
        client(config(&clock).retry(RetryConfig { max_attempts: 5, ..RetryConfig::default() }), broken);
    assert_eq!(call(&exhausted).unwrap_err().as_service().unwrap().attempts, 5);
    assert_eq!(requests.lock().unwrap().len(), 5);
    // Each call spends twenty of five hundred.
    (0..40).for_each(|_| drop(call(&exhausted)));
    assert_eq!(exhausted.core().retry_budget().available(), 0);
    requests.lock().unwrap().clear();
    assert_eq!(call(&exhausted).unwrap_err().as_service().unwrap().attempts, 1);

    let timeouts = Timeouts { operation: Some(Duration::from_secs(2)), ..Timeouts::default() };
    let (hurried, requests) = client(config(&VirtualClock::default()).timeouts(timeouts), broken);
    assert!(call(&hurried).is_err());
    assert_eq!(requests.lock().unwrap().len(), 2, "the second wait would take too long");

    let (never, requests) = client(config(&VirtualClock::default()).retry(RetryConfig::NEVER), broken);
    assert!(call(&never).is_err());
    assert_eq!(requests.lock().unwrap().len(), 1);
}

#[test]
fn corrects_a_wrong_clock() {
    let late = "Thu, 01 Jan 2026 02:00:00 GMT";
    let script: &'static [Step] =
        Box::leak(Box::new([Step::AnswerAt(400, r#"{"__type":"x#RequestTimeTooSkewed"}"#, late), OK]));
    let (client, requests) = client(config(&VirtualClock::default()), script);
    call(&client).unwrap();
    assert_eq!(header(&requests, 0, "x-amz-date"), "20260101T000000Z");
    assert_eq!(header(&requests, 1, "x-amz-date"), "20260101T020000Z");
    call(&client).unwrap();
    assert_eq!(header(&requests, 2, "x-amz-date"), "20260101T020000Z");
}

/// Records the retries.
#[derive(Clone, Default)]
struct Retries(Arc<Mutex<Vec<(u32, Duration)>>>);

impl Interceptor for Retries {
    fn before_retry(&self, context: &Context, wait: Duration) {
        self.0.lock().unwrap().push((context.attempt, wait));
    }
}

#[test]
fn retries_calls_that_were_signed_before_the_correction() {
    let retries = Retries::default();
    let both_signed = Arc::new(Barrier::new(2));
    let transport = move |request: Request<Bytes>, _: &AttemptLimits| {
        let response = Response::builder().header("date", "Thu, 01 Jan 2026 02:00:00 GMT");
        if request.headers()["x-amz-date"] == "20260101T000000Z" {
            both_signed.wait();
            let body = Bytes::from_static(br#"{"__type":"x#RequestTimeTooSkewed"}"#);
            return Ok(response.status(400).body(body).unwrap());
        }
        Ok(response.body(Bytes::from_static(b"{}")).unwrap())
    };
    let config = config(&VirtualClock::default()).interceptor(retries.clone()).build();
    let client = Client::with_transport(config, require_endpoint_url, transport);
    let other = client.clone();
    let thread = std::thread::spawn(move || call(&other));
    call(&client).unwrap();
    thread.join().unwrap().unwrap();
    assert_eq!(*retries.0.lock().unwrap(), [(1, Duration::ZERO); 2]);
}

#[test]
fn does_not_retry_with_a_right_clock() {
    let (client, requests) = client(
        config(&VirtualClock::default()),
        &[Step::AnswerAt(403, r#"{"__type":"x#InvalidSignatureException"}"#, "Thu, 01 Jan 2026 00:00:30 GMT")],
    );
    assert_eq!(call(&client).unwrap_err().code(), Some("InvalidSignatureException"));
    assert_eq!(requests.lock().unwrap().len(), 1);
}

#[test]
fn reports_missing_configuration_before_sending() {
    let clock = VirtualClock::default();
    let base = || whitesmith_client::Config::builder().clock(clock.clone());
    let refused = |builder: ConfigBuilder| {
        let (client, requests) = client(builder, &[OK]);
        let error = call(&client).unwrap_err();
        assert!(requests.lock().unwrap().is_empty());
        error
    };
    assert!(matches!(refused(base()), Error::Call(CallError::Endpoint(_))));
    assert!(matches!(refused(base().endpoint_url("http://h")), Error::Call(CallError::Signing(_))));
    assert!(matches!(refused(base().endpoint_url("http://h").region("r")), Error::Call(CallError::Credentials(_))));
    let (unsigned, requests) = client(base().endpoint_url("http://h").unsigned(), &[OK]);
    call(&unsigned).unwrap();
    assert!(!requests.lock().unwrap()[0].headers().contains_key("authorization"));
}

#[test]
fn refuses_expired_credentials_with_the_time() {
    let clock = VirtualClock::default();
    let expired = Credentials::new("AKID", "SECRET", None).with_expiry(clock.now() - Duration::from_secs(60));
    let (client, requests) = client(config(&clock).credentials(expired), &[OK]);
    assert_eq!(call(&client).unwrap_err().to_string(), "credentials expired at 2025-12-31T23:59:00Z");
    assert!(requests.lock().unwrap().is_empty());
}

/// Changes requests at each stage.
struct Changes;

impl Interceptor for Changes {
    fn modify_request(&self, context: &Context, request: &mut Request<Payload>) -> Result<(), BoxError> {
        assert_eq!(context.attempt, 0);
        *request.body_mut() = Payload::Bytes(Bytes::from_static(b"{}"));
        Ok(())
    }

    fn modify_before_signing(&self, context: &Context, request: &mut Request<Payload>) -> Result<(), BoxError> {
        request.headers_mut().insert("x-attempt", context.attempt.into());
        Ok(())
    }

    fn modify_before_transmit(&self, _: &Context, request: &mut Request<Payload>) -> Result<(), BoxError> {
        request.headers_mut().remove("user-agent");
        Ok(())
    }
}

/// Refuses every request.
struct Refuses;

impl Interceptor for Refuses {
    fn modify_before_signing(&self, _: &Context, _: &mut Request<Payload>) -> Result<(), BoxError> {
        Err("not today".into())
    }
}

#[test]
fn interceptors_change_and_refuse_requests() {
    let busy: &[Step] = &[Step::Answer(500, "{}"), OK];
    let (changed, requests) = client(config(&VirtualClock::default()).interceptor(Changes), busy);
    call(&changed).unwrap();
    assert_eq!(header(&requests, 1, "x-attempt"), "2");
    assert!(header(&requests, 1, "authorization").contains(";x-attempt"));
    let first = &requests.lock().unwrap()[0];
    assert_eq!((&first.body()[..], first.headers().contains_key("user-agent")), (&b"{}"[..], false));
    let (refused, requests) = client(config(&VirtualClock::default()).interceptor(Refuses), &[OK]);
    assert_eq!(call(&refused).unwrap_err().to_string(), "interceptor failed: not today");
    assert!(requests.lock().unwrap().is_empty());
}
