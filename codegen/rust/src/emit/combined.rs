//! One program for the command lines of several services: the crate `<name>-cli`.

use proc_macro2::TokenStream;
use quote::quote;

use super::command::{build_script, runner};
use super::context::{crate_files, rust_file};
use super::features::Features;
use super::rust::{FormatError, ident};
use super::{File, manifest};
use whitesmith_docs::ModelText;

/// A program for several services.
pub struct CombinedProgram<'a> {
    /// The name of the program.
    pub name: &'a str,
    /// The version of its crate.
    pub version: &'a str,
    /// The lines at the top of each file, without comment marks.
    pub header: &'a str,
    /// The folder of the runtime crates, relative to the folder of a generated crate.
    pub runtime: &'a str,
    /// The services: the names of their crates and their names on the command line, sorted by the latter.
    pub services: &'a [(String, String)],
}

impl CombinedProgram<'_> {
    /// The files of the crate.
    ///
    /// # Errors
    /// The generated code does not parse: a defect of the generator.
    pub fn files(&self) -> Result<Vec<File>, FormatError> {
        let mut files = Vec::from(crate_files(self.header, None, &self.manifest()));
        files.push(rust_file(self.header, "build.rs", build_script())?);
        files.push(rust_file(self.header, "src/main.rs", self.program())?);
        files.push(rust_file(self.header, "tests/program.rs", self.test())?);
        Ok(files)
    }

    fn program(&self) -> TokenStream {
        let libraries = self.services.iter().map(|(name, _)| ident(&format!("{}_cli", name.replace('-', "_"))));
        quote! {
            //! Command line for several services.

            use std::process::ExitCode;

            use whitesmith_cli::CommandLine;

            /// The services, by name.
            const SERVICES: &[&CommandLine] = &[#(&#libraries::COMMAND_LINE),*];

            fn main() -> ExitCode {
                whitesmith_cli::main_of_services(SERVICES)
            }
        }
    }

    /// A test of the program that needs no service.
    fn test(&self) -> TokenStream {
        let run = runner(self.name);
        let services = self.services.iter().map(|(_, command)| command);
        quote! {
            //! Every service has a page.

            use std::process::{Command, Output};

            const SERVICES: &[&str] = &[#(#services),*];

            #run

            #[test]
            fn every_service_has_a_page() {
                for service in SERVICES {
                    let output = run(&[service, "help"]);
                    assert_eq!(output.status.code(), Some(0), "{service}");
                    assert!(!output.stdout.is_empty(), "{service}");
                }
            }

            #[test]
            fn unknown_service_is_a_usage_error() {
                assert_eq!(run(&["no-such-service"]).status.code(), Some(252));
            }
        }
    }

    fn manifest(&self) -> String {
        let Self { name, version, runtime, .. } = self;
        let title = ModelText::from("several services");
        let package =
            manifest::package(&format!("{name}-cli"), version, &manifest::description("Command line", &title));
        let clis: Vec<String> = self.services.iter().map(|(name, _)| format!("{name}-cli")).collect();
        let features = Features::command_line(&clis).section();
        let dependencies: String =
            clis.iter().map(|cli| format!("{cli} = {{ path = \"../{cli}\", default-features = false }}\n")).collect();
        format!(
            r#"{package}
[[bin]]
name = "{name}"
path = "src/main.rs"
test = false

{features}
[dependencies]
{dependencies}whitesmith-cli = {{ path = "{runtime}/cli", default-features = false }}
"#
        )
    }
}
