//! What outputs know of the responses that they were read from.

/// What a response says beside the members of its output.
#[derive(Clone, Debug, Default)]
pub struct ResponseMetadata {
    request_id: Option<Box<str>>,
}

impl ResponseMetadata {
    /// Creates the metadata of a response.
    #[must_use]
    pub fn new(request_id: Option<String>) -> Self {
        Self { request_id: request_id.map(String::into_boxed_str) }
    }

    /// Returns the service's id of the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

/// Outputs are equal if their members are.
impl PartialEq for ResponseMetadata {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The service's id of a request, as an output knows it. An error has a method of the same name.
pub trait RequestId {
    /// Returns the service's id of the request, for its support staff; `None` if the response had none.
    fn request_id(&self) -> Option<&str> {
        None
    }

    #[doc(hidden)]
    fn set_response_metadata(&mut self, _metadata: ResponseMetadata) {}
}
