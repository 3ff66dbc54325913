//! Changes kept inputs and seeds at random, for where libFuzzer cannot be had: nothing guides it.
#![allow(clippy::print_stdout, reason = "it is a program")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fastrand::Rng;
use whitesmith_fuzz_harness::{HARNESSES, find, inputs};

/// Inputs are not grown beyond this.
const MOST: usize = 64 * 1024;

fn main() -> std::process::ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(harness) = arguments.next().as_deref().and_then(find) else {
        let names: Vec<&str> = HARNESSES.iter().map(|harness| harness.name).collect();
        eprintln!("usage: HARNESS [SECONDS] [SEED_FOLDER]...; the harnesses are {}", names.join(", "));
        return std::process::ExitCode::from(2);
    };
    let seconds = arguments.next().and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
    let mut seeds = vec![Vec::new()];
    std::iter::once(inputs(harness.name)).chain(arguments.map(PathBuf::from)).for_each(|path| read(&path, &mut seeds));
    let mut random = Rng::new();
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut runs: u64 = 0;
    let last = std::env::temp_dir().join(format!("whitesmith-fuzz-{}", harness.name));
    while Instant::now() < end {
        let input = mutated(&seeds, &mut random);
        // What makes the harness panic, or never end, is there afterwards.
        if let Err(error) = std::fs::write(&last, &input) {
            eprintln!("cannot write {}: {error}", last.display());
            return std::process::ExitCode::from(2);
        }
        (harness.run)(&input);
        runs += 1;
    }
    println!("{}: {runs} runs in {seconds} s from {} seeds", harness.name, seeds.len());
    std::process::ExitCode::SUCCESS
}

fn read(path: &Path, seeds: &mut Vec<Vec<u8>>) {
    if path.is_dir() {
        std::fs::read_dir(path).into_iter().flatten().flatten().for_each(|entry| read(&entry.path(), seeds));
    } else if let Ok(bytes) = std::fs::read(path)
        && bytes.len() <= MOST
    {
        seeds.push(bytes);
    }
}

/// Bytes that mean something to some reader.
const PIECES: [&[u8]; 24] = [
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b">",
    b"&",
    b"=",
    b",",
    b":",
    b"\n",
    b"\r\n\r\n",
    b"\0",
    b"\xff",
    b"\xe2\x80\xae",
    b"-1",
    b"1e999",
    b"99999999999999999999",
    b"#",
    b"`",
    b"\x7f\xff\xff\xff",
    b"null",
];

fn mutated(seeds: &[Vec<u8>], random: &mut Rng) -> Vec<u8> {
    let pick = |random: &mut Rng| seeds.get(random.usize(..seeds.len())).cloned().unwrap_or_default();
    let mut input = pick(random);
    for _ in 0..1 + random.usize(..8) {
        let at = random.usize(..=input.len());
        let end = (at + random.usize(..=32)).min(input.len());
        match random.u8(..7) {
            0 => drop(input.splice(at..end, [])),
            1 => drop(input.splice(at..at, random.choice(PIECES).unwrap_or_default().iter().copied())),
            2 => drop(input.splice(at..end, random.choice(PIECES).unwrap_or_default().iter().copied())),
            3 => {
                let piece = input.get(at..end).unwrap_or_default().repeat(1 + random.usize(..20));
                drop(input.splice(at..at, piece));
            }
            4 => {
                let other = pick(random);
                let from = random.usize(..=other.len());
                let to = (from + random.usize(..=256)).min(other.len());
                drop(input.splice(at..end, other.get(from..to).unwrap_or_default().iter().copied()));
            }
            5 => input.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.u8(..8)),
            _ => input.iter_mut().skip(at).take(1).for_each(|byte| *byte = random.u8(..)),
        }
        input.truncate(MOST);
    }
    input
}
