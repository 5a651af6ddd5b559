//! `fuzz INPUTS [BASE]`: so many inputs, spread over all readers, on all cores.
//! `fuzz READER NUMBER`: one input again.

use fuzz::{Broken, Corpus, READERS, Reader, kept, number};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Where a run begins unless it is said.
const BASE: u64 = 20_261_127;

/// An input that takes so long never ends, or might as well not.
const HANGS: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let corpus = Corpus::read();
    if let [name, number] = &arguments[..]
        && let Some(reader) = Reader::named(name)
    {
        let tried = reader.try_one(&corpus, number.parse().unwrap_or_default());
        println!("{tried:?}");
        return if tried.is_ok() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    }
    let wanted = arguments
        .first()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000);
    let base = arguments
        .get(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(BASE);
    let broken = run(&corpus, wanted, base);
    for one in &broken {
        println!("{}  # {}", one.seed, one.how);
    }
    if broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What each thread is at, for whoever looks whether it hangs.
#[derive(Default)]
struct At {
    reader: AtomicU64,
    number: AtomicU64,
    tried: AtomicU64,
}

fn run(corpus: &Corpus, wanted: u64, base: u64) -> Vec<Broken> {
    let shares: u64 = READERS.iter().map(|reader| reader.share).sum();
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let broken = Mutex::new(Vec::new());
    let places: Vec<At> = (0..cores).map(|_| At::default()).collect();
    let began = Instant::now();
    println!(
        "{wanted} inputs from {base}, after the {} that are kept",
        kept().count()
    );
    for (name, number) in kept() {
        if let Some(Err(error)) = Reader::named(name).map(|reader| reader.try_one(corpus, number)) {
            note(&broken, error);
        }
    }
    std::thread::scope(|scope| {
        for (core, place) in (0..cores).zip(&places) {
            let broken = &broken;
            let work = move || {
                for (place_of, reader) in READERS.iter().enumerate() {
                    let count = wanted.div_ceil(shares) * reader.share;
                    let mut slowest = (Duration::ZERO, 0);
                    for index in (core..count).step_by(cores as usize) {
                        let number = number(base, index);
                        place.reader.store(place_of as u64, Ordering::Relaxed);
                        place.number.store(number, Ordering::Relaxed);
                        match reader.try_one(corpus, number) {
                            Ok(took) => slowest = slowest.max((took, number)),
                            Err(error) => note(broken, error),
                        }
                        place.tried.fetch_add(1, Ordering::Relaxed);
                    }
                    if core == 0 {
                        println!(
                            "{:<13} {count:>9} inputs, the slowest {slowest:.0?}, after {:.0?}",
                            reader.name,
                            began.elapsed()
                        );
                    }
                }
                place.reader.store(u64::MAX, Ordering::Relaxed);
            };
            scope.spawn(work);
        }
        scope.spawn(|| watch(&places));
    });
    let tried: u64 = places
        .iter()
        .map(|place| place.tried.load(Ordering::Relaxed))
        .sum();
    println!("{tried} inputs tried in {:.0?}", began.elapsed());
    broken.into_inner().unwrap_or_default()
}

fn note(broken: &Mutex<Vec<Broken>>, error: Broken) {
    println!("{}  # {}", error.seed, error.how);
    if let Ok(mut broken) = broken.lock() {
        broken.push(error);
    }
}

/// Ends the program where an input hangs: a thread cannot be stopped from outside.
fn watch(places: &[At]) {
    let mut last: Vec<(u64, Instant)> = places.iter().map(|_| (u64::MAX, Instant::now())).collect();
    loop {
        std::thread::sleep(Duration::from_millis(500));
        let mut over = true;
        for (place, seen) in places.iter().zip(&mut last) {
            let reader = place.reader.load(Ordering::Relaxed);
            let tried = place.tried.load(Ordering::Relaxed);
            over &= reader == u64::MAX;
            if tried != seen.0 {
                *seen = (tried, Instant::now());
            } else if reader != u64::MAX && seen.1.elapsed() > HANGS {
                let name = READERS
                    .get(reader as usize)
                    .map_or("", |reader| reader.name);
                println!(
                    "{name} {}  # it hangs",
                    place.number.load(Ordering::Relaxed)
                );
                std::process::exit(1);
            }
        }
        if over {
            return;
        }
    }
}
