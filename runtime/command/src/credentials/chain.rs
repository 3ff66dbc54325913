//! The credential chain of the AWS SDKs.
