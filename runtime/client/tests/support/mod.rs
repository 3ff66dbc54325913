//! A service, a clock that tests move, and calls over both transports.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use whitesmith_client::clock::{Clock, Random};
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::{Config, ConfigBuilder, Credentials, Error};
use whitesmith_protocol::{AwsJson1_0, DynamicProtocol, dynamic};
use whitesmith_schema::{
    ErrorTrait, Fault, Member, Operation, ProtocolId, Schema, Service, ShapeType, Value, ValueMap, prelude,
};

pub static INPUT: Schema = Schema::structure(
    "example#PutInput",
    &[Member::new("Text", &prelude::STRING), Member::new("Token", &prelude::STRING).with_idempotency_token()],
);
pub static OUTPUT: Schema = Schema::structure("example#PutOutput", &[Member::new("Text", &prelude::STRING)]);
static BUSY: Schema = Schema::structure("example#Busy", &[Member::new("message", &prelude::STRING)])
    .with_error(&ErrorTrait { fault: Fault::Server, status: 400, retryable: Some(true), query_code: None });
static BAD: Schema = Schema::structure("example#Bad", &[Member::new("message", &prelude::STRING)])
    .with_error(&ErrorTrait { fault: Fault::Client, status: 400, retryable: None, query_code: None });
pub static PUT: Operation = Operation::new("example#Put", "Put", &INPUT, &OUTPUT).with_errors(&[&BUSY, &BAD]);
static BODY: Schema = Schema::simple("example#Body", ShapeType::Blob).with_streaming();
static STREAMED: Schema = Schema::structure("example#StreamOutput", &[Member::new("Body", &BODY)]);
/// An operation whose output is a stream.
pub static STREAM: Operation =
    Operation::new("example#Stream", "Stream", &INPUT, &STREAMED).with_errors(&[&BUSY, &BAD]);
pub static SERVICE: Service = Service::new("example#Example", "Example", "2024-01-01", ProtocolId::AwsJson1_0)
    .with_aws_names("Example", "example", "example");

/// A clock that stands still, but for the waiting.
#[derive(Clone, Default)]
pub struct VirtualClock(pub Arc<Mutex<Duration>>);

/// 2026-01-01T00:00:00Z, where the virtual clock begins.
pub const START: Duration = Duration::from_secs(1_767_225_600);

impl VirtualClock {
    pub fn passed(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + START + self.passed()
    }

    fn elapsed(&self) -> Duration {
        self.passed()
    }

    fn sleep(&self, duration: Duration) {
        *self.0.lock().unwrap() += duration;
    }
}

/// Always the greatest: waiting times are as long as they can be.
pub struct Greatest;

impl Random for Greatest {
    fn next(&self) -> u64 {
        u64::MAX
    }
}

pub fn config(clock: &VirtualClock) -> ConfigBuilder {
    Config::builder()
        .region("us-east-1")
        .endpoint_url("http://service.test")
        .credentials(Credentials::new("AKID", "SECRET", None))
        .clock(clock.clone())
        .random(Greatest)
}

pub fn input() -> ValueMap {
    [("Text", Value::from("hello"))].into_iter().collect()
}

/// Makes one call over each transport.
pub fn call_both(config: &Config, input: &ValueMap) -> [Result<Value, Error<Value>>; 2] {
    use whitesmith_client::{asynchronous, blocking};

    let client = blocking::Client::new(config.clone(), require_endpoint_url).unwrap();
    let first = client.call_dynamic(protocol(), &SERVICE, &PUT, input);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let second = runtime.block_on(async {
        let client = asynchronous::Client::new(config.clone(), require_endpoint_url).unwrap();
        client.call_dynamic(protocol(), &SERVICE, &PUT, input).await
    });
    [first, second]
}

/// The service's protocol.
pub fn protocol() -> &'static dyn DynamicProtocol {
    dynamic::<AwsJson1_0>()
}
