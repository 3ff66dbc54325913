//! A request, once its operation and input are known.

use std::borrow::Cow;
use std::sync::Arc;

use http::HeaderMap;
use whitesmith_protocol::{Dynamic, Seed, Typed};
use whitesmith_schema::{Operation, Service, TypedOperation, Value};

use crate::auth::signed_region;
use crate::engine::Glance;
use crate::wire::{self, Received, Response};

/// What answers calls before the mock itself does; `None` leaves a call to the mock.
pub type Handler = Arc<dyn Fn(&Call<'_>) -> Option<Response> + Send + Sync>;

/// A request that has been read and found right.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub(crate) service: &'static Service,
    /// The operation's index in the service.
    pub(crate) index: usize,
    /// The operation.
    pub operation: &'static Operation,
    pub(crate) glance: &'a Glance,
    /// The request's headers.
    pub headers: &'a HeaderMap,
    /// The request's body, decompressed.
    pub body: &'a [u8],
}

impl<'a> Call<'a> {
    /// The input as its generated type; `None` where the call is for another operation.
    pub fn input<O: TypedOperation>(&self) -> Option<O::Input> {
        if self.operation.id == O::OPERATION.id { self.read(Typed::<O::Input>::new()) } else { None }
    }

    /// The input, a [`Value::Map`], where its type is not known.
    pub fn value(&self) -> Option<Value> {
        self.read(Dynamic(self.operation.input))
    }

    fn read<S: Seed>(&self, seed: S) -> Option<S::Value> {
        let request = Received { headers: self.headers, body: self.body };
        wire::read_input(self.service, self.operation, request, seed).ok()
    }

    /// The region that the request is signed for, where it is signed.
    pub fn region(&self) -> Option<&'a str> {
        signed_region(self.headers)
    }

    /// The string at a member of the input.
    pub(crate) fn text(&self, member: &str) -> Option<&'a str> {
        self.glance.text(member)
    }

    /// The input as JSON.
    pub(crate) fn json(&self) -> Option<Cow<'_, serde_json::Value>> {
        let body = if self.body.is_empty() { b"{}" } else { self.body };
        serde_json::from_slice(body).ok().map(Cow::Owned)
    }
}
