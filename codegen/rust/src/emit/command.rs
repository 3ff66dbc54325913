//! The command line `<name>-cli`: static tables for the runtime crate `cli`.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::library_path;
use super::rust::{FormatError, ident, path};
use super::{Context, File, manifest};
use crate::plan::{OperationPlan, OptionPlan, Plan, ProtocolId};
use whitesmith_docs::naming_cli::{OptionName, command_name};

pub(super) fn files(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    // A command line is emitted for services with a supported protocol alone.
    let Some(protocol) = context.plan.service.command_protocol else { return Ok(Vec::new()) };
    let mut files = Vec::from(context.crate_files(&manifest(context)));
    files.push(context.rust("src/lib.rs", tables(context.plan, protocol))?);
    if context.with_program {
        files.push(context.rust("src/main.rs", program(context.plan))?);
        files.push(context.rust("tests/program.rs", program_test(context.plan))?);
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

fn title(plan: &Plan) -> String {
    format!("Command line for {}.", plan.service.title.markdown())
}

fn tables(plan: &Plan, protocol: ProtocolId) -> TokenStream {
    let protocol = ident(protocol.facts().type_name);
    let library = path(&library_path(plan));
    let docs = super::rust::module_doc(&format!("{}\n\nThe commands and their options.", title(plan)));
    let name = &plan.command;
    let commands = plan.commands().map(command);
    let has_waiters = plan.commands().any(|operation| !operation.traits.waiters.is_empty());
    let has_options = plan.commands().any(|operation| !operation.options.is_empty());
    let option_type = has_options.then(|| quote!(, CommandOption));
    let waiter_type = has_waiters.then(|| quote!(, CommandWaiter));
    let waiters_page = if has_waiters { quote!(include_str!("../docs/wait/README.txt")) } else { quote!("") };
    let references = plan.commands().map(|operation| ident(&operation.constant));
    quote! {
        #docs

        use #library::{endpoint, schema};
        use whitesmith_cli::protocol::{#protocol, dynamic};
        use whitesmith_cli::{Command, CommandLine #option_type #waiter_type};

        /// The command line of the service.
        pub static COMMAND_LINE: CommandLine = CommandLine {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            service: &schema::SERVICE,
            protocol: dynamic::<#protocol>(),
            resolve_endpoint: endpoint::resolve,
            page: include_str!("../docs/README.txt"),
            waiters_page: #waiters_page,
            commands: &[#(#references),*],
        };

        #(#commands)*
    }
}

fn command(operation: &OperationPlan) -> TokenStream {
    let name = &operation.command;
    let constant = ident(&operation.constant);
    let page = format!("../docs/{name}.txt");
    let options = operation.options.iter().map(|OptionPlan { member, name, former }| {
        let former = former.iter().map(|former| quote!(.with_former_flag(#former)));
        match name {
            OptionName::Value(flag) => quote!(CommandOption::value(#flag, #member) #(#former)*),
            OptionName::Pair { positive, negative } => quote!(CommandOption::switch(#positive, #negative, #member)),
        }
    });
    let waiters = &operation.traits.waiters;
    let waiters = (!waiters.is_empty()).then(|| {
        let names = waiters.iter().map(|waiter| command_name(&waiter.name));
        let ids = waiters.iter().map(|waiter| &waiter.name);
        let pages = waiters.iter().map(|waiter| format!("../docs/wait/{}.txt", command_name(&waiter.name)));
        quote!(.with_waiters(&[#(CommandWaiter::new(#names, #ids, include_str!(#pages))),*]))
    });
    quote! {
        const #constant: Command = Command::new(#name, &schema::#constant, include_str!(#page))
            .with_options(&[#(#options),*])
            #waiters;
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
    let program = format!("\n[[bin]]\nname = \"{name}\"\npath = \"src/main.rs\"\ndoc = false\n");
    let program = if context.with_program { program.as_str() } else { "" };
    format!(
        r#"{package}{program}
[features]
default = ["credential-chain"]
# Credentials from roles, web identity, SSO, containers and instance metadata in addition to keys and processes.
credential-chain = ["whitesmith-cli/credential-chain"]

[dependencies]
{name} = {{ path = "../{name}", default-features = false, features = ["client"] }}
whitesmith-cli = {{ path = "{runtime}/cli", default-features = false }}
"#
    )
}
