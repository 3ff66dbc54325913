//! Peers of every protocol: other people's clients against generated mocks, and generated command lines against moto's
//! server. `tests/clients/README.md` says how they are installed.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use clap::Parser as _;

use crate::cargo_tests::target;
use crate::clients::{Mock, Places, javascript_program, python_program, run_cases};
use crate::observed_cli::build;
use crate::suite::{Context, PROGRAM, Tally};

/// A service that is generated for the peers.
struct Peer {
    /// The name of its crates.
    name: &'static str,
    /// The model, relative to the corpora.
    model: &'static str,
    /// A file of `tests/clients/models` with further traits, and the protocol that is chosen with them.
    variant: Option<(&'static str, &'static str)>,
    artifacts: &'static str,
    operations: &'static [&'static str],
}

const MOCK: &str = "types,mock";
const COMMAND_LINE: &str = "types,client,cli";
const BOTH: &str = "types,client,cli,mock";

const PEERS: &[Peer] = &[
    Peer {
        name: "lambda",
        model: "aws-models/lambda-2015-03-31.json",
        variant: None,
        artifacts: MOCK,
        operations: &[
            "CreateFunction",
            "DeleteFunction",
            "GetFunction",
            "Invoke",
            "ListFunctions",
            "UpdateFunctionConfiguration",
        ],
    },
    Peer {
        name: "s3",
        model: "aws-models/s3-2006-03-01.json",
        variant: None,
        artifacts: BOTH,
        operations: &[
            "CopyObject",
            "CreateBucket",
            "DeleteObjects",
            "GetBucketLocation",
            "GetBucketTagging",
            "GetObject",
            "HeadObject",
            "ListBuckets",
            "ListObjectsV2",
            "PutBucketTagging",
            "PutObject",
        ],
    },
    Peer {
        name: "sns",
        model: "aws-models/sns-2010-03-31.json",
        variant: None,
        artifacts: BOTH,
        operations: &[
            "CreateTopic",
            "GetTopicAttributes",
            "ListTopics",
            "Publish",
            "PublishBatch",
            "SetTopicAttributes",
            "Subscribe",
        ],
    },
    Peer {
        name: "ec2",
        model: "aws-models-converted/ec2.json",
        variant: None,
        artifacts: BOTH,
        operations: &[
            "CreateTags",
            "CreateVpc",
            "DeleteVpc",
            "DescribeInstances",
            "DescribeRegions",
            "DescribeVpcs",
            "RunInstances",
            "TerminateInstances",
        ],
    },
    // The corpus has no service with CBOR; CloudWatch has had it since.
    Peer {
        name: "cloudwatch",
        model: "aws-models/cloudwatch-2010-08-01.json",
        variant: Some(("cloudwatch-cbor.json", "rpcv2Cbor")),
        artifacts: MOCK,
        operations: &["DeleteAlarms", "GetMetricStatistics", "GetMetricWidgetImage", "ListMetrics", "PutMetricData"],
    },
    Peer {
        name: "sqs",
        model: "aws-models/sqs-2012-11-05.json",
        variant: None,
        artifacts: COMMAND_LINE,
        operations: &[
            "CreateQueue",
            "DeleteMessage",
            "GetQueueAttributes",
            "GetQueueUrl",
            "ReceiveMessage",
            "SendMessage",
            "SendMessageBatch",
        ],
    },
    Peer {
        name: "sts",
        model: "aws-models/sts-2011-06-15.json",
        variant: None,
        artifacts: COMMAND_LINE,
        operations: &[
            "AssumeRole",
            "AssumeRoleWithWebIdentity",
            "GetCallerIdentity",
            "GetFederationToken",
            "GetSessionToken",
        ],
    },
    Peer {
        name: "dynamodb",
        model: "aws-models/dynamodb-2012-08-10.json",
        variant: None,
        artifacts: COMMAND_LINE,
        operations: &[
            "BatchWriteItem",
            "CreateTable",
            "DescribeTable",
            "GetItem",
            "ListTables",
            "PutItem",
            "Query",
            "Scan",
        ],
    },
];

/// Runs the suite.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let places = Places::of(context.root)?;
    let folder = target(context.root).join("conformance/peers");
    for peer in PEERS {
        generate(context, &places, &folder, peer)?;
    }
    let programs = build(context, &folder)?;
    let mut tally = Tally::default();
    let mut mocks = Vec::new();
    for peer in PEERS.iter().filter(|peer| peer.artifacts.contains("mock")) {
        let mock = Mock::start(&mut Command::new(program(&programs, &format!("{}-mock", peer.name))))?;
        mocks.push((format!("MOCK_{}", peer.name.to_uppercase()), mock));
    }
    let prepared = [
        ("boto3", python_program(&places, "peers_boto3.py")),
        ("javascript", javascript_program(&places, "peers_javascript.mjs")),
        ("moto", python_program(&places, "peers_moto.py")),
    ];
    for (name, command) in prepared {
        match command {
            Ok(mut command) => {
                command.env("PROGRAMS", &programs).envs(mocks.iter().map(|(name, mock)| (name, &mock.url)));
                run_cases(name, &mut command, &mut tally)?;
            }
            Err(error) => {
                println!("peers: {name} left out: {error:#}");
                tally.skipped += 1;
            }
        }
    }
    Ok(tally)
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

/// Generates a service as a user would.
fn generate(context: &Context<'_>, places: &Places, folder: &Path, peer: &Peer) -> anyhow::Result<()> {
    let mut words: Vec<OsString> = ["whitesmith", "codegen", "--emit", peer.artifacts].map(OsString::from).into();
    let mut option = |name: &str, value: OsString| words.extend([name.into(), value]);
    option("--model", context.corpus.join(peer.model).into());
    option("--name", peer.name.into());
    option("--out", folder.into());
    if let Some((overlay, protocol)) = peer.variant {
        option("--model", places.sources.join("models").join(overlay).into());
        option("--protocol", protocol.into());
    }
    peer.operations.iter().for_each(|name| option("--operation", name.into()));
    let outcome = whitesmith::Arguments::try_parse_from(words)?.command.run(&PROGRAM).context(peer.name)?;
    anyhow::ensure!(outcome == whitesmith::Outcome::Success, "cannot generate {}", peer.name);
    Ok(())
}
