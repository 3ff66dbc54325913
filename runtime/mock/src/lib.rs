//! A mock server for Smithy services, driven by a schema.
