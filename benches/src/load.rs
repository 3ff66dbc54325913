//! Load on an HTTP server: each connection sends a request, waits for the response, and sends the next.
//!
//! It implements as little HTTP as possible, so that it takes little of the machine from the server, and the same from
//! every server.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The end of a load.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// After so much time.
    Elapsed(Duration),
    /// After so many requests.
    Count(u64),
}

/// A POST request to repeat.
#[derive(Clone, Debug)]
pub struct Requests {
    /// Header lines, without those that every request has.
    pub headers: Vec<String>,
    /// The body.
    pub body: String,
    /// A text in the body that each request replaces by a unique number with as many digits.
    pub counter: Option<&'static str>,
}

/// Results of a load.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Answers.
    pub requests: u64,
    /// From the first request to the last answer, in seconds.
    pub elapsed: f64,
    /// Median response time, in seconds.
    pub median: f64,
    /// 99th percentile of response times, in seconds.
    pub p99: f64,
}

/// The number of the next request, unique across loads.
static NUMBER: AtomicU64 = AtomicU64::new(0);
/// Time limit of a response.
const PATIENCE: Duration = Duration::from_secs(10);

/// Puts a load on a server, `127.0.0.1:PORT`, from this thread. Answers other than 200 are errors.
pub fn put(address: &str, connections: usize, requests: &Requests, until: Until) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("no runtime")?;
    let shared = Rc::new(Shared {
        message: Message::new(address, requests)?,
        address: address.to_owned(),
        until,
        started: Instant::now(),
        sent: Cell::new(0),
        latencies: RefCell::new(Vec::with_capacity(1 << 16)),
    });
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async {
        let tasks: Vec<_> =
            (0..connections).map(|_| tokio::task::spawn_local(connection(Rc::clone(&shared)))).collect();
        for task in tasks {
            task.await??;
        }
        anyhow::Ok(())
    })?;
    let elapsed = shared.started.elapsed().as_secs_f64();
    let mut latencies = shared.latencies.take();
    latencies.sort_unstable();
    let at = |share: usize| {
        let nanos = latencies.get((latencies.len().saturating_sub(1)) * share / 100).copied();
        nanos.map(|nanos| f64::from(nanos) / 1e9).context("no request was answered")
    };
    Ok(Outcome { requests: latencies.len() as u64, elapsed, median: at(50)?, p99: at(99)? })
}

/// The answer to one request.
pub fn once(address: &str, requests: &Requests) -> anyhow::Result<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("no runtime")?;
    runtime.block_on(async {
        let mut stream = connect(address).await?;
        stream.write_all(&Message::new(address, requests)?.bytes).await?;
        let mut buffer = Vec::new();
        let answer = read_answer(&mut stream, &mut buffer).await?;
        let body = buffer.get(answer.head..answer.end).context("the answer ends too early")?;
        Ok(String::from_utf8(body.to_vec())?)
    })
}

struct Shared {
    message: Message,
    address: String,
    until: Until,
    started: Instant,
    sent: Cell<u64>,
    /// In nanoseconds.
    latencies: RefCell<Vec<u32>>,
}

impl Shared {
    /// Whether another request follows.
    fn next(&self) -> bool {
        let number = self.sent.get();
        let more = match self.until {
            Until::Elapsed(time) => self.started.elapsed() < time,
            Until::Count(count) => number < count,
        };
        self.sent.set(number + u64::from(more));
        more
    }
}

struct Message {
    bytes: Vec<u8>,
    counter: Option<std::ops::Range<usize>>,
}

impl Message {
    fn new(address: &str, requests: &Requests) -> anyhow::Result<Self> {
        let Requests { headers, body, counter } = requests;
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let length = body.len();
        let text = format!("POST / HTTP/1.1\r\nHost: {address}\r\n{headers}Content-Length: {length}\r\n\r\n{body}");
        let counter = counter.map(|mark| text.rfind(mark).map(|start| start..start + mark.len()).context("no counter"));
        Ok(Self { bytes: text.into_bytes(), counter: counter.transpose()? })
    }

