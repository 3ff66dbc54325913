//! Streams from and to files, of any size.

use std::fs::{self, File};
use std::io::{BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::support::{Running, Server, answer, failed, printed, spawn, text, tools};

/// The size of a stream.
const LARGE: u64 = 200 << 20;
/// The memory that a stream of any size may take.
const MOST_MEMORY: u64 = 64 << 20;

/// A server that answers with zeros: as many as it announces, or as many as it has.
fn download(announced: u64, sent: u64, then: impl Fn() + Send + Sync + 'static) -> Server {
    Server::start(move |_, stream| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: x/y\r\nContent-Length: {announced}\r\n\r\n");
        let stream = stream.get_mut();
        if stream.write_all(head.as_bytes()).is_ok() {
            let _ = std::io::copy(&mut std::io::repeat(0).take(sent), stream);
            then();
        }
    })
}

fn get(server: &Server, path: &str) -> std::process::Command {
    tools(&server.url, &["streaming", "get", "--key", "k", path])
}

/// Waits for the end of a program and returns its exit status and the most memory that it took.
fn watch(program: &mut Running) -> (i32, u64) {
    let path = format!("/proc/{}/status", program.0.id());
    let mut peak = 0;
    loop {
        let status = fs::read_to_string(&path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        peak = kilobytes.map_or(peak, |now| peak.max(now * 1024));
        if program.0.try_wait().unwrap().is_some() {
            return (program.status(), peak);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The files in a folder, those of an interrupted download among them.
fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
#[cfg(target_os = "linux")]
fn a_download_of_any_size_takes_little_memory() {
    let server = download(LARGE, LARGE, || {});
    let folder = folder();
    let path = folder.path().join("out");
    let (status, peak) = watch(&mut spawn(get(&server, path.to_str().unwrap())));
    assert_eq!((status, fs::metadata(&path).unwrap().len()), (0, LARGE));
    assert!(0 < peak && peak < MOST_MEMORY, "{peak} bytes");
}

#[test]
#[cfg(target_os = "linux")]
fn an_upload_of_any_size_takes_little_memory() {
    let received = Arc::new(Mutex::new(0));
    let count = Arc::clone(&received);
    let server = Server::start(move |_, stream: &mut BufReader<TcpStream>| {
        let copied = std::io::copy(&mut stream.by_ref().take(LARGE), &mut std::io::sink()).unwrap();
        *count.lock().unwrap() = copied;
        answer(stream, "200 OK", "{\"tag\":\"t\"}");
    });
    let folder = folder();
    let path = folder.path().join("in");
    File::create(&path).unwrap().set_len(LARGE).unwrap();
    let words = ["streaming", "put", "--key", "k", "--body", path.to_str().unwrap()];
    let (status, peak) = watch(&mut spawn(tools(&server.url, &words)));
    assert_eq!((status, *received.lock().unwrap()), (0, LARGE));
    assert!(0 < peak && peak < MOST_MEMORY, "{peak} bytes");
    assert!(server.heads.lock().unwrap()[0].to_lowercase().contains(&format!("content-length: {LARGE}")));
}

#[test]
fn an_interrupted_download_leaves_the_old_file() {
    let server = download(1 << 20, 1 << 19, || thread::sleep(Duration::from_secs(60)));
    let folder = folder();
    let path = folder.path().join("out");
    fs::write(&path, "old").unwrap();
    let mut program = spawn(get(&server, path.to_str().unwrap()));
    // The new content lies beside the old one until it is complete.
    while !files(folder.path()).iter().any(|file| *file != path && fs::metadata(file).is_ok_and(|it| it.len() > 0)) {
        thread::sleep(Duration::from_millis(10));
    }
    program.signal("INT");
    assert_eq!(program.status(), 130);
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(files(folder.path()), [path]);
}

#[test]
fn a_download_that_breaks_off_leaves_the_old_file() {
    let server = download(1 << 20, 1 << 19, || {});
    let folder = folder();
    let path = folder.path().join("out");
    fs::write(&path, "old").unwrap();
    failed(get(&server, path.to_str().unwrap()), 255);
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(files(folder.path()), [path]);
}

#[test]
fn a_complete_download_replaces_the_file() {
    let server = download(5, 5, || {});
    let folder = folder();
    let path = folder.path().join("out");
    fs::write(&path, "something old").unwrap();
    assert_eq!(printed(get(&server, path.to_str().unwrap())), "{\n    \"type\": \"x/y\"\n}\n");
    assert_eq!(fs::read(&path).unwrap(), [0; 5]);
}

#[test]
fn standard_output_gets_the_content_alone() {
    let server = download(LARGE, LARGE, || {});
    let mut program = spawn(get(&server, "-"));
    let mut output = program.0.stdout.take().unwrap();
    assert_eq!(std::io::copy(&mut output, &mut std::io::sink()).unwrap(), LARGE);
    assert_eq!(program.status(), 0);
}

#[test]
fn a_closed_pipe_ends_a_download() {
    let server = download(LARGE, LARGE, || {});
    let mut program = spawn(get(&server, "-"));
    let mut output = program.0.stdout.take().unwrap();
    output.read_exact(&mut [0; 10]).unwrap();
    drop(output);
    assert_eq!(program.status(), 0);
}

#[test]
fn a_file_that_shrinks_while_it_is_sent_is_an_error() {
    let folder = folder();
    let path = folder.path().join("in");
    File::create(&path).unwrap().set_len(LARGE).unwrap();
    let shrinking = path.clone();
    let server = Server::start(move |_, stream: &mut BufReader<TcpStream>| {
        File::options().write(true).open(&shrinking).unwrap().set_len(1 << 20).unwrap();
        let _ = std::io::copy(stream, &mut std::io::sink());
    });
    let output = failed(tools(&server.url, &["streaming", "put", "--key", "k", "--body", path.to_str().unwrap()]), 255);
    assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
}
