//! Paths of the peer programs that `benches/peers/install` installs.

use std::path::PathBuf;

use crate::workspace::Workspace;

/// A peer's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// AWS CLI, version 1.
    AwsCliV1,
    /// AWS CLI, version 2.
    AwsCliV2,
    /// Python with boto3.
    Boto3,
    /// moto's server.
    Moto,
    /// node with the AWS SDK for JavaScript.
    JavaScript,
    /// The AWS SDK for Rust.
    RustSdk,
    /// The same for services with REST protocols, in a program of its own.
    RustSdkRest,
    /// A careful handwritten client on the same dependencies as ours.
    ByHand,
}

impl Peer {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::AwsCliV1 => "AWS CLI v1",
            Self::AwsCliV2 => "AWS CLI v2",
            Self::Boto3 => "boto3",
            Self::Moto => "moto",
            Self::JavaScript => "JavaScript SDK",
            Self::RustSdk | Self::RustSdkRest => "Rust SDK",
            Self::ByHand => "by hand",
        }
    }

    /// The first words of its command line, if it is installed. The variables `BENCH_AWS_V1` and `BENCH_AWS_V2` name
    /// command lines that are installed elsewhere.
    pub fn command(self, workspace: &Workspace) -> Option<Vec<PathBuf>> {
        let installed = workspace.scratch.join("peers");
        let scripts = workspace.root.join("benches/peers");
        let elsewhere = |variable: &str, path: PathBuf| std::env::var_os(variable).map_or(path, PathBuf::from);
        let words = match self {
            Self::AwsCliV1 => vec![elsewhere("BENCH_AWS_V1", installed.join("python/bin/aws"))],
            Self::AwsCliV2 => vec![elsewhere("BENCH_AWS_V2", installed.join("aws-cli-v2/bin/aws"))],
            Self::Boto3 => vec![installed.join("python/bin/python"), scripts.join("python/drive.py")],
            Self::Moto => vec![installed.join("python/bin/moto_server")],
            Self::JavaScript => vec![PathBuf::from("node"), installed.join("javascript/drive.mjs")],
            Self::RustSdk => vec![installed.join("rust-sdk/release/drive")],
            Self::RustSdkRest => vec![installed.join("rust-sdk-rest/release/drive")],
            Self::ByHand => vec![installed.join("by-hand/release/drive")],
        };
        let is_there = words.iter().all(|word| word.components().count() == 1 || word.exists());
        is_there.then_some(words)
    }
}
