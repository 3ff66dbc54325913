//! Snapshots, end-to-end tests and conformance suites; the tests are in `tests/tests`.
