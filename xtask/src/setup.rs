//! What a machine must have. Silent and instant when it is all there; otherwise it says what it gets, and how
//! long that took, or names what is missing and how to get it.

use crate::args::Args;
use crate::browser::Browser;
use crate::npm;
use crate::toolchain::Toolchain;
use anyhow::Result;

/// `cargo xtask setup`: everything.
pub fn command(args: &mut Args) -> Result<()> {
    args.finish()?;
    for_building()?;
    Browser::Chromium.provide()
}

/// What building the files needs.
pub fn for_building() -> Result<()> {
    Toolchain::active()?.provide()?;
    npm::provide()
}
