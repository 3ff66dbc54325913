//! Reading of a call's result: as generated types or as dynamic values.

use std::marker::PhantomData;

use whitesmith_protocol::{DynamicProtocol, Protocol, ReadError, ReadOptions, ReceivedResponse, Seed, Typed};
use whitesmith_schema::{Deserializer, ModeledError, Operation, Schema, Service, TypedOperation, Value};

/// Reads an operation's error as a generated type.
pub(crate) struct TypedError<E> {
    pub(crate) schema: &'static Schema,
    pub(crate) index: usize,
    pub(crate) kind: PhantomData<E>,
}

impl<E: ModeledError> Seed for TypedError<E> {
    type Value = Option<E>;

    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<Option<E>, D::Error> {
        E::deserialize_error(self.index, deserializer)
    }
}

/// Reads a call's output and error.
pub trait ReadResult {
    /// What a success gives.
    type Output;
    /// What a modelled error gives.
    type Error;

    /// Reads the output.
    ///
    /// # Errors
    /// When the response does not conform to the protocol.
    fn output(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Self::Output, ReadError>;

    /// Reads the error at `index` in the operation's `errors`.
    ///
    /// # Errors
    /// When the response does not conform to the protocol.
    fn error(
        &self,
        service: &'static Service,
        index: usize,
        schema: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Option<Self::Error>, ReadError>;
}

/// Reads generated types with a protocol.
#[derive(Debug)]
pub struct ReadTyped<P, O>(PhantomData<fn() -> (P, O)>);

impl<P, O> Default for ReadTyped<P, O> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<P: Protocol, O: TypedOperation> ReadResult for ReadTyped<P, O> {
    type Output = O::Output;
    type Error = O::Error;

    fn output(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<O::Output, ReadError> {
        P::read_output(operation, response, options, Typed::<O::Output>::new())
    }

    fn error(
        &self,
        service: &'static Service,
        index: usize,
        schema: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Option<O::Error>, ReadError> {
        P::read_error(service, response, options, TypedError { schema, index, kind: PhantomData })
    }
}

/// Reads values by their schemas with a protocol.
#[derive(Debug)]
pub struct ReadDynamic(pub &'static dyn DynamicProtocol);

impl ReadResult for ReadDynamic {
    type Output = Value;
    type Error = Value;

    fn output(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Value, ReadError> {
        self.0.read_output(operation, response, options)
    }

    fn error(
        &self,
        service: &'static Service,
        _: usize,
        schema: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Option<Value>, ReadError> {
        self.0.read_error(service, schema, response, options).map(Some)
    }
}
