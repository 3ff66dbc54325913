//! How a call's result is read: as generated types or as dynamic values.

use std::marker::PhantomData;

use whitesmith_protocol::{Dynamic, Protocol, ReadError, ReadOptions, ReceivedResponse, Seed, Typed};
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

/// How a call's output and error are read: as generated types or as [`Value`]s.
pub trait ReadResult {
    /// What a success gives.
    type Output;
    /// What a modelled error gives.
    type Error;

    /// Reads the output.
    fn output<P: Protocol>(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Self::Output, ReadError>;

    /// Reads the error that stands at `index` in the operation's `errors`.
    fn error<P: Protocol>(
        &self,
        service: &'static Service,
        index: usize,
        schema: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Option<Self::Error>, ReadError>;
}

/// Reads generated types.
#[derive(Debug)]
pub struct ReadTyped<O>(PhantomData<O>);

impl<O> Default for ReadTyped<O> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<O: TypedOperation> ReadResult for ReadTyped<O> {
    type Output = O::Output;
    type Error = O::Error;

    fn output<P: Protocol>(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<O::Output, ReadError> {
        P::read_output(operation, response, options, Typed::<O::Output>::new())
    }

    fn error<P: Protocol>(
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

/// Reads values by their schemas.
#[derive(Debug)]
pub struct ReadDynamic;

impl ReadResult for ReadDynamic {
    type Output = Value;
    type Error = Value;

    fn output<P: Protocol>(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Value, ReadError> {
        P::read_output(operation, response, options, Dynamic(operation.output))
    }

    fn error<P: Protocol>(
        &self,
        service: &'static Service,
        _: usize,
        schema: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Option<Value>, ReadError> {
        P::read_error(service, response, options, Dynamic(schema)).map(Some)
    }
}
