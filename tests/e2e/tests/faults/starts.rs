//! A start meets every fault once.

use super::*;

/// What a visitor meets at the start.
#[derive(Clone, Copy, Debug)]
enum Began {
    /// It begins by itself, with so many requests.
    Late(usize),
    /// They read this, and try again.
    Failed(&'static str),
}

fn starts() -> Vec<(&'static str, Rule, Began)> {
    use Began::{Failed, Late};
    let at = At::Start;
    let fault = |fault| Rule::new(at, fault);
    let failed = Failed("The chat could not be started.");
    let unreachable = Failed("The chat cannot be reached right now.");
    vec![
        ("latency", Rule::slow(at, 500), Late(1)),
        (
            "latency beyond the deadline",
            Rule::slow(at, 3 * DEADLINE_MS),
            Late(2),
        ),
        ("400", Rule::status(at, 400), failed),
        ("403", Rule::status(at, 403), failed),
        (
            "404",
            Rule::status(at, 404),
            Failed("This bot does not exist."),
        ),
        ("429", Rule::status(at, 429), Late(2)),
        (
            "429 with Retry-After",
            Rule::status_retry_after(at, 429, 1),
            Late(2),
        ),
        ("500", Rule::status(at, 500), failed),
        ("503 that passes", Rule::status(at, 503), Late(2)),
        ("503 that stays", Rule::status(at, 503).times(3), failed),
        (
            "503 with Retry-After",
            Rule::status_retry_after(at, 503, 1),
            Late(2),
        ),
        ("closed before the work", fault(Fault::CloseBefore), Late(2)),
        ("closed after the work", fault(Fault::CloseAfter), Late(2)),
        (
            "closed every time",
            fault(Fault::CloseBefore).times(3),
            unreachable,
        ),
        ("half a body", fault(Fault::HalfBody), Late(2)),
        ("malformed JSON", fault(Fault::Malformed), failed),
        ("wrong types", fault(Fault::WrongTypes), failed),
        ("a web page", fault(Fault::Html), failed),
        ("an endless body", fault(Fault::Endless), failed),
        ("30 MB", fault(huge()), failed),
        ("a body that stalls", fault(Fault::Stall), Late(2)),
    ]
}

async fn a_start_meets(chat: &Chat, api: &str, rule: Rule, began: Began) -> Step {
    chat.server.reset();
    // Where the oldest API refuses, the other form is tried once.
    let is_oldest =
        api == "send-message" && matches!(&rule.fault, Fault::Status { status: 400, .. });
    let in_haste = is_timed_out(&rule);
    chat.server
        .fault(if is_oldest { rule.times(2) } else { rule });
    match in_haste {
        true => begins_in_haste(chat, api).await?,
        false => begins(chat, api).await?,
    }
    let tries = match began {
        Began::Late(tries) => tries,
        Began::Failed(words) => {
            chat.sees(words).await?;
            must(!chat.is_seen("Line 1:").await?, "nothing is said")?;
            let tries = chat.server.calls(Call::Start).len();
            tokio::time::sleep(STILL).await;
            must(
                chat.server.calls(Call::Start).len() == tries,
                "nobody asked again",
            )?;
            let told = chat
                .eval(
                    "return __events.filter(([n]) => n === 'natter:error').length",
                    Value::Null,
                )
                .await?;
            must(told == json!(1), "the page is told once")?;
            chat.presses("Try again").await?;
            tries + 1
        }
    };
    chat.sees("Line 1:").await?;
    let starts = chat.server.calls(Call::Start).len();
    must(
        starts == tries,
        &format!("{tries} requests, and not {starts}"),
    )
}

async fn all_starts(chat: &Chat, api: &str) -> Step {
    // The page of the visit has begun a conversation of its own.
    chat.sees("Line 1:").await?;
    for (name, rule, began) in starts() {
        let told = |error| format!("{api}, a start meets {name}: {error}");
        a_start_meets(chat, api, rule, began).await.map_err(told)?;
    }
    chat.answer("one").await?;
    chat.sees("Line 2:").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_meets_every_fault_of_the_viewer_api() {
    visit(html(), async |chat| all_starts(chat, "viewer").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_meets_every_fault_of_typebots_api() {
    visit(html(), async |chat| all_starts(chat, "typebot").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_meets_every_fault_of_the_oldest_api() {
    visit(html(), async |chat| all_starts(chat, "send-message").await).await;
}
