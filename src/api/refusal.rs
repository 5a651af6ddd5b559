//! What a server says when it refuses, in the three shapes that exist.

use crate::model::read::Field;
use crate::model::{Failure, Refusal, Value};

/// The longest text of an error that is kept, in characters.
const MAX_MESSAGE: usize = 300;

/// The body of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// It was JSON.
    Json(&'a Value),
    /// It was anything else.
    Text(&'a str),
}

/// Reads an answer whose status is not a success. `retry_after` is in seconds.
pub fn refusal(status: u16, retry_after: Option<f64>, body: Body) -> Refusal {
    let mut refusal = Refusal {
        status,
        retry_after,
        ..Refusal::default()
    };
    match body {
        Body::Json(body) => {
            // tRPC wraps its error once more.
            let error = body.get("error").filter(|e| e.as_object().is_some());
            let error = error.unwrap_or(body);
            let data = error.get("data").unwrap_or(&Value::Null);
            refusal.message = filled(error.get("message"));
            refusal.code = filled(error.get("code")).or(filled(data.get("code")));
            let issues = error.get("issues").or(data.get("issues"));
            let issues = issues.and_then(Value::as_array).unwrap_or_default();
            refusal.issues = issues
                .iter()
                .filter_map(|issue| filled(issue.get("message")))
                .collect();
        }
        Body::Text(text) if is_html(text) => refusal.is_html = true,
        Body::Text(text) => {
            let text: String = text.trim().chars().take(MAX_MESSAGE).collect();
            refusal.message = (!text.is_empty()).then_some(text);
        }
    }
    refusal
}

/// What a success is whose body is not JSON.
pub fn unreadable(body: &str) -> Failure {
    let why = if is_html(body) {
        "the server answered with a web page instead of JSON"
    } else if body.trim().is_empty() {
        "the server's answer is empty"
    } else {
        "the server's answer is not JSON, or was cut off"
    };
    Failure::Unreadable(why.into())
}

/// Which of two refusals of one start tells more. Each form of sendMessage is
/// refused by the other's server as badly formed, with issues: the refusal
/// without them is about the bot.
pub fn telling(first: Failure, second: Failure) -> Failure {
    let about_form = |failure: &Failure| match failure {
        Failure::Status(refusal) => refusal.status == 400 && !refusal.issues.is_empty(),
        _ => false,
    };
    if !about_form(&second) && (about_form(&first) || second.status() != Some(400)) {
        second
    } else {
        first
    }
}

fn filled(value: Option<&Value>) -> Option<String> {
    let text = String::field(value);
    (!text.is_empty()).then(|| text.chars().take(MAX_MESSAGE).collect())
}

fn is_html(text: &str) -> bool {
    let head = text.trim_start();
    ["<!doctype", "<html", "<head", "<body"].iter().any(|tag| {
        head.get(..tag.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(tag))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Refusal {
        let body: Value = serde_json::from_str(json).unwrap();
        refusal(400, None, Body::Json(&body))
    }

    #[test]
    fn an_error_is_read_in_all_its_shapes() {
        let orpc = read(
            r#"{"defined":true,"code":"BAD_REQUEST","status":400,"message":"Input validation failed",
                "data":{"issues":[{"message":"expected string"},{"no":1}]}}"#,
        );
        let openapi = read(
            r#"{"message":"Input validation failed","code":"BAD_REQUEST","issues":[{"message":"expected string"}]}"#,
        );
        let trpc = read(
            r#"{"error":{"message":"Input validation failed","code":-32600,"data":{"code":"BAD_REQUEST","issues":[{"message":"expected string"}]}}}"#,
        );
        assert_eq!(orpc, openapi);
        assert_eq!(orpc.code.as_deref(), Some("BAD_REQUEST"));
        assert_eq!(orpc.issues, ["expected string"]);
        assert_eq!(trpc.message, orpc.message);
        assert_eq!(trpc.issues, orpc.issues);
    }

    #[test]
    fn a_web_page_and_a_plain_text_are_told_apart() {
        let page = refusal(404, None, Body::Text("\n<!DOCTYPE html><p>Not here"));
        assert!(page.is_html && page.message.is_none());
        let text = refusal(403, None, Body::Text("Invalid upload URL\n"));
        assert_eq!(text.message.as_deref(), Some("Invalid upload URL"));
        assert!(!text.is_html);
        let long = refusal(500, None, Body::Text(&"é".repeat(10_000)));
        assert_eq!(long.message.map(|m| m.chars().count()), Some(MAX_MESSAGE));
    }

    #[test]
    fn a_success_that_is_no_json_says_why() {
        for (body, why) in [
            ("<html>", "web page"),
            (" ", "empty"),
            ("{\"mess", "cut off"),
        ] {
            match unreadable(body) {
                Failure::Unreadable(text) => assert!(text.contains(why), "{text}"),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn of_two_refused_starts_the_one_about_the_bot_is_told() {
        let form = || {
            Failure::Status(Refusal {
                status: 400,
                issues: vec!["Required".into()],
                ..Refusal::default()
            })
        };
        let closed = || {
            Failure::Status(Refusal {
                status: 400,
                message: Some("This bot is closed".into()),
                ..Refusal::default()
            })
        };
        assert_eq!(telling(form(), closed()), closed());
        assert_eq!(telling(closed(), form()), closed());
        assert_eq!(telling(form(), Failure::Network), Failure::Network);
        assert_eq!(telling(closed(), closed()), closed());
    }
}
