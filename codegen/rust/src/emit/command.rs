//! The command line `<name>-cli`: static tables for the runtime crate `cli`.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::library_path;
use super::features::Features;
use super::layout::{Layout, print};
use super::rust::{FormatError, ident, path};
use super::{Context, File, manifest, parts};
use crate::plan::{OperationPlan, OptionPlan, PagingPlan, Plan, ProtocolId};
use whitesmith_docs::naming_cli::{OptionName, command_name};

pub(super) fn files(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    let plan = context.plan;
    // A command line is emitted for services with a supported protocol alone.
    let Some(protocol) = plan.service.command_protocol else { return Ok(Vec::new()) };
    let operations: Vec<&OperationPlan> = plan.commands().collect();
    let parts = parts::operations(&operations);
    let mut files = Vec::from(context.crate_files(&manifest(context)));
    let mut root = context.rust("src/lib.rs", root(plan, protocol, &operations, parts.is_empty()))?;
    if parts.is_empty() {
        write_commands(&mut root.contents, &operations, protocol, "");
    } else {
        let names: Vec<String> = parts.iter().map(|(name, _)| name.clone()).collect();
        files.push(context.text("src/commands.rs", &parts::index("The commands and their options.", &names)));
    }
    files.push(root);
    for (name, operations) in &parts {
        files.push(context.text(&format!("src/commands/{name}.rs"), &part(plan, protocol, operations)));
    }
    if context.with_program {
        files.push(context.rust("build.rs", build_script())?);
        files.push(context.rust("src/main.rs", program(plan))?);
        files.push(context.rust("tests/program.rs", program_test(plan))?);
    }
    Ok(files)
}

fn program(plan: &Plan) -> TokenStream {
    let docs = super::rust::module_doc(&title(plan));
    let library = ident(&format!("{}_cli", plan.library()));
    quote! {
        #docs

        use std::process::ExitCode;

        fn main() -> ExitCode {
            whitesmith_cli::main(&#library::COMMAND_LINE)
        }
    }
}

/// The build script of a program.
pub(super) fn build_script() -> TokenStream {
    quote! {
        //! Links the program at a fixed address where that is known to work: the tables of services hold so many addresses
        //! that computing them would take most of the time of a start.

        use std::env;

        fn main() {
            println!("cargo::rerun-if-changed=build.rs");
            let is = |variable: &str, value: &str| env::var(variable).is_ok_and(|found| found == value);
            let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
            let is_static = features.split(',').any(|feature| feature == "crt-static");
            if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
                println!("cargo::rustc-link-arg-bins=-no-pie");
            }
        }
    }
}

fn title(plan: &Plan) -> String {
    format!("Command line for {}.", plan.service.title.markdown())
}

