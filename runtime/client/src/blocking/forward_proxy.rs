//! Plain HTTP through a proxy.
//!
//! `ureq` asks a proxy for a tunnel to `https` URLs. A request for an `http` URL goes to the proxy itself, with the whole
//! URL in its first line (RFC 9112, section 3.2.2): many proxies refuse a tunnel to port 80.

use http::header::PROXY_AUTHORIZATION;
use http::{Request, Uri};
use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

use crate::proxy::ProxyServer;

/// Addresses a request to a proxy. Its `host` header names the destination.
pub(super) fn address<B>(request: &mut Request<B>, proxy: &ProxyServer) -> Option<()> {
    let mut parts = proxy.uri.clone().into_parts();
    parts.path_and_query = request.uri().path_and_query().cloned();
    *request.uri_mut() = Uri::from_parts(parts).ok()?;
    if let Some(authorization) = &proxy.authorization {
        request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
    }
    Some(())
}

/// Connects so that requests have the whole URL in their first line.
#[derive(Debug)]
pub(super) struct AbsoluteForm;

impl<In: Transport> Connector<In> for AbsoluteForm {
    type Out = AbsoluteFormTransport<In>;

    fn connect(&self, _: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|transport| AbsoluteFormTransport { transport, at_start: true }))
    }
}

#[derive(Debug)]
pub(super) struct AbsoluteFormTransport<T> {
    transport: T,
    /// Whether the next output begins a request.
    at_start: bool,
}

/// Returns a request's head with the host of its `host` header in its first line.
fn in_absolute_form(head: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(head.get(..head.windows(4).position(|end| end == b"\r\n\r\n")?)?).ok()?;
    let (method, rest) = text.split_once(' ')?;
    let host = text.split("\r\n").skip(1).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim())
    })?;
    let mut rewritten = format!("{method} http://{host}{rest}").into_bytes();
    rewritten.extend_from_slice(head.get(text.len()..)?);
    Some(rewritten)
}

impl<T: Transport> Transport for AbsoluteFormTransport<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.transport.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if !std::mem::replace(&mut self.at_start, false) {
            return self.transport.transmit_output(amount, timeout);
        }
        let output = self.transport.buffers().output();
        let Some(rewritten) = output.get(..amount).and_then(in_absolute_form) else {
            return self.transport.transmit_output(amount, timeout);
        };
        let mut rest = rewritten.as_slice();
        while !rest.is_empty() {
            let output = self.transport.buffers().output();
            let count = rest.len().min(output.len());
            let (part, behind) = rest.split_at(count);
            if let Some(space) = output.get_mut(..count) {
                space.copy_from_slice(part);
            }
            self.transport.transmit_output(count, timeout)?;
            rest = behind;
        }
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        // What is sent after a response is the next request.
        self.at_start = true;
        self.transport.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.transport.is_open()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_gets_the_host() {
        let head = b"POST /a?b HTTP/1.1\r\naccept: x\r\nHost: h:81\r\n\r\nbody";
        assert_eq!(
            in_absolute_form(head).as_deref(),
            Some(&b"POST http://h:81/a?b HTTP/1.1\r\naccept: x\r\nHost: h:81\r\n\r\nbody"[..])
        );
        assert_eq!(in_absolute_form(b"POST / HTTP/1.1\r\n\r\n"), None);
        assert_eq!(in_absolute_form(b"\xff"), None);
    }
}
