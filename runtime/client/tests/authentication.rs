//! Authentication schemes: which one a call uses, and what its request carries.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::{INPUT, OUTPUT, VirtualClock, config, input, protocol};
use bytes::Bytes;
use http::{Request, Response};
use whitesmith_client::blocking::Client;
use whitesmith_client::core::{AttemptLimits, Core};
use whitesmith_client::endpoint::{self, Endpoint, require_endpoint_url};
use whitesmith_client::signing::Token;
use whitesmith_client::{Config, ConfigBuilder, CredentialsError, Error};
use whitesmith_schema::{ApiKey, ApiKeyPlace, AuthScheme, Operation, OperationTraits, ProtocolId, Service, Value};

static HEADER: ApiKey = ApiKey { name: "x-key", place: ApiKeyPlace::Header, scheme: Some("Key") };
static QUERY: ApiKey = ApiKey { name: "key", place: ApiKeyPlace::Query, scheme: None };

macro_rules! operation {
    ($name:ident, $auth:expr) => {
        static $name: Operation = Operation::new("example#Put", "Put", &INPUT, &OUTPUT).with_auth(&$auth);
    };
}
operation!(BEARER_OR_SIGNED, [AuthScheme::Bearer, AuthScheme::SigV4]);
operation!(SIGNED_OR_BEARER, [AuthScheme::SigV4, AuthScheme::Bearer]);
operation!(BEARER, [AuthScheme::Bearer]);
operation!(BASIC, [AuthScheme::Basic]);
operation!(KEY_IN_HEADER, [AuthScheme::ApiKey(&HEADER)]);
operation!(KEY_IN_QUERY, [AuthScheme::ApiKey(&QUERY)]);
operation!(DIGEST, [AuthScheme::Digest]);
operation!(SIGNED, [AuthScheme::SigV4]);
operation!(OPTIONAL, [AuthScheme::SigV4, AuthScheme::None]);
static UNSIGNED_PAYLOAD: Operation = Operation::new("example#Put", "Put", &INPUT, &OUTPUT)
    .with_auth(&[AuthScheme::SigV4])
    .with_traits(&OperationTraits::new().with_unsigned_payload());

static SERVICE: Service = Service::new("example#Example", "Example", "2024-01-01", ProtocolId::AwsJson1_0)
    .with_aws_names("Example", "example", "example");

/// Calls an operation, and returns the request's URI and `authorization`.
fn sent(builder: ConfigBuilder, operation: &'static Operation) -> Result<(String, Option<String>), Error<Value>> {
    sent_to(builder, operation, require_endpoint_url)
}

fn sent_to(
    builder: ConfigBuilder,
    operation: &'static Operation,
    resolver: impl whitesmith_client::endpoint::ResolveEndpoint + 'static,
) -> Result<(String, Option<String>), Error<Value>> {
    let request = request(builder, operation, resolver)?;
    let header = request.headers().get("authorization").or(request.headers().get("x-key"));
    assert!(header.is_none_or(http::HeaderValue::is_sensitive));
    Ok((request.uri().to_string(), header.map(|value| value.to_str().unwrap().to_owned())))
}

/// Calls an operation, and returns the request.
fn request(
    builder: ConfigBuilder,
    operation: &'static Operation,
    resolver: impl whitesmith_client::endpoint::ResolveEndpoint + 'static,
) -> Result<Request<Bytes>, Error<Value>> {
    let seen = Arc::new(Mutex::new(None));
    let request = seen.clone();
    let transport = move |sent: Request<Bytes>, _: &AttemptLimits| {
        *request.lock().unwrap() = Some(sent);
        Ok(Response::new(Bytes::from_static(b"{}")))
    };
    let client = Client::with_transport(builder.build(), resolver, transport);
    client.call_dynamic(protocol(), &SERVICE, operation, &input())?;
    Ok(seen.lock().unwrap().take().unwrap())
}

fn base() -> ConfigBuilder {
    Config::builder().endpoint_url("http://service.test").region("us-east-1").clock(VirtualClock::default())
}

fn signed() -> ConfigBuilder {
    config(&VirtualClock::default())
}

