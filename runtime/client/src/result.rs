//! Reading of a call's result: as generated types or as dynamic values.

use std::marker::PhantomData;

use http::{HeaderMap, HeaderName};
use whitesmith_protocol::{
    DynamicProtocol, ErasedSeed, ReadError, ReadOptions, ReadProblem, ReceivedResponse, TypedProtocol,
};
use whitesmith_schema::{
    DeserializeMembers as _, ModeledError as _, Operation, RequestId as _, ResponseMetadata, Schema, Service,
    TypedOperation, Value,
};

/// Headers that services send the request's id in.
const REQUEST_IDS: [HeaderName; 2] =
    [HeaderName::from_static("x-amzn-requestid"), HeaderName::from_static("x-amz-request-id")];

/// Returns the id that the service gave the request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    let value = REQUEST_IDS.iter().find_map(|name| headers.get(name))?;
    value.to_str().ok().map(str::to_owned)
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

    /// Reads an error of the operation.
    ///
    /// # Errors
    /// When the response does not conform to the protocol.
    fn error(
        &self,
        service: &'static Service,
        schema: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Option<Self::Error>, ReadError>;
}

/// Reads generated types with a protocol.
#[derive(Debug)]
pub struct ReadTyped<O> {
    protocol: &'static dyn TypedProtocol,
    operation: PhantomData<fn() -> O>,
}

impl<O> ReadTyped<O> {
    /// Reads with a protocol.
    pub fn new(protocol: &'static dyn TypedProtocol) -> Self {
        Self { protocol, operation: PhantomData }
    }
}

impl<O: TypedOperation> ReadResult for ReadTyped<O> {
    type Output = O::Output;
    type Error = O::Error;

    fn output(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<O::Output, ReadError> {
        let metadata = ResponseMetadata::new(request_id(response.headers));
        let mut read = None;
        let seed = ErasedSeed {
            schema: O::Output::SCHEMA,
            read: &mut |deserializer| {
                read = Some(O::Output::read_members(deserializer, true)?);
                Ok(())
            },
        };
        self.protocol.read_output(operation, response, options, seed)?;
        let mut output = read.ok_or_else(|| ReadError::new(ReadProblem::Expected("a structure"), 0, None))?;
        output.set_response_metadata(metadata);
        Ok(output)
    }

    fn error(
        &self,
        service: &'static Service,
        schema: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Option<O::Error>, ReadError> {
        let mut read = None;
        let seed = ErasedSeed {
            schema,
            read: &mut |deserializer| {
                read = O::Error::read_error(schema, deserializer)?;
                Ok(())
            },
        };
        self.protocol.read_error(service, response, options, seed)?;
        Ok(read)
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
        schema: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Option<Value>, ReadError> {
        self.0.read_error(service, schema, response, options).map(Some)
    }
}
