//! A fault that comes again: three times, or for as long as the network is what it is.

use super::*;

/// How often a fault comes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lasts {
    Thrice,
    /// Until it was met so often that nobody would wait any longer.
    ForEver,
}

/// How often a visitor tries again before the network mends.
const PATIENCE: usize = 3;

/// In the page: what has become of the answer to a line.
const FATE: &str = r"
const read = tidy(texts().join(' '));
const line = Number(read.match(/.*Line (\d+):/)?.[1] ?? 0);
if (read.includes('Not confirmed: it may not have arrived.')) return 'unconfirmed';
if (read.includes('This answer could not be taken.')) return 'refused';
if (read.includes('This conversation has expired.')) return 'expired';
if (read.includes('Waiting.')) return 'waiting';
return line > arguments[1] && field() ? 'answered' : false;
";

async fn line(chat: &Chat) -> Step<u64> {
    let script =
        "return Number(tidy(texts().join(' ')).match(/.*Line (\\d+):/)?.[1] ?? 0) || false";
    let line = chat.until("a line", script, Value::Null).await?;
    Ok(line.as_u64().unwrap_or_default())
}

/// What must hold of the requests that came, when the visitor gave their word so often.
fn nobody_spoke_for_the_visitor(chat: &Chat, words: usize, rule: &Rule) -> Step {
    let sent = chat.server.calls(Call::Send);
    let refused = sent.iter().filter(|call| call.fault.is_some()).count();
    let allowed = words + if is_put_off(&rule.fault) { refused } else { 0 };
    must(
        sent.len() <= allowed,
        &format!("{} requests for {words} words of the visitor's", sent.len()),
    )
}

async fn an_answer_meets(chat: &Chat, rule: Rule, lasts: Lasts) -> Step {
    let before = line(chat).await?;
    chat.server.clear_faults();
    chat.server.forget_requests();
    chat.server.fault(match lasts {
        Lasts::Thrice => rule.clone().times(3),
        Lasts::ForEver => rule.clone().always(),
    });
    chat.answer("one").await?;
    let mut words = 1;
    loop {
        let fate = chat
            .until("what became of the answer", FATE, json!(before))
            .await?;
        nobody_spoke_for_the_visitor(chat, words, &rule)?;
        let met = chat.server.calls(Call::Send).len();
        if lasts == Lasts::ForEver && met >= PATIENCE {
            chat.server.clear_faults();
        }
        match fate.as_str().unwrap_or_default() {
            "answered" => break,
            // It goes by itself, now or later: nothing is asked of the visitor.
            "waiting" => tokio::time::sleep(STILL).await,
            "unconfirmed" => {
                tokio::time::sleep(STILL).await;
                nobody_spoke_for_the_visitor(chat, words, &rule)?;
                words += 1;
                chat.presses("Send again").await?;
            }
            "refused" => {
                let kept = chat.eval("return field().value", Value::Null).await?;
                must(kept == json!("one"), "the text is kept")?;
                words += 1;
                chat.presses("Send").await?;
            }
            "expired" => {
                must(chat.is_seen("one").await?, "the answer stays")?;
                chat.server.clear_faults();
                chat.presses("Start again").await?;
                chat.sees("Line 1:").await?;
                return Ok(());
            }
            other => return Err(format!("an unknown fate: {other}")),
        }
    }
    let texts = chat.server.answers();
    must(
        texts.iter().all(|text| text == "one"),
        &format!("{texts:?} was never said"),
    )?;
    // And one more, that meets nothing.
    chat.server.clear_faults();
    chat.server.forget_requests();
    let now = line(chat).await?;
    chat.answer("then").await?;
    chat.sees(&format!("Line {}:", now + 1)).await?;
    has_sent(chat, &["then"]).await
}

async fn answers_meet(chat: &Chat, api: &str, lasts: Lasts) -> Step {
    begins_in_haste(chat, api).await?;
    for (name, rule) in every(At::Send) {
        let told = |error| format!("{api}, an answer meets {name}, {lasts:?}: {error}");
        an_answer_meets(chat, rule, lasts).await.map_err(told)?;
    }
    Ok(())
}

#[ignore = "minutes: `cargo xtask test --only soak`"]
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_meets_every_fault_three_times_in_a_row() {
    visit(html(), async |chat| {
        answers_meet(chat, "typebot", Lasts::Thrice).await
    })
    .await;
}

#[ignore = "minutes: `cargo xtask test --only soak`"]
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_meets_every_fault_for_as_long_as_it_takes() {
    visit(html(), async |chat| {
        answers_meet(chat, "viewer", Lasts::ForEver).await?;
        answers_meet(chat, "send-message", Lasts::Thrice).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_fails_for_ever_says_so_each_time_and_can_be_tried_again() {
    visit(html(), async |chat| {
        chat.sees("Line 1:").await?;
        for (name, rule) in every(At::Start) {
            let told = |error| format!("a start meets {name} for ever: {error}");
            if rule.fault == Fault::Slow && rule.latency_ms < DEADLINE_MS {
                continue;
            }
            let starts = async || {
                chat.server.reset();
                chat.server.fault(rule.always());
                begins_in_haste(chat, "viewer").await?;
                chat.finds(".natter-failure button").await?;
                must(!chat.is_seen("Line 1:").await?, "nothing is said")?;
                must(chat.count(".natter-failure").await? == 1, "it is said once")?;
                chat.server.clear_faults();
                chat.presses("Try again").await?;
                chat.sees("Line 1:").await?;
                must(
                    chat.count(".natter-failure").await? == 0,
                    "it is past, and not said any more",
                )
            };
            starts().await.map_err(told)?;
        }
        chat.answer("one").await?;
        chat.sees("Line 2:").await
    })
    .await;
}
