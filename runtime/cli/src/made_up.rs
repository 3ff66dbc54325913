//! A made-up service, for tests.

use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_protocol::{AwsJson1_0, dynamic};
use whitesmith_schema::{
    Constraints, EnumValue, ErrorTrait, Fault, Member, Operation, ProtocolId, Schema, Service, ShapeType,
};

use crate::{Command, CommandLine, CommandOption, Pages};

static TEXT: Schema = Schema::string("forge#Text").with_constraints(&Constraints::new().with_length(Some(1), None));
static COUNT: Schema =
    Schema::simple("forge#Count", ShapeType::Integer).with_constraints(&Constraints::new().with_range(Some("1"), None));
static LONG: Schema = Schema::simple("forge#Weight", ShapeType::Long);
static RATIO: Schema = Schema::simple("forge#Ratio", ShapeType::Double);
static FLAG: Schema = Schema::simple("forge#Flag", ShapeType::Boolean);
static BYTES: Schema = Schema::simple("forge#Bytes", ShapeType::Blob);
static WHEN: Schema = Schema::simple("forge#When", ShapeType::Timestamp);
static ANY: Schema = Schema::simple("forge#Any", ShapeType::Document);
static METAL: Schema =
    Schema::string_enum("forge#Metal", &[EnumValue::string("TIN", "tin plate"), EnumValue::string("IRON", "iron")]);
static TEXTS: Schema = Schema::list("forge#Texts", &[Member::new("member", &TEXT)]);
static LABELS: Schema = Schema::map("forge#Labels", &[Member::new("key", &TEXT), Member::new("value", &COUNT)]);
static PART: Schema = Schema::structure(
    "forge#Part",
    &[
        Member::new("Name", &TEXT).with_required().with_doc("What it is called."),
        Member::new("Metal", &METAL),
        Member::new("Count", &COUNT),
        Member::new("Parts", &PARTS),
    ],
);
static PARTS: Schema = Schema::list("forge#Parts", &[Member::new("member", &PART)])
    .with_constraints(&Constraints::new().with_length(Some(1), None));
static SECRET: Schema = Schema::string("forge#Secret").with_sensitive();
static CHOICE: Schema = Schema::union("forge#Choice", &[Member::new("A", &TEXT), Member::new("B", &COUNT)]);

/// The input of the only operation.
pub static INPUT: Schema = Schema::structure(
    "forge#MakeRequest",
    &[
        Member::new("Name", &TEXT).with_required().with_doc("What to make."),
        Member::new("Token", &TEXT).with_required().with_idempotency_token(),
        Member::new("Part", &PART),
        Member::new("Parts", &PARTS),
        Member::new("Texts", &TEXTS),
        Member::new("Labels", &LABELS),
        Member::new("Weight", &LONG),
        Member::new("Count", &COUNT),
        Member::new("Ratio", &RATIO),
        Member::new("Hot", &FLAG),
        Member::new("Bytes", &BYTES),
        Member::new("When", &WHEN),
        Member::new("Any", &ANY),
        Member::new("Choice", &CHOICE),
        Member::new("Secret", &SECRET),
    ],
);
/// Its output.
pub static OUTPUT: Schema = Schema::structure(
    "forge#MakeResponse",
    &[
        Member::new("Id", &TEXT),
        Member::new("When", &WHEN),
        Member::new("Parts", &PARTS),
        Member::new("Labels", &LABELS),
        Member::new("Choice", &CHOICE),
    ],
);
static COLD: Schema =
    Schema::structure("forge#ColdException", &[Member::new("Message", &TEXT), Member::new("Degrees", &COUNT)])
        .with_error(&ErrorTrait { fault: Fault::Client, status: 400, retryable: None, query_code: None });

/// The operation.
pub static MAKE: Operation =
    Operation::new("forge#Make", "Make", &INPUT, &OUTPUT).with_errors(&[&COLD]).with_doc("Makes something.");
static SERVICE: Service = Service::new("forge#Forge", "Forge", "2024-01-01", ProtocolId::AwsJson1_0);

/// The command line.
pub static COMMAND_LINE: CommandLine = CommandLine {
    name: "forge",
    version: "1.2.3",
    service: &SERVICE,
    protocol: dynamic::<AwsJson1_0>(),
    resolve_endpoint: require_endpoint_url,
    pages: Pages::Texts(&[("README", "NAME\n       forge\n"), ("make", "NAME\n       make\n")]),
    commands: &[Command::new("make", &MAKE).with_options(&[
        CommandOption::value("--name", "Name"),
        CommandOption::value("--token", "Token"),
        CommandOption::value("--part", "Part"),
        CommandOption::value("--parts", "Parts"),
        CommandOption::value("--texts", "Texts"),
        CommandOption::value("--labels", "Labels"),
        CommandOption::value("--weight", "Weight"),
        CommandOption::value("--count", "Count"),
        CommandOption::value("--ratio", "Ratio"),
        CommandOption::switch("--hot", "--no-hot", "Hot"),
        CommandOption::value("--bytes", "Bytes"),
        CommandOption::value("--when", "When"),
        CommandOption::value("--any", "Any"),
        CommandOption::value("--choice", "Choice"),
        CommandOption::value("--secret", "Secret"),
    ])],
};
