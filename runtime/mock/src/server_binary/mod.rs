//! The binary of a generated mock.

mod arguments;
mod certificate;
mod logging;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::{AccessKey, ControlToken, Definition, Identity, Server, ServerBuilder};
use arguments::Arguments;

/// Runs a mock's binary with the arguments of the process until a signal ends it.
///
/// The first line on standard output is the URL; the second, if the control API needs a token that was generated, names it.
/// Exit status: 0 ended by a signal, 2 could not be started.
pub fn run(definition: Definition) -> ExitCode {
    let command = Arguments::command().name(definition.name).version(definition.version);
    let arguments = command.try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match arguments {
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
            eprint!("{}: {error}", definition.name);
            let mut source = error.source();
            while let Some(cause) = source {
                eprint!(": {cause}");
                source = cause.source();
            }
            eprintln!();
            ExitCode::from(2)
        }
    }
}

/// Why the mock could not be started or stopped.
type Failure = Box<dyn std::error::Error>;

fn serve(definition: Definition, arguments: Arguments) -> Result<(), Failure> {
    let scripts = arguments.script.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // Before anything is listened on, so that no signal gets lost.
    let end_signal = {
        let _entered = runtime.enter();
        end_signal()?
    };
    let (server, token) = start(definition, arguments)?;
    for (path, script) in &scripts {
        server.script(script).map_err(|error| format!("{path}: {error}"))?;
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", server.url())?;
    if let Some(token) = token {
        writeln!(out, "control token: {}", token.expose())?;
    }
    out.flush()?;
    tracing::info!(url = server.url(), "listening; open /_mock/ in a browser to watch");
    runtime.block_on(end_signal)?;
    tracing::info!("stopping once the requests in flight are answered");
    drop(server);
    Ok(())
}

fn read(path: &std::path::Path) -> Result<(String, String), Failure> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {name}: {error}"))?;
    Ok((name, text))
}

/// Starts listening for signals; the returned future completes with the first one.
#[cfg(unix)]
fn end_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
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

/// Starts listening for Ctrl-C; the returned future completes with it.
#[cfg(not(unix))]
fn end_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}

/// Starts the server; also returns the control token if one had to be generated.
fn start(definition: Definition, arguments: Arguments) -> Result<(Server, Option<ControlToken>), Failure> {
    let given = arguments.control_token.is_some();
    // Which addresses a host name stands for is known once it is listened on; an unused token costs nothing.
    let listen: Vec<_> = std::net::ToSocketAddrs::to_socket_addrs(&arguments.listen).into_iter().flatten().collect();
    let loopback = !listen.is_empty() && listen.iter().all(|address| address.ip().is_loopback());
    let generated = if given || loopback { None } else { Some(generated_token()?) };
    let token = generated.clone();
    let builder = builder(definition, arguments)?.configure(|config| {
        if token.is_some() {
            config.control_token = token;
        }
    });
    Ok((builder.start()?, generated))
}

fn generated_token() -> Result<ControlToken, Failure> {
    let mut bytes = [0; 24];
    let random = rustls::crypto::ring::default_provider().secure_random;
    random.fill(&mut bytes).map_err(|_| "cannot generate a control token: no randomness")?;
    ControlToken::new(base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes)).ok_or_else(|| "empty token".into())
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
        config.control_token = arguments.control_token;
        config.access_keys = access_keys;
        config.limits.body = arguments.max_body;
        config.limits.in_flight = arguments.max_in_flight;
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
        certificate::write_new(path, identity.certificate_pem())
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    Ok(Some(identity))
}
