//! From an HTTP request to an HTTP response.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue};
use http::{Request, Response};
use hyper::body::Incoming;

use super::exchange::ExchangeBody;
use super::request::{check_head, read};
use super::{Broken, Outgoing, encoding};
use crate::control;
use crate::engine::{self, REQUEST_ID, Reaction};
use crate::fault::Transport;
use crate::refused::Refused;
use crate::sample::uuid;
use crate::site::Site;

/// The media type of events, which services send uncompressed.
const EVENT_STREAM: &str = "application/vnd.amazon.eventstream";

/// Answers a request; an error closes the connection. `reset` makes it end in a reset.
pub(super) async fn answer(
    site: &Site,
    request: Request<Incoming>,
    reset: &AtomicBool,
) -> Result<Response<Outgoing>, Broken> {
    let (parts, mut body) = request.into_parts();
    let limits = &site.engine.config.limits;
    if site.engine.has_exchanges {
        // In a box, so that the futures of all other requests are small: each is moved several times.
        match Box::pin(exchange(site, &parts, body)).await {
            Exchange::Begun(response) => return Ok(response),
            Exchange::None(unread) => body = unread,
        }
    }
    let raw = match check_head(&parts, limits) {
        Ok(()) => read(body, limits, &site.budget).await,
        Err(refused) => Err(refused),
    };
    let decoded = raw.clone().and_then(|raw| encoding::decode(&parts.headers, raw, limits.body));
    let decoded = decoded.and_then(|body| {
        let same = raw.as_ref().is_ok_and(|raw| raw.as_ptr() == body.as_ptr());
        if same { Ok(body) } else { Ok(site.budget.hold(body)?) }
    });
    if control::is_path(parts.uri.path()) {
        return Ok(answer_control(site, &parts, decoded));
    }
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let incoming = |body| engine::Incoming { method: &parts.method, path, headers: &parts.headers, body };
    // What is signed is the body as it was sent.
    let (raw, body) = match (raw, decoded) {
        (Ok(raw), Ok(body)) => (raw, body),
        (Err(Refused::Broken), _) => return Err(Broken),
        (Err(refused), _) | (_, Err(refused)) => return send(refuse(site, refused, &incoming(b"")), reset),
    };
    let incoming = incoming(&body);
    if let Some(authenticator) = &site.authenticator
        && let Err(refusal) = authenticator.check(&parts.method, path, &parts.headers, &raw, engine::now())
    {
        return send(site.engine.refuse_signature(&refusal, &incoming), reset);
    }
    let mut reaction = site.engine.react(&incoming);
    let is_of_events = reaction.headers.get(CONTENT_TYPE).is_some_and(|value| value == EVENT_STREAM);
    if !is_of_events && let Some(compressed) = encoding::encode(&parts.headers, &reaction.body) {
        reaction.body = compressed;
        reaction.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    match site.budget.hold(std::mem::take(&mut reaction.body)) {
        Ok(body) => reaction.body = body,
        Err(_) => return send(refuse(site, Refused::Overloaded, &incoming), reset),
    }
    if !reaction.delay.is_zero() {
        Box::pin(tokio::time::sleep(reaction.delay)).await;
    }
    send(reaction, reset)
}

/// A request whose answer may begin before it has ended.
enum Exchange {
    Begun(Response<Outgoing>),
    None(Incoming),
}

/// Begins an exchange of events, if an expectation asks for one.
async fn exchange(site: &Site, parts: &http::request::Parts, body: Incoming) -> Exchange {
    let is_encoded = || parts.headers.contains_key(CONTENT_ENCODING);
    if is_encoded() || check_head(parts, &site.engine.config.limits).is_err() {
        return Exchange::None(body);
    }
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let authenticator = site.authenticator.as_ref();
    let is_refused = authenticator.is_some_and(|authenticator| {
        authenticator.check(&parts.method, path, &parts.headers, b"", engine::now()).is_err()
    });
    let request = engine::Incoming { method: &parts.method, path, headers: &parts.headers, body: b"" };
    let begun = if is_refused { None } else { site.engine.begin_exchange(&request) };
    let Some((reaction, exchanging)) = begun else { return Exchange::None(body) };
    if !reaction.delay.is_zero() {
        tokio::time::sleep(reaction.delay).await;
    }
    let body = ExchangeBody::new(Arc::clone(&site.engine), exchanging, path.to_owned(), body, reaction.body);
    let mut response = Response::new(Outgoing::Exchange(Box::new(body)));
    *response.status_mut() = reaction.status;
    *response.headers_mut() = reaction.headers;
    Exchange::Begun(response)
}

fn answer_control(site: &Site, parts: &http::request::Parts, body: Result<Bytes, Refused>) -> Response<Outgoing> {
    let unread = body.is_err();
    let (mut head, body) = control::answer(site, parts, body).into_parts();
    let body = site.budget.hold(body).unwrap_or_else(|_| {
        let (overloaded, body) = control::overloaded().into_parts();
        head = overloaded;
        body
    });
    if unread {
        head.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    // Not the mock's own randomness, so that control requests do not change what a seed gives.
    if let Ok(id) = HeaderValue::from_bytes(&uuid(&mut fastrand::Rng::new()).text()) {
        head.headers.insert(REQUEST_ID, id);
    }
    Response::from_parts(head, Outgoing::from(body))
}

/// Refuses a request that was not read; its connection cannot be used again.
fn refuse(site: &Site, refused: Refused, request: &engine::Incoming<'_>) -> Reaction {
    let mut reaction = site.engine.refuse_unread(refused, request);
    reaction.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    reaction
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

/// Truncates a body to half its length and appends bytes that are invalid in every format.
fn malformed(body: &Bytes) -> Bytes {
    let half = body.get(..body.len() / 2).unwrap_or_default();
    [half, b"\xff\x00<<malformed>>"].concat().into()
}
