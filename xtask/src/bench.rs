//! `cargo xtask bench`: what the built files weigh.

use crate::args::Args;
use crate::wasm::Build;
use crate::{dist, setup, sizes};
use anyhow::Result;

/// `cargo xtask bench`.
pub fn command(args: &mut Args) -> Result<()> {
    args.finish()?;
    setup::for_building()?;
    let files = dist::make(Build::Release, &dist::folder(Build::Release))?;
    sizes::report(&files)
}
