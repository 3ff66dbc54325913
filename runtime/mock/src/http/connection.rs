//! From an HTTP request to an HTTP response.

use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, HeaderValue};
use http::{Request, Response};
use hyper::body::Incoming;

use super::request::{Refused, read};
use super::{Broken, Outgoing, Site, encoding};
use crate::control;
use crate::engine::{self, Reaction};
use crate::fault::Transport;

/// Answers a request; an error closes the connection. `reset` makes it end in a reset.
pub(super) async fn answer(
    site: &Site,
    request: Request<Incoming>,
    reset: &AtomicBool,
) -> Result<Response<Outgoing>, Broken> {
    let (parts, body) = request.into_parts();
    let limits = &site.engine.config.limits;
    let is_control = control::is_path(parts.uri.path());
    let raw = read(body, limits).await;
    let decoded = raw.clone().and_then(|raw| encoding::decode(&parts.headers, raw, limits.body));
    if is_control {
        return Ok(control::answer(site, &parts, decoded).map(Outgoing::from));
    }
    // What is signed is the body as it was sent.
    let (raw, body) = match (raw, decoded) {
        (Ok(raw), Ok(body)) => (raw, body),
        (Err(Refused::Broken), _) => return Err(Broken),
        (Err(refused), _) | (_, Err(refused)) => return Ok(refuse(site, refused)),
    };
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let incoming = engine::Incoming { method: &parts.method, path, headers: &parts.headers, body: &body };
    if let Some(authenticator) = &site.authenticator
        && let Err(refusal) = authenticator.check(&parts.method, path, &parts.headers, &raw, engine::now())
    {
        let reaction = site.engine.refuse_signature(&refusal, &incoming);
        return send(reaction, reset);
    }
    let mut reaction = site.engine.react(&incoming);
    if !reaction.delay.is_zero() {
        tokio::time::sleep(reaction.delay).await;
    }
    if let Some(compressed) = encoding::encode(&parts.headers, &reaction.body) {
        reaction.body = compressed;
        reaction.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    send(reaction, reset)
}

/// The answer to a request whose body could not be read; the connection is of no more use.
fn refuse(site: &Site, refused: Refused) -> Response<Outgoing> {
    let (status, code, message) = refused.answer();
    let mut response = engine::unmodeled(site.engine.definition.service, status, code, message);
    response.headers_mut().insert(http::header::CONNECTION, HeaderValue::from_static("close"));
    response.map(|body| Outgoing::from(Bytes::from(body)))
}

fn send(reaction: Reaction, reset: &AtomicBool) -> Result<Response<Outgoing>, Broken> {
    let Reaction { status, headers, body, transport, .. } = reaction;
    let body = match transport {
        Transport::Whole => Outgoing::from(body),
        Transport::Drop => return Err(Broken),
        Transport::Reset => {
            reset.store(true, Ordering::Relaxed);
            return Err(Broken);
        }
        Transport::Truncate(kept) => Outgoing::truncated(&body, kept),
        Transport::Malformed => Outgoing::from(malformed(&body)),
        Transport::Drip { bytes, pause } => Outgoing::Drip { rest: body, piece: bytes, pause, waiting: None },
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// Half of a body, and then what no JSON has.
fn malformed(body: &Bytes) -> Bytes {
    let half = body.get(..body.len() / 2).unwrap_or_default();
    [half, b"\xff\x00<<malformed>>"].concat().into()
}
