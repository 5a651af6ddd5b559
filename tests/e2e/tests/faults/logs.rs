//! Log lines are the author's affair: whatever becomes of them, the visitor's chat goes on.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn logs_that_nobody_takes_hold_up_no_chat() {
    visit(html(), async |chat| {
        chat.sees("Line 1:").await?;
        for (name, rule) in every(At::Logs) {
            for times in [1, 3, u32::MAX] {
                let told = |error| format!("logs meet {name}, {times} times: {error}");
                let goes = async || {
                    // What the page before still tries is not counted to this one.
                    chat.goes_to("typebot", "hello", &json!({})).await?;
                    chat.server.reset();
                    chat.server.fault(rule.clone().times(times));
                    // Its script throws, which its author shall read.
                    // Who receives megabytes has little time for an answer.
                    let deadline = if name == "30 MB" { 15_000 } else { DEADLINE_MS };
                    let options = json!({ "deadline": deadline });
                    chat.goes_to("typebot", "do-script-throws", &options)
                        .await?;
                    chat.sees("After.").await?;
                    chat.answer("Ada").await?;
                    chat.sees("End.").await?;
                    has_sent(chat, &["Ada"]).await?;
                    let logs = chat.server.calls(Call::Logs).len();
                    must((1..=3).contains(&logs), &format!("{logs} posts of logs"))
                };
                goes().await.map_err(told)?;
            }
        }
        Ok(())
    })
    .await;
}
