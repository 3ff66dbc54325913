//! The features of generated crates, as their manifests and their front pages list them.

use crate::plan::{OperationPlan, Plan};

/// The number of columns that a line of a manifest has.
const COLUMNS: usize = 100;

/// The features of a crate, in the order in which they are listed.
pub(super) struct Features(Vec<Feature>);

/// A feature of a crate.
struct Feature {
    name: &'static str,
    /// A sentence, in Markdown.
    description: &'static str,
    is_default: bool,
    enables: Vec<String>,
}

impl Feature {
    fn new(name: &'static str, description: &'static str, enables: &[&str]) -> Self {
        let enables = enables.iter().map(|enabled| (*enabled).to_owned()).collect();
        Self { name, description, is_default: false, enables }
    }

    fn by_default(self, is_default: bool) -> Self {
        Self { is_default, ..self }
    }
}

impl Features {
    /// The features of the crate of types, with or without a client.
    pub fn library(plan: &Plan, has_client: bool) -> Self {
        let mut features = if has_client { client(plan) } else { Vec::new() };
        features.extend([
            Feature::new(
                "serde",
                "Implementations of serde's traits for every type.",
                &["types", "whitesmith-schema/serde"],
            ),
            Feature::new("types", "The types. Without them there is only what the command line reads.", &[])
                .by_default(!has_client),
            Feature::new(
                "validate",
                "The function `validate`, which checks an input against the model's constraints. Clients leave that \
                 to the service.",
                &["dep:whitesmith-validation"],
            ),
        ]);
        Self(features)
    }

    /// The features of a command line that runs on the crates of `others`, too.
    pub fn command_line(others: &[String]) -> Self {
        let chains = others.iter().map(String::as_str).chain(["whitesmith-cli"]);
        let enables = chains.map(|name| format!("{name}/credential-chain")).collect();
        let description = "Credentials from roles, web identity, SSO, containers and instance metadata in addition to keys \
                           and processes.";
        Self(vec![Feature { name: "credential-chain", description, is_default: true, enables }])
    }

    /// The features of the mock.
    pub fn mock() -> Self {
        Self(vec![
            Feature::new("binary", "The mock as a program.", &["tls", "whitesmith-mock/binary"]).by_default(true),
            Feature::new("tls", "HTTPS, with a self-signed certificate or one of your own.", &["whitesmith-mock/tls"]),
        ])
    }

    /// The section of the manifest.
    pub fn section(&self) -> String {
        let defaults: Vec<_> = self.0.iter().filter(|feature| feature.is_default).map(|feature| feature.name).collect();
        let mut section = format!("[features]\n{}", entry("default", &defaults));
        for Feature { name, description, enables, .. } in &self.0 {
            let enables: Vec<_> = enables.iter().map(String::as_str).collect();
            section.push_str(&format!("# {description}\n{}", entry(name, &enables)));
        }
        section
    }

    /// The section of the front page, in Markdown.
    pub fn front_page(&self) -> String {
        let entry = |Feature { name, description, is_default, .. }: &Feature| {
            let default = if *is_default { " (default)" } else { "" };
            format!("- `{name}`{default}: {description}\n")
        };
        format!("# Features\n\n{}", self.0.iter().map(entry).collect::<String>())
    }
}

/// The features of crates with a client.
fn client(plan: &Plan) -> Vec<Feature> {
    let any = |is_used: &dyn Fn(&OperationPlan) -> bool| plan.operations.iter().any(is_used);
    let checksums = any(&|operation| operation.traits.checksum.is_some() || operation.hashes_stream());
    let events = any(&|operation| operation.callable && operation.has_events());
    let shared = [
        ("dep:whitesmith-client", true),
        ("whitesmith-client/checksums", checksums),
        ("whitesmith-client/compression", any(&|operation| operation.compression)),
        ("whitesmith-client/event-stream", events),
    ];
    let shared: Vec<_> = shared.into_iter().filter(|(_, is_used)| *is_used).map(|(name, _)| name).collect();
    vec![
        Feature::new(
            "blocking",
            "A client that blocks the calling thread, in the module `blocking`.",
            &["client", "types", "whitesmith-client/blocking"],
        )
        .by_default(true),
        Feature::new(
            "asynchronous",
            "The same client with futures, for Tokio, in the module `asynchronous`.",
            &["client", "types", "whitesmith-client/asynchronous"],
        ),
        Feature::new("client", "The parts that both clients share, without a transport.", &shared),
        Feature::new(
            "environment",
            "Configuration from environment variables and profiles: `client::environment::Settings`.",
            &["client", "whitesmith-client/environment"],
        ),
        Feature::new(
            "credential-chain",
            "Credentials from roles, web identity, SSO, containers and instance metadata, for `environment`.",
            &["environment", "whitesmith-client/credential-chain"],
        ),
        Feature::new(
            "tracing",
            "Spans and events of calls for the `tracing` crate.",
            &["client", "whitesmith-client/tracing"],
        ),
    ]
}

/// An entry of the manifest, on one line where it fits.
fn entry(name: &str, enables: &[&str]) -> String {
    let quoted: Vec<_> = enables.iter().map(|enabled| format!("\"{enabled}\"")).collect();
    let line = format!("{name} = [{}]", quoted.join(", "));
    if line.len() <= COLUMNS {
        return line + "\n";
    }
    let lines: String = quoted.iter().map(|enabled| format!("    {enabled},\n")).collect();
    format!("{name} = [\n{lines}]\n")
}
