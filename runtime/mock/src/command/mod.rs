//! The command line of a mock's binary.

mod arguments;
mod logging;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use crate::{AccessKey, Definition, Identity, ServerBuilder};
use arguments::Arguments;

/// Runs a mock's binary with the arguments of the process: serves until it is interrupted or told to end.
///
/// The first line on standard output is the URL. Exit status: 0 ended as told, 2 could not be started.
pub fn run(definition: Definition) -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    logging::start(arguments.log_level, arguments.log_format);
    match serve(definition, arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", definition.name);
            ExitCode::from(2)
        }
    }
}

/// Why the mock could not be started, or did not end well.
type Failure = Box<dyn std::error::Error>;

fn serve(definition: Definition, arguments: Arguments) -> Result<(), Failure> {
    let scripts = arguments.script.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // Before anything is listened on, so that no signal gets lost.
    let told_to_end = {
        let _entered = runtime.enter();
        told_to_end()?
    };
    let server = builder(definition, arguments)?.start()?;
    for (path, script) in &scripts {
        server.script(script).map_err(|error| format!("{path}: {error}"))?;
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", server.url())?;
    out.flush()?;
    tracing::info!(url = server.url(), "listening; a browser shows the mock at /_mock/");
    runtime.block_on(told_to_end)?;
    tracing::info!("ending, once what is in flight is done");
    drop(server);
    Ok(())
}

fn read(path: &std::path::Path) -> Result<(String, String), Failure> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{name} cannot be read: {error}"))?;
    Ok((name, text))
}

/// Listens for signals from now on; what is given is done when the first has come.
#[cfg(unix)]
fn told_to_end() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        Ok(())
    })
}

/// Listens for Ctrl-C; what is given is done when it has come.
#[cfg(not(unix))]
fn told_to_end() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}

fn builder(definition: Definition, arguments: Arguments) -> Result<ServerBuilder, Failure> {
    let identity = identity(&arguments)?;
    let access_keys = access_keys(&arguments);
    let builder = ServerBuilder::new(definition).listen(arguments.listen).configure(|config| {
        config.seed = arguments.seed;
        config.region = arguments.region;
        config.account = arguments.account;
        config.task_delay = arguments.task_delay_ms.map(std::time::Duration::from_millis);
        config.remembered_tokens = arguments.remember_tokens;
        config.logged_requests = arguments.log_requests;
        config.webhook = arguments.webhook;
        config.access_keys = access_keys;
        config.limits.body = arguments.max_body;
    });
    Ok(match identity {
        Some(identity) => builder.tls(identity),
        None => builder,
    })
}

fn access_keys(arguments: &Arguments) -> Vec<AccessKey> {
    if arguments.require_auth && arguments.access_key.is_empty() {
        let (id, secret) = ("test".to_owned(), "test".to_owned());
        return vec![AccessKey { id, secret, session_token: None }];
    }
    arguments.access_key.clone()
}

fn identity(arguments: &Arguments) -> Result<Option<Identity>, Failure> {
    let identity = match (&arguments.tls_cert, &arguments.tls_key) {
        (Some(certificate), Some(key)) => {
            let (_, certificate) = read(certificate)?;
            Identity::from_pem(certificate.as_bytes(), read(key)?.1.as_bytes())?
        }
        _ if arguments.tls => Identity::generate()?,
        _ => return Ok(None),
    };
    if let Some(path) = &arguments.tls_cert_out {
        std::fs::write(path, identity.certificate_pem())
            .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    }
    Ok(Some(identity))
}
