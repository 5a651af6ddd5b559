//! Results that are kept from one run to the next, as long as what they were made from stays the same.

use anyhow::Result;
use sha2::{Digest, Sha256};
use std::path::Path;

/// The file that says what a folder was made from.
const KEY: &str = "made-from";

/// Makes the content of `folder`, unless it was made from the very same `sources`.
pub fn keep(
    folder: &Path,
    sources: &[&[u8]],
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    let key = key(sources);
    if std::fs::read(folder.join(KEY)).is_ok_and(|found| found == key) {
        return Ok(());
    }
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    make(folder)?;
    // Last, so that an interrupted run leaves nothing that looks whole.
    std::fs::write(folder.join(KEY), key)?;
    Ok(())
}

fn key(sources: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for source in sources {
        hash.update((source.len() as u64).to_le_bytes());
        hash.update(source);
    }
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_sources_are_made_once() {
        let folder = crate::paths::target().join("test-keep");
        std::fs::remove_dir_all(&folder).ok();
        let mut made = 0;
        for sources in [["a", "b"], ["a", "b"], ["ab", ""], ["a", "b"]] {
            keep(&folder, &sources.map(str::as_bytes), |_| {
                made += 1;
                Ok(())
            })
            .unwrap();
        }
        assert_eq!(made, 3);
    }
}
