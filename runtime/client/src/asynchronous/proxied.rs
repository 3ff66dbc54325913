//! A connection that knows whether a proxy is at its other end.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};

/// A connection to a host, or to a proxy that gets the whole URL in a request's first line (RFC 9112, section 3.2.2).
pub(super) struct MaybeProxied<T> {
    stream: T,
    is_proxied: bool,
    used: Used,
}

/// Whether a connection has carried a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Used(Arc<AtomicBool>);

impl Used {
    /// Notes a request, and returns whether it was not the first one.
    pub(super) fn note(&self) -> bool {
        self.0.swap(true, Ordering::Relaxed)
    }
}

impl<T> MaybeProxied<T> {
    pub(super) fn direct(stream: T) -> Self {
        Self { stream, is_proxied: false, used: Used::default() }
    }

    pub(super) fn proxied(stream: T) -> Self {
        Self { stream, is_proxied: true, used: Used::default() }
    }
}

impl<T: Connection> Connection for MaybeProxied<T> {
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.is_proxied).extra(self.used.clone())
    }
}

impl<T: Read + Unpin> Read for MaybeProxied<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<T: Write + Unpin> Write for MaybeProxied<T> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, buffer)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, buffers)
    }
}
