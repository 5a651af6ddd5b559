//! Whatever becomes of a request, the visitor is told the truth, nothing is
//! said twice without their word, and there is a way on.
//!
//! Here an answer meets each fault once, in `starts` a start. `lasting` meets those of both three times and for ever,
//! `files`, `streams` and `logs` those of all other calls, `kept` what a reload, a crash and a broken storage leave.

mod files;
mod kept;
mod lasting;
mod logs;
mod starts;
mod streams;

use bot_server::{At, Call, Fault, Rule};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::time::Duration;

/// Asks, and says which line it is at: whether an answer counted is seen in
/// the next one.
const BOT: &str = "long-99";

/// How long the first byte may take where that is what is tested, ms.
const DEADLINE_MS: u64 = 2_000;

/// A latency at which it is said that an answer is on its way, ms.
const LATENCY_MS: u64 = 3_000;

/// How long a request that should not come is waited for.
const STILL: Duration = Duration::from_millis(150);

const APIS: [&str; 4] = ["viewer", "typebot", "quickbot", "send-message"];

const WAITING: &str = "Waiting.";
const UNCONFIRMED: &str = "Not confirmed: it may not have arrived.";
const REFUSED: &str = "This answer could not be taken. You can change it and send it again.";
const EXPIRED: &str = "This conversation has expired.";

fn html() -> Visit {
    Visit::standard("viewer", BOT)
}

fn huge() -> Fault {
    Fault::Huge { bytes: 30_000_000 }
}

/// What a visitor meets after an answer was sent.
#[derive(Clone, Copy, Debug)]
enum Sent {
    /// It arrives by itself; until then this is read.
    Late(&'static str),
    /// It may have arrived: they send it again, and it counts once more where it had.
    Unconfirmed { had_arrived: bool },
    /// The text comes back.
    Refused,
    /// The session is gone.
    Expired,
}

fn sends() -> Vec<(&'static str, Rule, Sent)> {
    use Sent::{Expired, Late, Refused, Unconfirmed};
    let at = At::Send;
    let fault = |fault| Rule::new(at, fault);
    let (gone, done) = (
        Unconfirmed { had_arrived: false },
        Unconfirmed { had_arrived: true },
    );
    vec![
        ("latency", Rule::slow(at, LATENCY_MS), Late("Sending")),
        (
            "latency beyond the deadline",
            Rule::slow(at, 2 * DEADLINE_MS),
            gone,
        ),
        ("400", Rule::status(at, 400), Refused),
        ("403", Rule::status(at, 403), Refused),
        ("404", Rule::status(at, 404), Expired),
        ("429", Rule::status(at, 429), Late(WAITING)),
        (
            "429 with Retry-After",
            Rule::status_retry_after(at, 429, 1),
            Late(WAITING),
        ),
        ("500", Rule::status(at, 500), gone),
        ("503", Rule::status(at, 503), gone),
        (
            "503 with Retry-After",
            Rule::status_retry_after(at, 503, 1),
            Late(WAITING),
        ),
        ("closed before the work", fault(Fault::CloseBefore), gone),
        ("closed after the work", fault(Fault::CloseAfter), done),
        ("half a body", fault(Fault::HalfBody), done),
        ("malformed JSON", fault(Fault::Malformed), done),
        ("wrong types", fault(Fault::WrongTypes), done),
        ("a web page", fault(Fault::Html), done),
        ("an endless body", fault(Fault::Endless), done),
        ("30 MB", fault(huge()), done),
        ("a body that stalls", fault(Fault::Stall), done),
    ]
}

async fn begins(chat: &Chat, api: &str) -> Step {
    chat.goes_to(api, BOT, &json!({})).await
}

async fn begins_in_haste(chat: &Chat, api: &str) -> Step {
    chat.goes_to(api, BOT, &json!({ "deadline": DEADLINE_MS }))
        .await
}

/// Whether it is the deadline that ends it.
fn is_timed_out(rule: &Rule) -> bool {
    rule.latency_ms > LATENCY_MS || rule.fault == Fault::Stall
}

/// Whether a request that a fault met so surely did no work: it may be sent again by itself.
fn is_put_off(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Status { status: 429, .. }
            | Fault::Status {
                status: 503,
                retry_after: Some(_),
                ..
            }
    )
}

/// Every fault at a kind of call, by its name; those that only the deadline ends come last.
fn every(at: At) -> Vec<(&'static str, Rule)> {
    let fault = |fault| Rule::new(at, fault);
    vec![
        ("latency", Rule::slow(at, 300)),
        ("400", Rule::status(at, 400)),
        ("403", Rule::status(at, 403)),
        ("404", Rule::status(at, 404)),
        ("429", Rule::status(at, 429)),
        ("429 with Retry-After", Rule::status_retry_after(at, 429, 1)),
        ("500", Rule::status(at, 500)),
        ("503", Rule::status(at, 503)),
        ("503 with Retry-After", Rule::status_retry_after(at, 503, 1)),
        ("closed before the work", fault(Fault::CloseBefore)),
        ("closed after the work", fault(Fault::CloseAfter)),
        ("half a body", fault(Fault::HalfBody)),
        ("malformed JSON", fault(Fault::Malformed)),
        ("wrong types", fault(Fault::WrongTypes)),
        ("a web page", fault(Fault::Html)),
        ("an endless body", fault(Fault::Endless)),
        ("30 MB", fault(huge())),
        (
            "latency beyond the deadline",
            Rule::slow(at, 3 * DEADLINE_MS),
        ),
        ("a body that stalls", fault(Fault::Stall)),
    ]
}

fn must(holds: bool, what: &str) -> Step {
    if holds {
        Ok(())
    } else {
        Err(format!("it does not hold: {what}"))
    }
}

