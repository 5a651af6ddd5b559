//! What the built files weigh, and what they may.
//!
//! The page pays for every byte, and WebAssembly grows silently, so a build over a budget fails. Budgets count
//! brotli at its best level, which is what a site serves.

use crate::dist::File;
use anyhow::{Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

/// Bytes that a group of files may have.
struct Budget {
    what: &'static str,
    /// Files whose name begins and ends like this.
    files: &'static [(&'static str, &'static str)],
    /// Bytes, after brotli.
    limit: usize,
}

const BUDGETS: [Budget; 4] = [
    Budget {
        what: "before anyone chats",
        // The script tag's file, which is all that it loads; the module's is smaller.
        files: &[("embed", ".js")],
        limit: 4_710,
    },
    Budget {
        what: "the same, as a drop-in",
        files: &[("typebot", ".js")],
        limit: 4_710,
    },
    Budget {
        what: "first conversation",
        files: &[
            ("natter", ".js"),
            ("life-", ".js"),
            ("widget-", ".js"),
            ("widget-", ".wasm"),
            ("widget-", ".css"),
        ],
        // What was reached, plus 2 %.
        limit: 81_300,
    },
    Budget {
        what: "the first text with markup",
        files: &[("text-", ".js"), ("text-", ".wasm")],
        limit: 59_950,
    },
];

/// Bytes, as they are and compressed.
#[derive(Clone, Copy, Debug, Default)]
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Compressed by gzip, at its best.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?)
}

/// Compressed by brotli, at its best.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &settings)?;
    Ok(compressed)
}

impl Sizes {
    fn of(bytes: &[u8]) -> Result<Self> {
        Ok(Self {
            raw: bytes.len(),
            gzip: gzip(bytes)?.len(),
            brotli: brotli(bytes)?.len(),
        })
    }

    fn add(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }

    fn print(self, what: &str, limit: Option<usize>) {
        let limit = limit
            .map(|limit| format!(" of {}", grouped(limit)))
            .unwrap_or_default();
        println!(
            "  {what:<28} {:>10} {:>10} {:>10}{limit}",
            grouped(self.raw),
            grouped(self.gzip),
            grouped(self.brotli)
        );
    }
}

/// Prints each file's sizes and fails over a budget.
pub fn report(files: &[File]) -> Result<()> {
    println!(
        "  {:<28} {:>10} {:>10} {:>10}",
        "bytes", "raw", "gzip", "brotli"
    );
    let mut sizes = Vec::new();
    let mut locales = Vec::new();
    for file in files {
        let size = Sizes::of(&file.bytes)?;
        if file.name.starts_with("locales/") {
            locales.push(size);
        } else {
            size.print(&file.name, None);
            sizes.push((file.name.as_str(), size));
        }
    }
    if let Some(largest) = locales.iter().max_by_key(|size| size.brotli) {
        largest.print(&format!("locales/ (largest of {})", locales.len()), None);
    }
    println!();
    let mut over = Vec::new();
    for budget in &BUDGETS {
        let total = budget.total(&sizes);
        total.print(budget.what, Some(budget.limit));
        if total.brotli > budget.limit {
            over.push(format!(
                "{} by {} bytes",
                budget.what,
                grouped(total.brotli - budget.limit)
            ));
        }
    }
    if over.is_empty() {
        return Ok(());
    }
    bail!(
        "over budget: {} (`cargo xtask dist --functions` lists the largest functions)",
        over.join(", ")
    )
}

impl Budget {
    fn total(&self, sizes: &[(&str, Sizes)]) -> Sizes {
        let counts = |name: &str| {
            let mut files = self.files.iter();
            files.any(|(start, end)| name.starts_with(start) && name.ends_with(end))
        };
        let files = sizes.iter().filter(|(name, _)| counts(name));
        files.fold(Sizes::default(), |total, (_, size)| total.add(*size))
    }
}

/// `12345` as `12,345`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_for_people() {
        assert_eq!(
            [0, 999, 1_000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn a_budget_counts_its_own_files() {
        let size = |brotli| Sizes {
            raw: 0,
            gzip: 0,
            brotli,
        };
        let sizes = [
            ("embed.js", size(1)),
            ("natter.js", size(2)),
            ("widget-0a.js", size(10)),
            ("widget-0a.wasm", size(100)),
            ("widget-0a.css", size(1_000)),
            ("typebot.js", size(10_000)),
            ("text-0a.wasm", size(100_000)),
        ];
        let totals = BUDGETS.each_ref().map(|budget| budget.total(&sizes).brotli);
        assert_eq!(totals, [1, 10_000, 1_112, 100_000]);
    }
}
