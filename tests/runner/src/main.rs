//! Runs a test binary that was compiled to WebAssembly in a browser.
//!
//! Cargo calls it for `cargo test --target wasm32-unknown-unknown` (`cargo xtask test` sets it as the
//! runner). It is wasm-bindgen's own test runner, in step with Cargo.lock, so nothing is installed.

#![forbid(unsafe_code)]

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
