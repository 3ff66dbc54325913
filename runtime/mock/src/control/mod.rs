//! The control API under `/_mock/`. `openapi.yaml` describes it.

mod answer;
mod guard;
mod resources;
mod service;

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Response, StatusCode};

use crate::refused::Refused;
use crate::site::Site;
use answer::{failure, json, nothing, text};

/// Resources that need no token: the page for a browser, which asks for it, and the API's description.
fn public_file(path: &[&str]) -> Option<(&'static str, &'static str)> {
    Some(match path {
        [] | [""] => ("text/html; charset=utf-8", include_str!("page/index.html")),
        ["style.css"] => ("text/css; charset=utf-8", include_str!("page/style.css")),
        ["forms.js"] => ("text/javascript; charset=utf-8", include_str!("page/forms.js")),
        ["script.js"] => ("text/javascript; charset=utf-8", include_str!("page/script.js")),
        ["openapi.yaml"] => ("application/yaml", include_str!("openapi.yaml")),
        _ => return None,
    })
}

/// Whether a path is the control API's and not the service's.
pub(crate) fn is_path(path: &str) -> bool {
    path.strip_prefix("/_mock").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Answers a request to the control API.
pub(crate) fn answer(site: &Site, parts: &Parts, body: Result<Bytes, Refused>) -> Response<Bytes> {
    if let Err((status, reason)) = guard::admit(site, parts) {
        return failure(status, reason);
    }
    let body = match body {
        Ok(body) => body,
        Err(refused) => {
            let (status, _, message) = refused.answer();
            return failure(status, message);
        }
    };
    let segments: Vec<&str> = parts.uri.path().split('/').skip(2).collect();
    if public_file(&segments).is_none()
        && let Err((status, reason)) = guard::authorize(site, parts)
    {
        return failure(status, reason);
    }
    let mut response = route(site, parts, &segments, &body);
    if parts.method == Method::HEAD {
        *response.body_mut() = Bytes::new();
    }
    response
}

/// Answers a request whose response would exceed the memory budget.
pub(crate) fn overloaded() -> Response<Bytes> {
    let (status, _, message) = Refused::Overloaded.answer();
    failure(status, message)
}

/// What one method does at one path.
type Action<'a> = Box<dyn Fn() -> Response<Bytes> + 'a>;

fn route(site: &Site, parts: &Parts, segments: &[&str], body: &Bytes) -> Response<Bytes> {
    let engine = &*site.engine;
    let query = parts.uri.query().unwrap_or_default();
    let with_body = |act: &dyn Fn(&Bytes) -> Response<Bytes>| match guard::is_json(parts) {
        true => act(body),
        false => failure(StatusCode::UNSUPPORTED_MEDIA_TYPE, "expected Content-Type application/json"),
    };
    let public = public_file(segments);
    let actions: Vec<(Method, Action<'_>)> = match segments {
        _ if let Some((media_type, contents)) = public => {
            vec![(Method::GET, Box::new(move || text(media_type, contents)))]
        }
        ["health"] => vec![(Method::GET, Box::new(|| json(StatusCode::OK, &resources::health(site))))],
        ["service"] => vec![(Method::GET, Box::new(|| json(StatusCode::OK, &service::describe(engine))))],
        ["requests"] => vec![
            (Method::GET, Box::new(|| resources::requests(engine, query))),
            (
                Method::DELETE,
                Box::new(|| {
                    engine.forget_requests();
                    nothing()
                }),
            ),
        ],
        ["expectations"] => vec![
            (Method::GET, Box::new(|| json(StatusCode::OK, &resources::expectations(engine)))),
            (Method::POST, Box::new(|| with_body(&|body| resources::expect(engine, body)))),
            (
                Method::DELETE,
                Box::new(|| {
                    engine.rules().clear();
                    nothing()
                }),
            ),
        ],
        ["expectations", id] => {
            vec![(Method::DELETE, Box::new(|| resources::removed(id, |id| engine.rules().remove(id))))]
        }
        ["verification"] => vec![(Method::GET, Box::new(|| json(StatusCode::OK, &resources::verification(engine))))],
        ["faults"] => vec![
            (Method::GET, Box::new(|| json(StatusCode::OK, &resources::faults(engine)))),
            (Method::POST, Box::new(|| with_body(&|body| resources::cause(engine, body)))),
            (
                Method::DELETE,
                Box::new(|| {
                    engine.faults().clear();
                    nothing()
                }),
            ),
        ],
        ["faults", id] => vec![(Method::DELETE, Box::new(|| resources::removed(id, |id| engine.faults().remove(id))))],
        ["events"] => vec![
            (Method::GET, Box::new(|| json(StatusCode::OK, &resources::events(engine)))),
            (
                Method::DELETE,
                Box::new(|| {
                    engine.state().events.clear();
                    nothing()
                }),
            ),
        ],
        ["tasks"] => vec![(Method::GET, Box::new(|| json(StatusCode::OK, &resources::tasks(engine))))],
        ["tasks", id] => vec![(Method::PUT, Box::new(|| with_body(&|body| resources::finish(engine, id, body))))],
        ["reset"] => vec![(
            Method::POST,
            Box::new(|| {
                engine.reset();
                nothing()
            }),
        )],
        _ => return failure(StatusCode::NOT_FOUND, "unknown path of the control API; see /_mock/openapi.yaml"),
    };
    let asked = if parts.method == Method::HEAD { &Method::GET } else { &parts.method };
    match actions.iter().find(|(method, _)| method == asked) {
        Some((_, action)) => action(),
        None => answer::not_allowed(actions.iter().map(|(method, _)| method.as_str())),
    }
}
