//! Streams of events as a client and as a server see them.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use whitesmith_client::blocking::Client;
use whitesmith_client::core::AttemptLimits;
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::{Config, Error};
use whitesmith_protocol::event_stream::{
    EventHeaderValue, EventMessage, EventProtocol, EventReader, ReceivedEvent, read_event, write_event,
};
use whitesmith_protocol::{ReadOptions, ReceivedRequest, Typed};
use whitesmith_schema::{
    Absent, Closure, DeserializeMembers as _, Deserializer as _, EventUnion, ModeledError, Timestamp, TypedOperation,
    Value, ValueMap, ValueReader, from_value, to_value,
};

use crate::event_case::{EventCase, EventOfCase, ExpectedFailure};
use crate::params::{params, read, shaped};
use crate::{Failure, compare, headers};

/// Why a step did not go on.
enum Stop {
    /// The case does not hold.
    Failed(Failure),
    /// The receiver refused what it got, for the error of that shape.
    Refused(Option<&'static str>, String),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl EventCase {
    /// Sends the events of the request, and receives those of the response.
    ///
    /// # Errors
    /// What differs.
    pub fn check_client<P, O, I, E>(&self) -> Result<(), Failure>
    where
        P: EventProtocol,
        O: TypedOperation,
        I: EventUnion,
        E: EventUnion,
    {
        self.judge(self.run_client::<P, O, I, E>())
    }

    /// Receives the events of the request, and sends those of the response.
    ///
    /// # Errors
    /// What differs.
    pub fn check_server<P, O, I, E>(&self, closure: &'static Closure) -> Result<(), Failure>
    where
        P: EventProtocol,
        O: TypedOperation,
        I: EventUnion,
        E: EventUnion,
    {
        self.judge(self.run_server::<P, O, I, E>(closure))
    }

    fn judge(&self, run: Result<(), Stop>) -> Result<(), Failure> {
        match (run, self.failure) {
            (Ok(()), None) | (Err(Stop::Refused(..)), Some(ExpectedFailure::Any)) => Ok(()),
            (Err(Stop::Refused(Some(id), _)), Some(ExpectedFailure::Error(expected))) if id == expected => Ok(()),
            (Ok(()), Some(expected)) => Err(Failure::differs("the outcome", &expected, &"success")),
            (Err(Stop::Refused(id, why)), Some(expected)) => {
                Err(Failure::differs("the failure", &expected, &format!("{id:?}: {why}")))
            }
            (Err(Stop::Refused(_, why)), None) => Err(Failure(why)),
            (Err(Stop::Failed(failure)), _) => Err(failure),
        }
    }

    fn events(&self, of_request: bool) -> impl Iterator<Item = &EventOfCase> {
        self.events.iter().filter(move |event| event.is_request == of_request)
    }

    fn run_client<P, O, I, E>(&self) -> Result<(), Stop>
    where
        P: EventProtocol,
        O: TypedOperation,
        I: EventUnion,
        E: EventUnion,
    {
        if let Some(request) = &self.initial_request {
            request.check_client::<P, O>()?;
        }
        for event in self.events(true) {
            event.check_written::<P, I>()?;
        }
        if self.initial_response.is_none() && self.events(false).next().is_none() {
            return Ok(());
        }
        let response = self.response()?;
        let transport = move |_: Request<Bytes>, _: &AttemptLimits| Ok(response.clone());
        let config = Config::builder().endpoint_url("https://example.com").unsigned().build();
        let client = Client::with_transport(config, require_endpoint_url, transport);
        // The input does not matter: its required members are empty.
        let input = O::Input::deserialize_members(&mut Absent)
            .map_err(|member| Failure(format!("{} has no empty value", member.name)))?;
        let (output, events) = client.receive_events::<P, O, E>(&input).map_err(|error| refused(&error))?;
        if let Some(response) = &self.initial_response {
            compare::received_values::<P, O::Output>(&params(response.params)?, &output)?;
        }
        let mut expected = self.events(false);
        for event in events {
            let event = event.map_err(|error| refused(&error))?;
            let case = expected.next().ok_or_else(|| Failure(format!("an event too many: {event:?}")))?;
            compare::values(&case.typed::<E>()?, &event)?;
        }
        match expected.next() {
            Some(missing) => Err(Failure(format!("an event is missing: {missing:?}")).into()),
            None => Ok(()),
        }
    }

    /// The response with the events as its body.
    fn response(&self) -> Result<Response<Bytes>, Failure> {
        let mut response = Response::new(Bytes::new());
        let mut body = Vec::new();
        if let Some(initial) = &self.initial_response {
            *response.status_mut() =
                StatusCode::from_u16(initial.code).map_err(|error| Failure::step("the case's status", &error))?;
            *response.headers_mut() = headers::received(initial.headers)?;
            body = compare::bytes(initial.body.unwrap_or_default(), initial.media_type())?;
        }
        for event in self.events(false) {
            body.extend(event.bytes()?);
        }
        *response.body_mut() = body.into();
        Ok(response)
    }

    fn run_server<P, O, I, E>(&self, closure: &'static Closure) -> Result<(), Stop>
    where
        P: EventProtocol,
        O: TypedOperation,
        I: EventUnion,
        E: EventUnion,
    {
        match &self.initial_request {
            Some(request) => request.check_server::<P, O>(closure)?,
            None if self.events(true).next().is_some() => {
                let (method, headers) = (Method::POST, HeaderMap::new());
                let request = ReceivedRequest::new(&method, "/", &headers, b"");
                let input = P::read_input(O::OPERATION, request, ReadOptions::SERVER, Typed::<O::Input>::new());
                input.map_err(|error| Stop::Refused(None, error.to_string()))?;
            }
            None => {}
        }
        for event in self.events(true) {
            let read = event.read::<P, I>(ReadOptions::SERVER)?;
            compare::values(&event.typed::<I>()?, &read)?;
        }
        if let Some(response) = &self.initial_response {
            response.check_server::<P, O>()?;
        }
        for event in self.events(false) {
            event.check_written::<P, E>()?;
        }
        Ok(())
    }
}

/// The error that ended a call or a stream.
fn refused<E: ModeledError>(error: &Error<E>) -> Stop {
    Stop::Refused(error.kind().map(|kind| kind.schema().id), error.to_string())
}

impl EventOfCase {
    fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let bytes = self.bytes.unwrap_or_default();
        base64_simd::STANDARD.decode_to_vec(bytes).map_err(|error| Failure::step("the case's bytes", &error))
    }

    /// The value as the union's map with one entry.
    fn value<U: EventUnion>(&self) -> Result<ValueMap, Failure> {
        match shaped(read(self.params.unwrap_or("{}"))?, U::SCHEMA)? {
            Value::Map(members) => Ok(members),
            other => Err(Failure::differs("the case's params", &"an object", &other)),
        }
    }

    fn typed<U: EventUnion>(&self) -> Result<U, Failure> {
        from_value(Value::Map(self.value::<U>()?)).map_err(|error| Failure::step("the case's params", &error))
    }

    /// The value after it was a generated type: an event or an error of the union.
    fn through_type<U: EventUnion>(&self) -> Result<ValueMap, Failure> {
        let step = |error| Failure::step("the case's params", &error);
        let members = self.value::<U>()?;
        let error = members.iter().find_map(|(name, value)| {
            let member = U::SCHEMA.member(name).filter(|member| member.target.error.is_some())?;
            let mut reader = ValueReader::new(value.clone());
            let read =
                reader.structure_with(member.target, |reader| U::Error::deserialize_error(member.target, reader));
            Some((member.name, read))
        });
        let Some((name, error)) = error else {
            return match to_value(&from_value::<U>(Value::Map(members)).map_err(step)?) {
                Value::Map(members) => Ok(members),
                _ => Ok(ValueMap::new()),
            };
        };
        let error = error.map_err(step)?.ok_or_else(|| Failure(format!("{name} is not an error of the stream")))?;
        Ok([(name, to_value(&error))].into_iter().collect())
    }

    /// Reads the event as the receiver does.
    fn read<P: EventProtocol, U: EventUnion>(&self, options: ReadOptions) -> Result<U, Stop> {
        let mut reader = EventReader::new(EventReader::DEFAULT_LIMIT);
        reader.push(&self.bytes()?);
        let refuse = |why: &dyn std::fmt::Display| Stop::Refused(None, why.to_string());
        let message = reader.next_event().map_err(|error| refuse(&error))?;
        let message = message.ok_or_else(|| refuse(&"the message has no end"))?;
        match read_event::<P>(U::SCHEMA, &message, options).map_err(|problem| refuse(&problem))? {
            ReceivedEvent::Event { member, value } => {
                from_value(Value::Map([(member.name, value)].into_iter().collect())).map_err(|error| refuse(&error))
            }
            ReceivedEvent::Exception { member, .. } => {
                Err(Stop::Refused(Some(member.target.id), "the stream ends with an exception".to_owned()))
            }
            other => Err(refuse(&format!("the stream has {other:?}"))),
        }
    }

    /// Writes the event as the sender does, and compares the message.
    fn check_written<P: EventProtocol, U: EventUnion>(&self) -> Result<(), Stop> {
        let written = write_event::<P>(U::SCHEMA, &self.through_type::<U>()?);
        let written = written.map_err(|error| Failure::step("the event", &error))?;
        let expected = headers_of_case(self.headers.unwrap_or("{}"))?;
        let found = headers_of(&written);
        if expected != found {
            return Err(Failure::differs("the headers", &expected, &found).into());
        }
        let body = self.body.unwrap_or_default();
        compare::body(body, self.body_media_type, written.payload())?;
        let mut reader = EventReader::new(EventReader::DEFAULT_LIMIT);
        reader.push(&self.bytes()?);
        let message = reader.next_event().map_err(|error| Failure::step("the case's bytes", &error))?;
        match message {
            Some(message) if headers_of(&message) != found => {
                Err(Failure::differs("the headers of the bytes", &headers_of(&message), &found).into())
            }
            _ => Ok(()),
        }
    }
}

/// Headers by name, with types and values as text.
type Headers = std::collections::BTreeMap<String, String>;

fn headers_of(message: &EventMessage) -> Headers {
    let base64 = |bytes: &[u8]| base64_simd::STANDARD.encode_to_string(bytes);
    let text = |value: &EventHeaderValue| match value {
        EventHeaderValue::Bool(value) => format!("boolean {value}"),
        EventHeaderValue::Byte(value) => format!("byte {value}"),
        EventHeaderValue::Int16(value) => format!("short {value}"),
        EventHeaderValue::Int32(value) => format!("integer {value}"),
        EventHeaderValue::Int64(value) => format!("long {value}"),
        EventHeaderValue::ByteArray(bytes) => format!("blob {}", base64(bytes)),
        EventHeaderValue::String(text) => format!("string {}", text.as_str()),
        EventHeaderValue::Timestamp(time) => format!("timestamp {}.{:09}", time.secs(), time.subsec_nanos()),
        other => format!("{other:?}"),
    };
    message.headers().iter().map(|header| (header.name().as_str().to_owned(), text(header.value()))).collect()
}

fn headers_of_case(json: &str) -> Result<Headers, Failure> {
    let unfit = || Failure("the case's headers have another form".to_owned());
    let Value::Map(headers) = read(json)? else { return Err(unfit()) };
    let mut read = Headers::new();
    for (name, value) in headers {
        let (kind, value) = value.as_map().and_then(|value| value.iter().next()).ok_or_else(unfit)?;
        let text = match (kind, value) {
            ("timestamp", Value::String(text)) => {
                let time = Timestamp::parse_date_time(text).map_err(|_| unfit())?;
                format!("{}.{:09}", time.seconds(), time.subsecond_nanos())
            }
            (_, Value::String(text)) => text.clone(),
            (_, Value::Boolean(value)) => value.to_string(),
            (_, Value::Number(number)) => number.to_string(),
            _ => return Err(unfit()),
        };
        read.insert(name, format!("{kind} {text}"));
    }
    Ok(read)
}
