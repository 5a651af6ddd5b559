//! When a request is sent again, and after how long.
//!
//! To a page, a refused connection and one that broke after the server had
//! done its work look the same. So an answer is never sent again silently:
//! only starts, logs and uploads are, which do no harm when they arrive twice.

use crate::model::Failure;

/// How often a request is sent at most.
pub const MAX_TRIES: u32 = 3;

/// The pause before the second try, in ms; it triples from try to try.
const FIRST_PAUSE: f64 = 500.0;

/// The longest pause that a server may ask for, in ms.
pub const MAX_PAUSE: f64 = 30_000.0;

/// The pause in ms before a request may be sent again that failed for the
/// `tries`-th time; nothing where it shall not be. `random` is between 0 and 1:
/// half of the pause is up to chance, so that many pages do not come at once.
pub fn pause(tries: u32, failure: &Failure, random: f64) -> Option<f64> {
    let passing = match failure {
        Failure::Network | Failure::Timeout => true,
        Failure::Status(refusal) => matches!(refusal.status, 408 | 425 | 429 | 502..=504),
        Failure::Offline | Failure::Unreadable(_) | Failure::TooLarge => false,
    };
    if !passing || tries >= MAX_TRIES {
        return None;
    }
    let asked = match failure {
        Failure::Status(refusal) => refusal.retry_after.unwrap_or(0.0) * 1000.0,
        _ => 0.0,
    };
    let mut pause = FIRST_PAUSE;
    for _ in 1..tries {
        pause *= 3.0;
    }
    let pause = asked.max(pause * (0.5 + 0.5 * random.clamp(0.0, 1.0)));
    (asked <= MAX_PAUSE).then_some(pause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Refusal;

    fn status(status: u16, retry_after: Option<f64>) -> Failure {
        Failure::Status(Refusal {
            status,
            retry_after,
            ..Refusal::default()
        })
    }

    #[test]
    fn what_may_pass_is_tried_three_times_with_growing_pauses() {
        assert_eq!(pause(1, &Failure::Network, 1.0), Some(500.0));
        assert_eq!(pause(2, &Failure::Timeout, 1.0), Some(1500.0));
        assert_eq!(pause(2, &status(503, None), 0.0), Some(750.0));
        assert_eq!(pause(3, &Failure::Network, 1.0), None);
    }

    #[test]
    fn what_will_not_pass_is_not_tried_again() {
        for failure in [
            Failure::Offline,
            Failure::TooLarge,
            Failure::Unreadable(String::new()),
            status(400, None),
            status(404, None),
            status(500, None),
        ] {
            assert_eq!(pause(1, &failure, 0.5), None, "{failure:?}");
        }
    }

    #[test]
    fn a_server_says_when_but_not_for_ever() {
        assert_eq!(pause(1, &status(429, Some(7.0)), 0.0), Some(7000.0));
        assert_eq!(pause(1, &status(429, Some(3600.0)), 0.0), None);
        assert_eq!(pause(1, &status(429, Some(-5.0)), 1.0), Some(500.0));
    }
}
