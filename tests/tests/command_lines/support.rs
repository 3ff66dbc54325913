//! Mocks and servers to run command lines against.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use whitesmith_tests::programs;

/// A program that ends with the test.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.0.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()));
    }

    /// Waits for the end and returns the exit status.
    pub fn status(&mut self) -> i32 {
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status.code().unwrap_or_else(|| panic!("ended by {status}"));
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("still running after a minute");
    }
}

/// The mock of a fixture.
pub struct Mock {
    _program: Running,
    pub url: String,
}

impl Mock {
    pub fn start(fixture: &str) -> Self {
        let mut command = Command::new(programs::of_fixtures(&format!("{fixture}-mock")));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { _program: Running(child), url: line.trim().to_owned() }
    }

    /// Calls the control API.
    pub fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(self.url.trim_start_matches("http://")).unwrap();
        let length = body.len();
        let request = format!(
            "{method} /_mock/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 2"), "{answer}");
        serde_json::from_str(body).unwrap_or_default()
    }

    /// Answers all requests for an operation in sequence.
    pub fn expect(&self, operation: &str, respond: &Value) {
        self.control("POST", "expectations", &json!({ "operation": operation, "respond": respond }));
    }

    /// Returns the number of requests for an operation.
    pub fn count(&self, operation: &str) -> usize {
        let requests = self.control("GET", &format!("requests?operation={operation}"), &Value::Null);
        requests["requests"].as_array().unwrap().len()
    }
}

/// Returns `tools <words>`, which calls a URL, in an environment of its own.
pub fn tools(url: &str, words: &[&str]) -> Command {
    let mut command = Command::new(programs::of_fixtures("tools"));
    command.args(words).args(["--endpoint-url", url]);
    isolate(&mut command);
    command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
    command.env("AWS_REGION", "us-east-1");
    command
}

/// Gives a command an environment of its own, without credentials and region.
pub fn isolate(command: &mut Command) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.env_clear().env("PATH", path).env("HOME", "/nonexistent").env("AWS_MAX_ATTEMPTS", "1");
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs a command that succeeds, and returns what it prints.
pub fn printed(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// Runs a command that fails with a status, and returns what it prints.
pub fn failed(mut command: Command, status: i32) -> Output {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(status), "{}{}", text(&output.stdout), text(&output.stderr));
    output
}

/// Runs a program with its output in a pipe.
pub fn spawn(mut command: Command) -> Running {
    Running(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

/// A server that answers each connection with a function, and keeps the heads of requests.
pub struct Server {
    pub url: String,
    pub heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// The function gets the head of the request and the connection behind it.
    pub fn start(answer: impl Fn(&str, &mut BufReader<TcpStream>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&heads), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                thread::spawn(move || {
                    let mut stream = BufReader::new(stream);
                    let mut head = String::new();
                    while stream.read_line(&mut head).is_ok_and(|count| count > 2) {}
                    kept.lock().unwrap().push(head.clone());
                    answer(&head, &mut stream);
                });
            }
        });
        Self { url, heads }
    }
}

/// Writes an answer with a body, after which the connection is closed.
pub fn answer(stream: &mut BufReader<TcpStream>, status: &str, body: &str) {
    let length = body.len();
    let text = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    let _ = stream.get_mut().write_all(text.as_bytes());
}
