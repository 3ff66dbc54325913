#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(harness) = whitesmith_fuzz_harness::find("response") {
        (harness.run)(bytes);
    }
});
