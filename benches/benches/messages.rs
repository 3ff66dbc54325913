//! Reading, writing and checking the messages of the two operations.
#![allow(missing_docs, clippy::expect_used, reason = "a benchmark")]

mod cpu_time;

use std::hint::black_box;

use cpu_time::CpuTime;
use criterion::{Criterion, criterion_group, criterion_main};
use whitesmith_benches::drive::{read_output, write_input};
use whitesmith_benches::messages::{self, INVITATION_RESPONSE, by_hand};

fn read(criterion: &mut Criterion<CpuTime>) {
    let body = INVITATION_RESPONSE.as_bytes();
    let mut group = criterion.benchmark_group("read-response");
    group.throughput(cpu_time::bytes(body.len()));
    group.bench_function("whitesmith", |bencher| bencher.iter(|| read_output(black_box(body)).expect("a response")));
    group.bench_function("serde_json, derived", |bencher| {
        bencher.iter(|| serde_json::from_slice::<by_hand::InvitationOutput>(black_box(body)).expect("a response"));
    });
    group.finish();
}

fn write(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("write-request");
    let ours = messages::invitation_input();
    group.bench_function("whitesmith", |bencher| bencher.iter(|| write_input(black_box(&ours)).expect("a request")));
    let theirs = messages::by_hand::invitation_input();
    group.bench_function("serde_json, derived", |bencher| {
        bencher.iter(|| serde_json::to_vec(black_box(&theirs)).expect("a request"));
    });
    group.finish();
}

fn validate(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("validate-request");
    let invitation = messages::invitation_input();
    group.bench_function("invitation", |bencher| {
        bencher.iter(|| whitesmith_validation::validate(black_box(&invitation)).expect("valid"));
    });
    let opportunity = messages::opportunity_input();
    group.bench_function("opportunity", |bencher| {
        bencher.iter(|| whitesmith_validation::validate(black_box(&opportunity)).expect("valid"));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = read, write, validate
}
criterion_main!(benches);
