//! Accepting connections.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};

use super::Broken;
use super::connection::answer;
use super::crowd::{Crowd, Ended, Requests, Tracked};
use super::stream::Stream;
use crate::site::Site;

/// How long requests in flight may take when the server is stopped. It ends within ten seconds.
const DRAIN: Duration = Duration::from_secs(8);
/// How long to wait when no connection can be accepted, such as for lack of file descriptors.
const PAUSE: Duration = Duration::from_millis(20);

/// Serves until `stop` completes, then finishes the requests in flight.
pub(crate) async fn serve(listener: TcpListener, site: Arc<Site>, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let crowd = Arc::new(Crowd::new(site.engine.config.limits.connections));
    tokio::pin!(stop);
    loop {
        let accept = async {
            let accepted = listener.accept().await;
            // Nobody is asked to make room before somebody wants it.
            (accepted, crowd.place().await)
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
        let watcher = graceful.watcher();
        let (site, crowd) = (Arc::clone(&site), Arc::clone(&crowd));
        tokio::spawn(async move {
            let requests = Arc::new(Requests::default());
            if let Ended::MakesRoom = crowd.drive(connection(tcp, site, watcher, &requests), &requests).await {
                tracing::debug!("closed a connection without a request to make room for another");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("closed connections that were still busy after {DRAIN:?}");
    }
}

async fn connection(
    tcp: TcpStream,
    site: Arc<Site>,
    watcher: hyper_util::server::graceful::Watcher,
    requests: &Arc<Requests>,
) {
    // Answers are small, and written at once.
    let _ = tcp.set_nodelay(true);
    let (stream, reset) = Stream::new(tcp, site.engine.config.limits.write_time);
    #[cfg(feature = "tls")]
    if let Some(tls) = &site.tls {
        let shaken = tokio::time::timeout(site.engine.config.limits.head_time, tls.accept(stream)).await;
        match shaken {
            Ok(Ok(stream)) => return speak(stream, Arc::clone(&site), reset, watcher, requests).await,
            Ok(Err(error)) => return tracing::debug!(%error, "TLS handshake failed"),
            Err(_) => return tracing::debug!("TLS handshake timed out"),
        }
    }
    speak(stream, site, reset, watcher, requests).await;
}

async fn speak<S: AsyncRead + AsyncWrite + Send + Unpin + 'static>(
    stream: S,
    site: Arc<Site>,
    reset: Arc<AtomicBool>,
    watcher: hyper_util::server::graceful::Watcher,
    requests: &Arc<Requests>,
) {
    let limits = site.engine.config.limits;
    let service = service_fn(|request| {
        let in_progress = requests.begin();
        let answered = answer(&site, request, &reset);
        async move { Ok::<_, Broken>(answered.await?.map(|body| Tracked::new(body, in_progress))) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(limits.head.max(MIN_BUFFER))
        .pipeline_flush(true);
    // The library's default is cheaper than the same number set explicitly.
    if limits.headers != DEFAULT_HEADERS {
        http.max_headers(limits.headers);
    }
    let connection = http.serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "connection ended");
    }
}

/// The smallest buffer that the HTTP library accepts, in bytes.
const MIN_BUFFER: usize = 8192;
/// How many headers the HTTP library accepts by default.
const DEFAULT_HEADERS: usize = 100;
