//! Functions of endpoint rules (Smithy 2.0, "Rules engine standard library functions" and "AWS rules engine library
//! functions"), and the partitions of AWS.
//!
//! Generated clients and the validator of models call the same functions: a test case of a model's rules has the same
//! result in both.
//!
//! ```
//! use whitesmith_endpoint::{parse_arn, partition};
//!
//! assert_eq!(partition("cn-north-1").dns_suffix, "amazonaws.com.cn");
//! assert_eq!(parse_arn("arn:aws:s3:::bucket/key").map(|arn| arn.resource_id), Some(vec!["bucket", "key"]));
//! ```

// What comes from outside is not indexed, and lengths that it states are not added unchecked: either could panic.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod functions;
mod partition;
mod partitions;

pub use functions::{
    ParsedArn, ParsedUrl, is_host_label, is_valid_host_label, is_virtual_hostable_s3_bucket, parse_arn, parse_url,
    split, substring, uri_encode,
};
pub use partition::Partition;
pub use partitions::{partition, regions};
