//! Accepting connections.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};

use super::Broken;
use super::connection::answer;
use super::connections::{Connections, Ended, Place, Tracked};
use super::stream::Stream;
use crate::site::Site;

/// How long requests in flight may take when the server is stopped. It ends within ten seconds.
const DRAIN: Duration = Duration::from_secs(8);
/// How long to wait when no connection can be accepted, such as for lack of file descriptors.
const PAUSE: Duration = Duration::from_millis(20);

/// Serves until `stop` completes, then finishes the requests in flight.
pub(crate) async fn serve(listener: TcpListener, site: Arc<Site>, stop: impl Future<Output = ()>) {
    let limits = &site.engine.config.limits;
    let connections = Connections::new(limits.connections, limits.head_time);
    tokio::pin!(stop);
    loop {
        let accept = async {
            let accepted = listener.accept().await;
            // Nobody is asked to make room before somebody wants it.
            (accepted, connections.place().await)
        };
        let (accepted, Some(place)) = (tokio::select! {
            accepted = accept => accepted,
            () = &mut stop => break,
        }) else {
            break;
        };
        let Ok((tcp, _)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let site = Arc::clone(&site);
        tokio::spawn(async move {
            match place.drive(connection(tcp, site, &place)).await {
                Ended::Done => {}
                Ended::MakesRoom => tracing::debug!("closed a connection without a request to make room for another"),
                Ended::Idle => tracing::debug!("closed a connection that had no request for too long"),
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, connections.close()).await.is_err() {
        tracing::warn!("closed connections that were still busy after {DRAIN:?}");
    }
}

async fn connection(tcp: TcpStream, site: Arc<Site>, place: &Place) {
    // Answers are small, and written at once.
    let _ = tcp.set_nodelay(true);
    let (stream, reset) = Stream::new(tcp, site.engine.config.limits.write_time);
    #[cfg(feature = "tls")]
    if let Some(tls) = &site.tls {
        let shaken = tokio::time::timeout(site.engine.config.limits.head_time, tls.accept(stream)).await;
        match shaken {
            Ok(Ok(stream)) => return speak(stream, &site, reset, place).await,
            Ok(Err(error)) => return tracing::debug!(%error, "TLS handshake failed"),
            Err(_) => return tracing::debug!("TLS handshake timed out"),
        }
    }
    speak(stream, &site, reset, place).await;
}

async fn speak<S: AsyncRead + AsyncWrite + Send + Unpin + 'static>(
    stream: S,
    site: &Site,
    reset: Arc<AtomicBool>,
    place: &Place,
) {
    let limits = site.engine.config.limits;
    let requests = &place.requests;
    let service = service_fn(|request| {
        let in_progress = requests.begin();
        let reset = &reset;
        async move {
            requests.take_turn().await;
            Ok::<_, Broken>(answer(site, request, reset).await?.map(|body| Tracked::new(body, in_progress)))
        }
    });
    let mut http = http1::Builder::new();
    // Each answer is sent at once, so that a peer that pipelines and is gone is noticed before all that it sent is answered.
    http.max_buf_size(limits.head.max(MIN_BUFFER));
    // Copying a small body behind its head is cheaper than a system call with two buffers.
    http.writev(false);
    // The library's default is cheaper than the same number set explicitly.
    if limits.headers != DEFAULT_HEADERS {
        http.max_headers(limits.headers);
    }
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let mut is_closing = false;
    let ended = poll_fn(|context| {
        if !is_closing && place.is_closing() {
            is_closing = true;
            connection.as_mut().graceful_shutdown();
        }
        connection.as_mut().poll(context)
    });
    if let Err(error) = ended.await {
        tracing::debug!(%error, "connection ended");
    }
}

/// The smallest buffer that the HTTP library accepts, in bytes.
const MIN_BUFFER: usize = 8192;
/// How many headers the HTTP library accepts by default.
const DEFAULT_HEADERS: usize = 100;
