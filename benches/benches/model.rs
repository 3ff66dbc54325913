//! Reading a model, beside the least that any reader of JSON must do.
#![allow(missing_docs, clippy::expect_used, reason = "a benchmark")]

mod cpu_time;

use std::hint::black_box;
use std::path::PathBuf;

use cpu_time::CpuTime;
use criterion::{Criterion, criterion_group, criterion_main};
use whitesmith_smithy::load;
use whitesmith_smithy::source::{self, Sources};

/// The model in the variable `BENCH_MODEL`, else the pinned one.
fn model_bytes() -> Vec<u8> {
    let pinned = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../model/partnercentral-selling.json"));
    let path = std::env::var_os("BENCH_MODEL").map_or_else(pinned, PathBuf::from);
    std::fs::read(path).expect("a model")
}

fn read(criterion: &mut Criterion<CpuTime>) {
    let bytes = model_bytes();
    let mut group = criterion.benchmark_group("read-model");
    group.throughput(cpu_time::bytes(bytes.len()));
    group.bench_function("whitesmith, positioned JSON", |bencher| {
        bencher.iter(|| {
            let mut sources = Sources::new();
            let file = sources.add("model.json", black_box(&bytes)).expect("text");
            source::parse(file, sources.text(file)).expect("JSON")
        });
    });
    group.bench_function("whitesmith, semantic model", |bencher| {
        bencher.iter(|| load::load(&[("model.json", black_box(bytes.as_slice()))]).expect("a model"));
    });
    group.bench_function("serde_json, Value", |bencher| {
        bencher.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(&bytes)).expect("JSON"));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = read
}
criterion_main!(benches);
