// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! The mock server of Partner Central Selling API as a program.

fn main() -> std::process::ExitCode {
    whitesmith_mock::server_binary::run(partnercentral_selling_mock::DEFINITION)
}