    /// Writes a number where the counter is.
    fn count(&self, bytes: &mut [u8], mut number: u64) {
        let place = self.counter.clone().and_then(|counter| bytes.get_mut(counter)).unwrap_or_default();
        for digit in place.iter_mut().rev() {
            *digit = b'0' + u8::try_from(number % 10).unwrap_or(0);
            number /= 10;
        }
    }
}

async fn connect(address: &str) -> anyhow::Result<TcpStream> {
    let stream = TcpStream::connect(address).await.with_context(|| format!("no connection to {address}"))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn connection(shared: Rc<Shared>) -> anyhow::Result<()> {
    let mut stream = connect(&shared.address).await?;
    let mut message = shared.message.bytes.clone();
    let mut buffer = Vec::with_capacity(4096);
    while shared.next() {
        shared.message.count(&mut message, NUMBER.fetch_add(1, Ordering::Relaxed));
        let sent = Instant::now();
        stream.write_all(&message).await?;
        let answer = tokio::time::timeout(PATIENCE, read_answer(&mut stream, &mut buffer)).await;
        let answer = answer.context("no answer came in time")??;
        shared.latencies.borrow_mut().push(u32::try_from(sent.elapsed().as_nanos()).unwrap_or(u32::MAX));
        buffer.drain(..answer.end);
        if answer.closes {
            buffer.clear();
            stream = connect(&shared.address).await?;
        }
    }
    Ok(())
}

/// The ends of the parts of a response.
struct Answer {
    head: usize,
    end: usize,
    /// Whether the server closes the connection after it.
    closes: bool,
}

async fn read_answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<Answer> {
    let mut answer = None;
    loop {
        if answer.is_none() {
            answer = head(buffer)?;
        }
        if let Some(answer) = answer.take_if(|answer| answer.end <= buffer.len()) {
            return Ok(answer);
        }
        let read = stream.read_buf(buffer).await?;
        anyhow::ensure!(read > 0, "the server broke off after {:?}", String::from_utf8_lossy(buffer));
    }
}

fn head(buffer: &[u8]) -> anyhow::Result<Option<Answer>> {
    let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let text = std::str::from_utf8(buffer.get(..end).unwrap_or_default())?;
    anyhow::ensure!(
        text.get(8..12) == Some(" 200"),
        "the server refuses the request: {}",
        String::from_utf8_lossy(buffer)
    );
    let header = |name: &str| {
        let mut fields = text.lines().filter_map(|line| line.split_once(':'));
        fields.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    };
    let length: usize = header("content-length").context("no length in the answer")?.parse()?;
    let closes = text.starts_with("HTTP/1.0") || header("connection").is_some_and(|value| value == "close");
    Ok(Some(Answer { head: end + 4, end: end + 4 + length, closes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requests(counter: Option<&'static str>) -> Requests {
        Requests { headers: vec!["A: b".to_owned()], body: r#"{"Token":"t-00000"}"#.to_owned(), counter }
    }

    #[test]
    fn the_counter_is_written_into_the_body() {
        let message = Message::new("host", &requests(Some("00000"))).unwrap();
        let mut bytes = message.bytes.clone();
        message.count(&mut bytes, 4_200_042);
        assert!(String::from_utf8(bytes).unwrap().ends_with("Content-Length: 19\r\n\r\n{\"Token\":\"t-00042\"}"));
        assert!(Message::new("host", &requests(Some("11111"))).is_err());
    }

    #[test]
    fn an_answer_ends_where_its_length_says() {
        let text = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP";
        let answer = head(text).unwrap().unwrap();
        assert_eq!((&text[answer.head..answer.end], answer.closes), (&b"abc"[..], false));
        assert!(head(b"HTTP/1.1 200 OK\r\nContent-Le").unwrap().is_none());
        assert!(head(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap().unwrap().closes);
        assert!(head(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").is_err());
    }

    #[test]
    fn a_count_of_requests_is_kept_to() {
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            crate::server::serve(0, "{}".into(), |address| Ok(sender.send(address.to_string())?))
        });
        let address = receiver.recv().unwrap();
        let outcome = put(&address, 4, &requests(Some("00000")), Until::Count(101)).unwrap();
        assert_eq!(outcome.requests, 101);
        assert!(outcome.median <= outcome.p99);
        assert_eq!(once(&address, &requests(None)).unwrap(), "{}");
    }
}
