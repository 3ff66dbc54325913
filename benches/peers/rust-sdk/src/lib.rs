//! The set-up that the programs share.

use aws_sdk_partnercentralselling::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_partnercentralselling::types::Tag;

pub fn config(url: &str) -> aws_sdk_partnercentralselling::config::Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            None,
            None,
            "benchmark",
        ))
}

pub fn tags() -> Vec<Tag> {
    [("team", "alliances"), ("region", "emea")]
        .map(|(key, value)| Tag::builder().key(key).value(value).build().expect("both members are there"))
        .into()
}