/// The texts that arrived must be these, now and after a moment.
async fn has_sent(chat: &Chat, texts: &[&str]) -> Step {
    chat.server
        .wait_for(Call::Send, texts.len(), Duration::from_secs(5));
    tokio::time::sleep(STILL).await;
    let answers = chat.server.answers();
    must(
        answers == texts,
        &format!("{texts:?} were sent, and not {answers:?}"),
    )
}

/// One answer meets a fault in a conversation that is at a line, and one more
/// follows it. Gives the line that it is at then.
async fn an_answer_meets(chat: &Chat, line: u32, rule: Rule, sent: Sent) -> Step<u32> {
    let said = async |line: u32| chat.sees(&format!("Line {line}:")).await;
    chat.server.forget_requests();
    let guests = chat.count(".typebot-guest-bubble").await?;
    chat.server.fault(rule);
    chat.answer("one").await?;
    let (next, so_far) = match sent {
        Sent::Late(words) => {
            chat.sees(words).await?;
            (line + 1, vec!["one"; if words == WAITING { 2 } else { 1 }])
        }
        Sent::Unconfirmed { had_arrived } => {
            chat.sees(UNCONFIRMED).await?;
            has_sent(chat, &["one"]).await?;
            chat.presses("Send again").await?;
            (line + if had_arrived { 2 } else { 1 }, vec!["one", "one"])
        }
        Sent::Refused => {
            chat.sees(REFUSED).await?;
            must(chat.value().await? == "one", "the text is kept")?;
            must(
                chat.count(".typebot-guest-bubble").await? == guests,
                "the answer is taken back",
            )?;
            chat.types("!").await?;
            chat.presses("Send").await?;
            (line + 1, vec!["one", "one!"])
        }
        Sent::Expired => {
            chat.sees(EXPIRED).await?;
            must(
                chat.is_seen(&format!("Line {line}:")).await?,
                "the transcript stays",
            )?;
            must(
                chat.count(".typebot-guest-bubble").await? == guests + 1,
                "the answer stays",
            )?;
            has_sent(chat, &["one"]).await?;
            chat.presses("Start again").await?;
            (1, vec!["one"])
        }
    };
    said(next).await?;
    for past in ["Sending", UNCONFIRMED, WAITING, REFUSED, EXPIRED] {
        must(!chat.is_seen(past).await?, &format!("{past:?} is past"))?;
    }
    chat.answer("then").await?;
    said(next + 1).await?;
    has_sent(chat, &[so_far, vec!["then"]].concat()).await?;
    Ok(next + 1)
}

async fn all_sends(chat: &Chat, api: &str) -> Step {
    let (timed, others): (Vec<_>, Vec<_>) =
        sends().into_iter().partition(|case| is_timed_out(&case.1));
    for (in_haste, cases) in [(true, timed), (false, others)] {
        match in_haste {
            true => begins_in_haste(chat, api).await?,
            false => begins(chat, api).await?,
        }
        let mut line = 1;
        chat.sees("Line 1:").await?;
        for (name, rule, sent) in cases {
            let told = |error| format!("{api}, an answer meets {name}: {error}");
            line = an_answer_meets(chat, line, rule, sent)
                .await
                .map_err(told)?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_meets_every_fault_of_the_viewer_api() {
    visit(html(), async |chat| all_sends(chat, "viewer").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_meets_every_fault_of_typebots_api() {
    visit(html(), async |chat| all_sends(chat, "typebot").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_meets_every_fault_of_the_oldest_api() {
    visit(html(), async |chat| all_sends(chat, "send-message").await).await;
}

/// Chromium alone can be taken off the network.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_given_without_a_network_waits_for_it() {
    visit(html(), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        for api in APIS {
            chat.server.reset();
            begins(chat, api).await?;
            chat.sees("Line 1:").await?;
            chat.set_offline(true).await?;
            chat.answer("one").await?;
            chat.sees(WAITING).await?;
            must(
                chat.count(".typebot-guest-bubble").await? == 1,
                "the answer stands",
            )?;
            has_sent(chat, &[]).await?;
            chat.set_offline(false).await?;
            chat.sees("Line 2:").await?;
            must(!chat.is_seen(WAITING).await?, "it waits no more")?;
            has_sent(chat, &["one"]).await?;
        }
        Ok(())
    })
    .await;
}

/// What an answer that is on its way, waits or failed looks like.
#[tokio::test(flavor = "multi_thread")]
async fn each_state_of_an_answer_looks_like_itself() {
    let looks = async |chat: &Chat, size: &str| -> Step {
        let states = [
            ("sending", Rule::slow(At::Send, LATENCY_MS), "Sending"),
            (
                "waiting",
                Rule::status_retry_after(At::Send, 503, 5),
                WAITING,
            ),
            ("unconfirmed", Rule::status(At::Send, 500), UNCONFIRMED),
            ("refused", Rule::status(At::Send, 400), REFUSED),
            ("expired", Rule::status(At::Send, 404), EXPIRED),
        ];
        for (name, rule, words) in states {
            chat.server.reset();
            begins(chat, "typebot").await?;
            chat.sees("Line 1:").await?;
            chat.server.fault(rule);
            chat.answer("A blue lampshade for the stairs").await?;
            chat.sees(words).await?;
            chat.picture(&format!("{name}-{size}")).await?;
        }
        chat.server.reset();
        chat.server.fault(Rule::status(At::Start, 500));
        begins(chat, "typebot").await?;
        chat.finds(".natter-failure button").await?;
        chat.picture(&format!("start-failed-{size}")).await
    };
    visit(html(), async |chat| looks(chat, "1280").await).await;
    visit(html().on_phone(), async |chat| looks(chat, "390").await).await;
}
