//! Running programs and measuring what they take.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use wait4::Wait4;

/// Cost of one run of a program, including the processes that it waited for.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// User and system time, in seconds.
    pub cpu: f64,
    /// From the start to the end, in seconds.
    pub wall: f64,
    /// The peak resident set of any one process, in bytes. At least this program's own at the start, which
    /// a new process begins as a copy of.
    pub peak: f64,
}

/// A program to run several times.
#[derive(Clone, Debug)]
pub struct Program {
    arguments: Vec<std::ffi::OsString>,
    environment: Vec<(String, std::ffi::OsString)>,
    folder: Option<PathBuf>,
}

impl Program {
    /// A program by its path or name.
    pub fn new(program: impl Into<std::ffi::OsString>) -> Self {
        Self { arguments: vec![program.into()], environment: Vec::new(), folder: None }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<T: Into<std::ffi::OsString>>(mut self, arguments: impl IntoIterator<Item = T>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Sets a variable of the environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl Into<std::ffi::OsString>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// Sets the folder that the program runs in.
    #[must_use]
    pub fn inside(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_path_buf());
        self
    }

    /// Whether this is the name of the program.
    pub fn is_named(&self, name: &str) -> bool {
        self.arguments.first().is_some_and(|program| program == name)
    }

    /// The command, with no input.
    pub fn command(&self) -> anyhow::Result<Command> {
        let (program, arguments) = self.arguments.split_first().context("no program")?;
        let mut command = Command::new(program);
        command.args(arguments).envs(self.environment.iter().map(|(name, value)| (name, value)));
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command.stdin(Stdio::null());
        Ok(command)
    }

    /// Runs the program once and discards its output unless it fails.
    pub fn run(&self) -> anyhow::Result<Run> {
        let mut command = self.command()?;
        let errors = tempfile::tempfile().context("no temporary file")?;
        command.stdout(Stdio::null()).stderr(errors.try_clone()?);
        let run = measure(&mut command);
        run.with_context(|| format!("{:?}\n{}", self.arguments, read_back(errors).unwrap_or_default()))
    }

    /// Runs the program without measuring and returns its output.
    pub fn output(&self) -> anyhow::Result<String> {
        let output = self.command()?.stderr(Stdio::inherit()).output().context("cannot start the program")?;
        anyhow::ensure!(output.status.success(), "{:?}: {}", self.arguments, output.status);
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Whether the program can be started.
    pub fn is_there(&self) -> bool {
        let Ok(mut command) = self.command() else { return false };
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }
}

fn read_back(mut file: std::fs::File) -> std::io::Result<String> {
    use std::io::{Read as _, Seek as _};
    file.rewind()?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(text)
}

fn measure(command: &mut Command) -> anyhow::Result<Run> {
    let start = Instant::now();
    let used = command.spawn().context("cannot start the program")?.wait4()?;
    let wall = start.elapsed().as_secs_f64();
    anyhow::ensure!(used.status.success(), "{}", used.status);
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "far below 2⁵³")]
    Ok(Run { cpu, wall, peak: used.rusage.maxrss as f64 })
}

/// Runs programs in turns, in rounds after a warm-up, and returns the runs of each.
pub fn in_turns(programs: &[Program], rounds: usize) -> anyhow::Result<Vec<Vec<Run>>> {
    let mut runs = vec![Vec::with_capacity(rounds); programs.len()];
    for round in 0..=rounds {
        for (program, runs) in programs.iter().zip(&mut runs) {
            let run = program.run()?;
            if round > 0 {
                runs.push(run);
            }
        }
    }
    Ok(runs)
}

/// A server in a separate process, which prints its URL as its first line. Dropping this stops it.
#[derive(Debug)]
pub struct Server {
    child: Option<std::process::Child>,
    /// The address.
    pub url: String,
}

impl Server {
    /// Starts it and waits for its URL.
    pub fn start(program: &Program) -> anyhow::Result<Self> {
        use std::io::BufRead as _;
        let mut child = program.command()?.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let output = child.stdout.take().context("no standard output")?;
        let mut line = String::new();
        std::io::BufReader::new(output).read_line(&mut line)?;
        let url = line.split_whitespace().find(|word| word.starts_with("http")).map(str::to_owned);
        let mut server = Self { child: Some(child), url: String::new() };
        server.url = url.with_context(|| format!("the server printed {line:?} and no URL"))?;
        Ok(server)
    }

    /// Starts a server that prints nothing and waits until its port accepts connections.
    pub fn start_at(program: &Program, port: u16) -> anyhow::Result<Self> {
        let child = program.command()?.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let server = Self { child: Some(child), url: format!("http://127.0.0.1:{port}") };
        for _ in 0..300 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        anyhow::bail!("the server does not listen on port {port}")
    }

    /// User and system time so far, in seconds, and the peak resident set, in bytes.
    pub fn usage(&self) -> anyhow::Result<(f64, f64)> {
        let id = self.child.as_ref().context("the server has ended")?.id();
        let folder = Path::new("/proc").join(id.to_string());
        // Threads that have ended count, too; fields are counted after the name, which may have spaces.
        let times = std::fs::read_to_string(folder.join("stat"))?;
        let fields: Vec<&str> = times.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok());
        let cpu = ticks(11).zip(ticks(12)).context("no times")?;
        let cpu = (cpu.0 + cpu.1) / TICKS_A_SECOND;
        Ok((cpu, self.memory("VmHWM:")?))
    }

    /// Bytes of memory that it has now.
    pub fn resident(&self) -> anyhow::Result<f64> {
        self.memory("VmRSS:")
    }

    fn memory(&self, field: &'static str) -> anyhow::Result<f64> {
        let id = self.child.as_ref().context("the server has ended")?.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let kilobytes = status.lines().find_map(|line| line.strip_prefix(field)).context(field)?;
        Ok(kilobytes.trim().trim_end_matches(" kB").parse::<f64>()? * 1024.0)
    }
}

/// Linux's unit of user and system time: `sysconf(_SC_CLK_TCK)`, which is 100 on every platform today.
const TICKS_A_SECOND: f64 = 100.0;

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
