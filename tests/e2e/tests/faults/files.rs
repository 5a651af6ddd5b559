//! A file meets every fault, where its address is asked for and where it goes.

use super::*;

/// In the page: what has become of the file.
const FATE: &str = r"
const read = tidy(texts().join(' '));
if (read.includes('You said:')) return 'answered';
if (all('button').some((e) => shown(e) && name(e) === 'Try again')) return 'failed';
return read.includes('This chat cannot take files.') ? 'impossible' : false;
";

/// A file on the disk.
fn file() -> Step<String> {
    let path = std::env::temp_dir().join(format!("natter-fault-{}.txt", std::process::id()));
    std::fs::write(&path, "A lampshade").map_err(|e| e.to_string())?;
    Ok(path.to_string_lossy().into_owned())
}

async fn a_file_meets(chat: &Chat, rule: Rule, times: u32) -> Step {
    chat.server.reset();
    chat.goes_to("typebot", "ask-file", &json!({ "deadline": DEADLINE_MS }))
        .await?;
    chat.sees("The question is this.").await?;
    chat.server.fault(rule.times(times));
    let script = "return all('input[type=file]').at(-1)";
    let field = chat.element("a file field", script, Value::Null).await?;
    field.send_keys(file()?).await.map_err(|e| e.to_string())?;
    let mut words = 1;
    loop {
        let fate = chat
            .until("what became of the file", FATE, Value::Null)
            .await?;
        match fate.as_str().unwrap_or_default() {
            "answered" => break,
            "failed" => {
                must(
                    chat.server.answers().is_empty(),
                    "no answer without its file",
                )?;
                words += 1;
                if words > 3 {
                    chat.server.clear_faults();
                }
                chat.presses("Try again").await?;
            }
            other => return Err(format!("an unknown fate: {other}")),
        }
    }
    tokio::time::sleep(STILL).await;
    must(chat.server.answers().len() == 1, "one answer")?;
    must(!chat.server.files().is_empty(), "the file is there")
}

async fn files_meet(chat: &Chat, at: At) -> Step {
    chat.sees("Line 1:").await?;
    for (name, rule) in every(at) {
        // Once, three times, and until somebody mends it.
        for times in [1, 3, u32::MAX] {
            let told = |error| format!("{at:?} meets {name}, {times} times: {error}");
            a_file_meets(chat, rule.clone(), times)
                .await
                .map_err(told)?;
        }
    }
    Ok(())
}

#[ignore = "minutes: `cargo xtask test --only soak`"]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_not_lost_where_its_address_cannot_be_had() {
    visit(html(), async |chat| files_meet(chat, At::UploadUrl).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_not_lost_where_it_cannot_be_put() {
    visit(html(), async |chat| files_meet(chat, At::Upload).await).await;
}
