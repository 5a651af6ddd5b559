//! Whatever is read, and whatever happens: seeded inputs by the million.
//!
//! A seed is a reader's name and a number, and makes one input, always the same. Those in `seeds.txt` are
//! tried first: inputs that once broke something, and where the runs of before began. `cargo xtask fuzz` runs
//! this at scale; the tests here run a little of it each time.

mod json;
mod machine;
mod random;
mod targets;
mod text;

pub use json::Corpus;
pub use targets::{READERS, Reader};

use random::Random;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// The longest that one input may take; most take microseconds.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// How often a slow input is tried.
const TRIES: u32 = 4;

/// An input that broke something.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken {
    /// The reader and the number, as `seeds.txt` has them.
    pub seed: String,
    /// How it broke.
    pub how: &'static str,
}

impl Reader {
    /// The reader of a name.
    pub fn named(name: &str) -> Option<&'static Reader> {
        READERS.iter().find(|reader| reader.name == name)
    }

    /// Tries one input; gives how long it took.
    ///
    /// # Errors
    /// Where it panicked, or took too long however often it was tried.
    pub fn try_one(&self, corpus: &Corpus, number: u64) -> Result<Duration, Broken> {
        let broken = |how| Broken {
            seed: format!("{} {number}", self.name),
            how,
        };
        // A busy machine takes the time of one try, and not of all.
        for _ in 0..TRIES {
            let began = Instant::now();
            let read = AssertUnwindSafe(|| (self.run)(corpus, &mut Random::new(number)));
            catch_unwind(read).map_err(|_| broken("it panicked"))?;
            let took = began.elapsed();
            if took < PATIENCE {
                return Ok(took);
            }
        }
        Err(broken("it took too long"))
    }
}

/// The numbers of a run, in order: each reader's own, far apart.
pub fn number(base: u64, index: u64) -> u64 {
    Random::new(base ^ index.wrapping_mul(0xd134_2543_de82_ef95)).next()
}

/// The seeds that are kept: inputs, and the bases of runs.
pub fn kept() -> impl Iterator<Item = (&'static str, u64)> {
    include_str!("../seeds.txt").lines().filter_map(|line| {
        let (name, number) = line.split('#').next()?.trim().split_once(' ')?;
        Some((name, number.trim().parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_once_broke_something_breaks_nothing_any_more() {
        let corpus = Corpus::read();
        for (name, number) in kept() {
            if let Some(reader) = Reader::named(name) {
                assert_eq!(reader.try_one(&corpus, number).err(), None);
            }
        }
    }

    #[test]
    fn no_input_of_a_short_run_panics_or_hangs_a_reader() {
        let corpus = Corpus::read();
        assert!(corpus.replies.len() > 100, "the recordings are there");
        for reader in &READERS {
            for index in 0..150 * reader.share {
                assert_eq!(reader.try_one(&corpus, number(1, index)).err(), None);
            }
        }
    }

    #[test]
    fn one_seed_makes_one_input() {
        let corpus = Corpus::read();
        let reply = |seed| corpus.reply(&mut Random::new(seed)).to_json();
        assert_eq!(reply(7), reply(7));
        assert_ne!(reply(7), reply(8));
    }
}