/// The root of the library, without the commands.
fn root(plan: &Plan, protocol: ProtocolId, operations: &[&OperationPlan], is_whole: bool) -> TokenStream {
    let protocol = ident(protocol.facts().type_name);
    let library = path(&library_path(plan));
    let docs = super::rust::module_doc(&format!("{}\n\nThe commands and their options.", title(plan)));
    let name = &plan.command;
    let has_waiters = operations.iter().any(|operation| !operation.traits.waiters.is_empty());
    let pages = if has_waiters { quote!(pages!("docs", "wait")) } else { quote!(pages!("docs")) };
    let references = operations.iter().map(|operation| ident(&operation.constant));
    let events = (is_whole && has_events(operations)).then(|| {
        quote!(
            use whitesmith_cli::protocol::event_stream::dynamic_events;
        )
    });
    let mut types: Vec<&str> = if is_whole { command_types(operations) } else { Vec::new() };
    types.extend(["CommandLine", "pages"]);
    types.sort_unstable();
    let types = types.into_iter().map(ident);
    let module = (!is_whole).then(|| {
        quote!(
            mod commands;
        )
    });
    let commands = (!is_whole).then(|| {
        quote!(
            use commands::*;
        )
    });
    quote! {
        #docs

        #module

        use #library::{endpoint, schema};
        #events
        use whitesmith_cli::protocol::{#protocol, dynamic};
        use whitesmith_cli::{#(#types),*};
        #commands

        /// The command line of the service.
        pub static COMMAND_LINE: CommandLine = CommandLine {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            service: &schema::SERVICE,
            protocol: dynamic::<#protocol>(),
            resolve_endpoint: endpoint::resolve,
            pages: #pages,
            commands: &[#(#references),*],
        };
    }
}

/// The types of the runtime that the tables of commands name.
fn command_types(operations: &[&OperationPlan]) -> Vec<&'static str> {
    let has_options = operations.iter().any(|operation| !operation.options.is_empty());
    let has_waiters = operations.iter().any(|operation| !operation.traits.waiters.is_empty());
    let has_paging = operations.iter().any(|operation| listed_paging(operation).is_some());
    let types =
        [("Command", true), ("CommandOption", has_options), ("CommandWaiter", has_waiters), ("Paging", has_paging)];
    types.into_iter().filter(|(_, is_named)| *is_named).map(|(name, _)| name).collect()
}

/// Whether one of the commands prints events.
fn has_events(operations: &[&OperationPlan]) -> bool {
    operations.iter().any(|operation| operation.output_events().is_some())
}

/// A part of the commands.
fn part(plan: &Plan, protocol: ProtocolId, operations: &[&OperationPlan]) -> String {
    let types = match command_types(operations).as_slice() {
        [only] => (*only).to_owned(),
        types => format!("{{{}}}", types.join(", ")),
    };
    let library = library_path(plan);
    let mut text = format!("//! A part of the commands.\n\nuse {library}::schema;\n");
    if has_events(operations) {
        text.push_str("use whitesmith_cli::protocol::event_stream::dynamic_events;\n");
        text.push_str(&format!("use whitesmith_cli::protocol::{};\n", protocol.facts().type_name));
    }
    text.push_str(&format!("use whitesmith_cli::{types};\n"));
    write_commands(&mut text, operations, protocol, "pub ");
    text
}

/// Writes the constants of commands, each below a blank line.
fn write_commands(out: &mut String, operations: &[&OperationPlan], protocol: ProtocolId, visibility: &str) {
    for operation in operations {
        let constant = &operation.constant;
        out.push_str(&format!("\n{visibility}const {constant}: Command = "));
        let schema = Layout::text(format!("&schema::{constant}"));
        let command = Layout::call("Command::new", [Layout::string(&operation.command), schema]);
        let mut command = command.with("with_options", [Layout::slice(operation.options.iter().map(option))]);
        if let Some(listed) = listed_paging(operation) {
            command = command.with("with_paging", [paging(listed)]);
        }
        if !operation.traits.waiters.is_empty() {
            let waiters = operation.traits.waiters.iter().map(|waiter| {
                let name = command_name(&waiter.name);
                Layout::call("CommandWaiter::new", [Layout::string(&name), Layout::string(&waiter.name)])
            });
            command = command.with("with_waiters", [Layout::slice(waiters)]);
        }
        if operation.output_events().is_some() {
            let events = Layout::text(format!("dynamic_events::<{}>()", protocol.facts().type_name));
            command = command.with("with_events", [events]);
        }
        print(out, &command, ";\n");
    }
}

/// How pages are fetched, where the operation's trait does not say it.
fn listed_paging(operation: &OperationPlan) -> Option<&PagingPlan> {
    operation.paging.as_ref().filter(|paging| paging.is_listed)
}

fn paging(paging: &PagingPlan) -> Layout<'_> {
    let PagingPlan { is_listed: _, input_tokens, output_tokens, more_results, page_size, results, beside } = paging;
    let slice = |texts: &[String]| Layout::slice(texts.iter().map(|text| Layout::string(text)));
    let fields = [
        ("input_tokens", slice(input_tokens)),
        ("output_tokens", slice(output_tokens)),
        ("more_results", Layout::option(more_results.as_deref())),
        ("page_size", Layout::option(page_size.as_deref())),
        ("results", slice(results)),
        ("beside", slice(beside)),
    ];
    Layout::reference(Layout::structure("Paging", fields))
}

fn option(option: &OptionPlan) -> Layout<'_> {
    let OptionPlan { member, name, former, takes_scalars } = option;
    match name {
        OptionName::Value(flag) => {
            let value = Layout::call("CommandOption::value", [Layout::string(flag), Layout::string(member)]);
            let value =
                former.iter().fold(value, |value, former| value.with("with_former_flag", [Layout::string(former)]));
            if *takes_scalars { value.with("with_scalars", []) } else { value }
        }
        OptionName::Pair { positive, negative } => {
            let arguments = [positive, negative, member].map(|text| Layout::string(text));
            Layout::call("CommandOption::switch", arguments)
        }
    }
}

/// A function of tests that runs a program of their crate.
pub(super) fn runner(program: &str) -> TokenStream {
    let variable = format!("CARGO_BIN_EXE_{program}");
    quote! {
        fn run(arguments: &[&str]) -> Output {
            match Command::new(env!(#variable)).args(arguments).output() {
                Ok(output) => output,
                Err(error) => panic!("cannot run the command line: {error}"),
            }
        }
    }
}

/// A test of the program that needs no service.
fn program_test(plan: &Plan) -> TokenStream {
    let run = runner(&plan.name);
    let commands = plan.commands().map(|operation| &operation.command);
    quote! {
        //! Every command has a skeleton and a page.

        use std::process::{Command, Output};

        const COMMANDS: &[&str] = &[#(#commands),*];

        #run

        #[test]
        fn every_command_prints_a_skeleton() {
            for command in COMMANDS {
                let output = run(&[command, "--generate-cli-skeleton"]);
                assert_eq!(output.status.code(), Some(0), "{command}");
                assert!(output.stdout.starts_with(b"{"), "{command}");
            }
        }

        #[test]
        fn every_command_has_a_page() {
            for command in COMMANDS {
                let output = run(&[command, "help"]);
                assert_eq!(output.status.code(), Some(0), "{command}");
                assert!(String::from_utf8_lossy(&output.stdout).contains("SYNOPSIS"), "{command}");
            }
        }

        #[test]
        fn unknown_command_is_a_usage_error() {
            assert_eq!(run(&["no-such-command"]).status.code(), Some(252));
        }
    }
}

fn manifest(context: &Context<'_>) -> String {
    let Context { plan, version, runtime, .. } = context;
    let name = &plan.name;
    let package =
        manifest::package(&format!("{name}-cli"), version, &manifest::description("Command line", &plan.service.title));
    // The crate of types has the program's name, too, and its documentation is the one to build.
    let program = format!("\n[[bin]]\nname = \"{name}\"\npath = \"src/main.rs\"\ntest = false\ndoc = false\n");
    let program = if context.with_program { program.as_str() } else { "" };
    let events = plan.commands().any(|operation| operation.output_events().is_some());
    let events = if events { ", features = [\"event-stream\"]" } else { "" };
    let features = Features::command_line(&[]).section();
    format!(
        r#"{package}
# Tests run the program.
[lib]
test = false
doctest = false
{program}
{features}
[dependencies]
{name} = {{ path = "../{name}", default-features = false, features = ["client"] }}
whitesmith-cli = {{ path = "{runtime}/cli", default-features = false{events} }}
"#
    )
}
