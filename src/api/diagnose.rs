//! What a failed start means to whoever set the page up: for the console and
//! the log. What the visitor is told is another matter.

use super::Target;
use crate::model::{Failure, number_to_text};

/// Says why a start failed, and what may help. `page` is the page's origin;
/// `answers` tells whether the server answers a request whose answer the page
/// may not read, which tells a refused origin from a server that is not there.
pub fn diagnose(failure: &Failure, target: &Target, page: &str, answers: bool) -> String {
    if let Some(problem) = target.problem() {
        return problem.into();
    }
    let mut text = String::new();
    let host = match target.host.as_str() {
        "" | "/" => page,
        host => host,
    };
    let mut say = |parts: &[&str]| parts.iter().for_each(|part| text.push_str(part));
    match failure {
        Failure::Offline => say(&["The browser is offline: the chat starts when it is back."]),
        Failure::Timeout => say(&["No answer from ", host, " in time."]),
        Failure::TooLarge => say(&["The answer of ", host, " is beyond the size limit."]),
        Failure::Network if answers => say(&[
            host,
            " answers, but not to this page: its CORS headers must allow the origin ",
            page,
            ".",
        ]),
        Failure::Network => say(&[
            "No connection to ",
            host,
            ": is `apiHost` right, and does the page's policy (`connect-src`) allow it?",
        ]),
        Failure::Unreadable(why) => say(&[host, ": ", why, ". Is `apiHost` right?"]),
        Failure::Status(refusal) => {
            let said = refusal.message.as_deref().unwrap_or("no message");
            match refusal.status {
                404 if refusal.is_html || refusal.code.is_none() => say(&[
                    "No chat API was found at ",
                    host,
                    ": is `apiHost` right, and `api` the one that it speaks?",
                ]),
                404 => say(&[
                    "There is no bot \"",
                    &target.bot,
                    "\" at ",
                    host,
                    ", or it is not published (",
                    said,
                    ").",
                ]),
                403 => say(&[
                    host,
                    " refused the origin ",
                    page,
                    ": the bot's setting \"Allowed origins\" must list it (",
                    said,
                    ").",
                ]),
                401 => say(&[host, " wants a token: give `previewToken` (", said, ")."]),
                400 => say(&["The bot is closed, or the request was refused: ", said, "."]),
                status => say(&[
                    host,
                    " answered with status ",
                    &number_to_text(f64::from(status)),
                    " (",
                    said,
                    ").",
                ]),
            }
            for issue in &refusal.issues {
                text.push_str(" \u{2022} ");
                text.push_str(issue);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Kind;
    use crate::model::Refusal;

    fn said(failure: Failure, answers: bool) -> String {
        let target = Target::new(Kind::Typebot, "https://bots.example", "my-bot");
        diagnose(&failure, &target, "https://shop.example", answers)
    }

    fn status(status: u16, code: Option<&str>, is_html: bool) -> Failure {
        Failure::Status(Refusal {
            status,
            code: code.map(Into::into),
            message: Some("Said so".into()),
            issues: vec!["one".into()],
            is_html,
            ..Refusal::default()
        })
    }

    #[test]
    fn start_errors_are_told_apart() {
        for (text, words) in [
            (said(Failure::Offline, false), "offline"),
            (
                said(Failure::Network, true),
                "CORS headers must allow the origin https://shop.example",
            ),
            (
                said(Failure::Network, false),
                "No connection to https://bots.example",
            ),
            (
                said(status(404, None, true), false),
                "No chat API was found at https://bots.example",
            ),
            (
                said(status(404, Some("NOT_FOUND"), false), false),
                "no bot \"my-bot\"",
            ),
            (
                said(status(403, None, false), false),
                "\"Allowed origins\" must list it (Said so)",
            ),
            (said(status(400, None, false), false), "closed"),
            (
                said(status(500, None, false), false),
                "status 500 (Said so). \u{2022} one",
            ),
        ] {
            assert!(text.contains(words), "{text}");
        }
    }
}
