//! HTTP/2, which services with streams of events in both directions ask for.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use crate::support::{PUT, SERVICE, VirtualClock, config, input, protocol};
use http::{HeaderMap, Response, Version};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio_rustls::TlsAcceptor;
use whitesmith_client::asynchronous::Client;
use whitesmith_client::config::{Proxy, Trust};
use whitesmith_client::endpoint::require_endpoint_url;

/// What a server received.
struct Received {
    version: Version,
    authority: Option<String>,
    headers: HeaderMap,
    body: Bytes,
}

/// Serves HTTP/2 over TLS; returns the certificate, too.
async fn serve() -> (SocketAddr, String, Receiver<Received>) {
    let key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let pem = key.cert.pem();
    let private = rustls::pki_types::PrivateKeyDer::try_from(key.signing_key.serialize_der()).unwrap();
    let mut tls = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![key.cert.der().clone()], private)
        .unwrap();
    tls.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, received) = channel();
    tokio::spawn(async move {
        let stream = acceptor.accept(listener.accept().await.unwrap().0).await.unwrap();
        let service = service_fn(move |request: http::Request<Incoming>| {
            let sender = sender.clone();
            async move {
                let (parts, body) = request.into_parts();
                let body = body.collect().await.unwrap().to_bytes();
                let authority = parts.uri.authority().map(ToString::to_string);
                sender.send(Received { version: parts.version, authority, headers: parts.headers, body }).unwrap();
                Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"{}"))))
            }
        });
        let _ = http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
    });
    (address, pem, received)
}

#[tokio::test]
async fn http_2_is_spoken_where_the_server_offers_it() {
    let (address, pem, received) = serve().await;
    let config = config(&VirtualClock::default())
        .endpoint_url(format!("https://localhost:{}", address.port()))
        .trust(Trust::Pem(pem.into_bytes()))
        .proxy(Proxy::None)
        .build();
    let client = Client::new(config, require_endpoint_url).unwrap();
    for _ in 0..2 {
        client.call_dynamic(protocol(), &SERVICE, &PUT, &input()).await.unwrap();
        let received = received.recv().unwrap();
        assert_eq!(received.version, Version::HTTP_2);
        assert_eq!(received.authority, Some(format!("localhost:{}", address.port())));
        assert!(!received.headers.contains_key("host"), "the authority stands for it");
        assert!(received.headers.contains_key("authorization"));
        assert!(received.body.starts_with(b"{"));
    }
}
