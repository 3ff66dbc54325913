//! Both halves of every protocol, and frames of event streams.

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use whitesmith_codec::event_stream::{EventReader, write_event};
use whitesmith_protocol::{
    AwsJson1_0, AwsJson1_1, AwsQuery, DynamicProtocol, Ec2Query, ReadOptions, ReceivedRequest, ReceivedResponse,
    RestJson1, RestXml, RpcV2Cbor, RpcV2Json, WriteOptions, dynamic,
};

use crate::shapes::{CLOSURE, FOREST, GROW};

const PROTOCOLS: [&dyn DynamicProtocol; 8] = [
    dynamic::<AwsJson1_0>(),
    dynamic::<AwsJson1_1>(),
    dynamic::<AwsQuery>(),
    dynamic::<Ec2Query>(),
    dynamic::<RestJson1>(),
    dynamic::<RestXml>(),
    dynamic::<RpcV2Cbor>(),
    dynamic::<RpcV2Json>(),
];

/// Splits a message: its first line, its headers, and its body after an empty line.
fn split(bytes: &[u8]) -> (String, HeaderMap, &[u8]) {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let (head, body) = bytes.split_at(end);
    let head = String::from_utf8_lossy(head).into_owned();
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_bytes(value.trim().as_bytes());
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    (first, headers, body.get(2..).unwrap_or_default())
}

/// A request's first line is a method and a target.
pub(crate) fn request(bytes: &[u8]) {
    let (first, headers, body) = split(bytes);
    let (method, path) = first.split_once(' ').unwrap_or(("POST", &first));
    let method = Method::from_bytes(method.as_bytes()).unwrap_or(Method::POST);
    for protocol in PROTOCOLS {
        let request = ReceivedRequest::new(&method, path, &headers, body);
        let _ = protocol.route(&CLOSURE, request).map_err(|error| format!("{error:?}"));
        match protocol.read_input(&GROW, request, ReadOptions::SERVER) {
            Ok(input) => {
                let members = input.as_map().unwrap_or_else(|| panic!("input is {input:?}"));
                // A label may be empty, for which there is no path.
                let _ = protocol.write_request(&FOREST, &GROW, members, &WriteOptions::default());
            }
            Err(error) => drop(error.to_string()),
        }
    }
}

/// A response's first line is a status.
pub(crate) fn response(bytes: &[u8]) {
    let (first, headers, body) = split(bytes);
    let status = first.trim().parse().ok().and_then(|status| StatusCode::from_u16(status).ok());
    let response = ReceivedResponse::new(status.unwrap_or(StatusCode::OK), &headers, body);
    for protocol in PROTOCOLS {
        let _ = protocol.is_output(&FOREST, response);
        match protocol.read_output(&GROW, response, ReadOptions::CLIENT) {
            Ok(output) => {
                let members = output.as_map().unwrap_or_else(|| panic!("output is {output:?}"));
                let _ = protocol.write_output(&FOREST, &GROW, members);
            }
            Err(error) => drop(error.to_string()),
        }
        let summary = protocol.read_error_summary(&FOREST, &GROW, response, ReadOptions::CLIENT);
        let _ = format!("{summary:?}");
        for error in GROW.errors {
            let _ = protocol.read_error(&FOREST, error, response, ReadOptions::CLIENT);
        }
    }
}

/// The first byte says in pieces of how many bytes the rest arrives.
pub(crate) fn event_stream(bytes: &[u8]) {
    const LIMIT: u32 = 64 * 1024;
    let Some((size, bytes)) = bytes.split_first() else { return };
    let mut reader = EventReader::new(LIMIT);
    for piece in bytes.chunks(usize::from(*size).max(1)) {
        reader.push(piece);
        loop {
            match reader.next_event() {
                Ok(Some(event)) => {
                    let written = write_event(&event).unwrap_or_else(|error| panic!("{error:?}"));
                    let mut again = EventReader::new(LIMIT * 2);
                    again.push(&written);
                    let read = again.next_event().unwrap_or_else(|error| panic!("{error}"));
                    assert_eq!(read.as_ref(), Some(&event));
                }
                Ok(None) => break,
                Err(error) => {
                    let _ = error.to_string();
                    return;
                }
            }
        }
    }
    let _ = reader.finish();
}