#[test]
fn uses_the_first_scheme_that_is_configured() {
    let header = |result: Result<(String, Option<String>), Error<Value>>| result.unwrap().1.unwrap();
    assert_eq!(header(sent(base().bearer_token(Token::new("T")), &BEARER)), "Bearer T");
    assert_eq!(header(sent(signed().bearer_token(Token::new("T")), &BEARER_OR_SIGNED)), "Bearer T");
    assert!(header(sent(signed(), &BEARER_OR_SIGNED)).starts_with("AWS4-HMAC-SHA256 "));
    let both = || signed().bearer_token(Token::new("T"));
    assert!(header(sent(both(), &SIGNED_OR_BEARER)).starts_with("AWS4-HMAC-SHA256 "));
    assert_eq!(header(sent(base().bearer_token(Token::new("T")), &SIGNED_OR_BEARER)), "Bearer T");
    assert_eq!(header(sent(base().basic_auth("Aladdin", "open sesame"), &BASIC)), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(header(sent(base().api_key("K"), &KEY_IN_HEADER)), "Key K");
    let (uri, header) = sent(base().api_key("a b"), &KEY_IN_QUERY).unwrap();
    assert_eq!((uri.as_str(), header), ("http://service.test/?key=a%20b", None));
    assert_eq!(sent(base(), &OPTIONAL).unwrap().1, None);
    assert!(sent(signed(), &OPTIONAL).unwrap().1.is_some());
    assert_eq!(sent(signed().unsigned(), &SIGNED).unwrap().1, None);
}

#[test]
fn reports_what_is_missing_or_unsupported() {
    let expired = || Err(CredentialsError::Failed("token expired".into()));
    for (builder, operation, expected) in [
        (base(), &BEARER, "missing credentials: no bearer token is configured"),
        (base(), &BASIC, "missing credentials: no user name is configured"),
        (base(), &KEY_IN_QUERY, "missing credentials: no API key is configured"),
        (base(), &DIGEST, "unsupported authentication scheme `httpDigestAuth`: it needs a request without"),
        (base().bearer_token(expired), &BEARER, "cannot load credentials: token expired"),
        (base().bearer_token(Token::new("a\nb")), &BEARER, "invalid bearer token"),
    ] {
        let error = sent(builder, operation).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn an_unsigned_payload_stays_out_of_the_signature() {
    let signature = |operation| {
        let request = request(signed(), operation, require_endpoint_url).unwrap();
        let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        (header("x-amz-content-sha256"), header("authorization").unwrap())
    };
    let (hash, authorization) = signature(&UNSIGNED_PAYLOAD);
    assert_eq!(hash.as_deref(), Some("UNSIGNED-PAYLOAD"));
    assert!(authorization.contains("x-amz-content-sha256"), "{authorization}");
    let (hash, other) = signature(&SIGNED);
    assert_eq!(hash, None);
    assert_ne!(authorization, other);
}

#[test]
fn endpoint_schemes_go_before_those_of_the_model() {
    let with = |scheme: endpoint::AuthScheme| {
        move |_: &endpoint::EndpointParameters| Ok(Endpoint::new("http://s.test").with_auth_scheme(scheme.clone()))
    };
    let scheme = endpoint::AuthScheme::new("sigv4").with_signing_name("other").with_signing_region("eu-west-1");
    let header = sent_to(signed(), &SIGNED, with(scheme)).unwrap().1.unwrap();
    assert!(header.contains("/eu-west-1/other/aws4_request"), "{header}");
    let error = sent_to(signed(), &SIGNED, with(endpoint::AuthScheme::new("sigv4-s3express"))).unwrap_err();
    assert!(error.to_string().contains("`sigv4-s3express`: sessions of S3 Express"), "{error}");
    let asymmetric = endpoint::AuthScheme::new("sigv4a").with_signing_region_set(["*"]);
    let result = sent_to(signed(), &SIGNED, with(asymmetric));
    if cfg!(feature = "sigv4a") {
        let header = result.unwrap().1.unwrap();
        assert!(header.starts_with("AWS4-ECDSA-P256-SHA256 Credential=AKID/20260101/example/aws4_request"), "{header}");
    } else {
        assert!(result.unwrap_err().to_string().contains("the feature `sigv4a` is not enabled"));
    }
}

#[test]
fn presigned_requests_carry_the_signature_in_their_url() {
    let core = Core::new(signed().build(), require_endpoint_url);
    let presign = |expires_in| {
        let call = core.begin_dynamic(protocol(), &SERVICE, &SIGNED, &input()).unwrap();
        let credentials = call.credentials_provider().map(|provider| provider.provide());
        call.presign(credentials, expires_in)
    };
    let request = presign(Duration::from_secs(60)).unwrap();
    let query = request.uri.query().unwrap();
    for part in [
        "X-Amz-Algorithm=AWS4-HMAC-SHA256",
        "X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Fexample%2Faws4_request",
        "X-Amz-Date=20260101T000000Z",
        "X-Amz-Expires=60",
        "X-Amz-SignedHeaders=content-type%3Bhost%3Bx-amz-target",
        "X-Amz-Signature=",
    ] {
        assert!(query.contains(part), "{part} in {query}");
    }
    assert!(!request.headers.contains_key("authorization") && request.headers.contains_key("x-amz-target"));
    let shown = format!("{request:?}");
    assert!(shown.contains("service.test") && !shown.contains("Signature"), "{shown}");
    for expiry in [Duration::ZERO, Duration::from_secs(8 * 24 * 3600)] {
        assert!(presign(expiry).unwrap_err().to_string().contains("invalid expiry"));
    }
}
