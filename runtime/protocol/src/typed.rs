//! The client's half of protocols for generated types, without the protocol's type.

use std::marker::PhantomData;

use whitesmith_codec::{ErasedSeed, ReadError, ReadOptions, WriteOptions};
use whitesmith_schema::erased::Erased;
use whitesmith_schema::{Operation, Service};

use crate::object::{JudgeResponse, ProtocolObject};
use crate::{Protocol, ReceivedResponse, Request, WriteError};

/// The client's half of a [`Protocol`] behind a reference, for generated types. The crate that makes one with [`typed`] compiles
/// the protocol; programs that are handed it do not.
#[allow(missing_docs, reason = "the methods are those of `Protocol`")]
#[allow(clippy::missing_errors_doc, reason = "the methods are those of `Protocol`")]
pub trait TypedProtocol: JudgeResponse {
    fn write_request(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        input: Erased<'_>,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError>;

    fn read_output(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: ErasedSeed<'_>,
    ) -> Result<(), ReadError>;

    fn read_error(
        &self,
        service: &'static Service,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: ErasedSeed<'_>,
    ) -> Result<(), ReadError>;
}

/// The client's half of a protocol.
#[must_use]
pub const fn typed<P: Protocol>() -> &'static dyn TypedProtocol {
    &ProtocolObject::<P>(PhantomData)
}

impl<P: Protocol> TypedProtocol for ProtocolObject<P> {
    fn write_request(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        input: Erased<'_>,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError> {
        P::write_request(service, operation, &input, options)
    }

    fn read_output(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: ErasedSeed<'_>,
    ) -> Result<(), ReadError> {
        P::read_output(operation, response, options, seed)
    }

    fn read_error(
        &self,
        service: &'static Service,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: ErasedSeed<'_>,
    ) -> Result<(), ReadError> {
        P::read_error(service, response, options, seed)
    }
}
