//! A text that streams in meets every fault.

use super::*;

/// A stream may think for a minute between two pieces: here a minute is two seconds.
const HASTE: &str = "const later = setTimeout; window.setTimeout = (f, ms, ...more) => later(f, ms >= 60000 ? 2000 : ms, ...more);";

/// In the page: what has become of the stream.
const FATE: &str = r"
const read = tidy(texts().join(' '));
if (read.includes('After.') && field()) return 'answered';
return all('button').filter((e) => shown(e)).map(name).find((n) => n === 'Try again' || n === 'Send again') ?? false;
";

async fn a_stream_meets(chat: &Chat, rule: Rule, times: u32) -> Step {
    chat.server.reset();
    chat.goes_to("typebot", "do-stream", &json!({ "deadline": DEADLINE_MS }))
        .await?;
    chat.sees("Ask me.").await?;
    chat.server.fault(rule.times(times));
    chat.answer("Ada").await?;
    let mut words = 1;
    loop {
        let fate = chat
            .until("what became of the stream", FATE, Value::Null)
            .await?;
        match fate.as_str().unwrap_or_default() {
            "answered" => break,
            way_on => {
                words += 1;
                if words > 3 {
                    chat.server.clear_faults();
                }
                chat.presses(way_on).await?;
            }
        }
    }
    // What the visitor said arrived once, whatever became of what the bot said.
    let answers = chat.server.answers();
    let said = answers.iter().filter(|text| *text == "Ada").count();
    must(
        said == 1,
        &format!("Ada was said once, and not {answers:?}"),
    )?;
    must(!chat.is_seen("The reply broke off.").await?, "it is past")?;
    chat.server.clear_faults();
    chat.answer("then").await?;
    chat.sees("End.").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_streamed_text_meets_every_fault_and_the_chat_goes_on() {
    visit(html(), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.before_pages(HASTE).await?;
        chat.sees("Line 1:").await?;
        for (name, rule) in every(At::Stream) {
            for times in [1, 3, u32::MAX] {
                let told = |error| format!("a stream meets {name}, {times} times: {error}");
                a_stream_meets(chat, rule.clone(), times)
                    .await
                    .map_err(told)?;
            }
        }
        Ok(())
    })
    .await;
}
