//! Files that were picked and not given yet: they outlive a reload, and nothing of them outlives their question.

use bot_server::{At, Bot, Call, Config, Fault, Rule};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a request that should not come is waited for.
const STILL: Duration = Duration::from_millis(400);

/// A bot that remembers its visitor and asks for files.
fn remembering(id: &str, is_multiple: bool) -> Bot {
    let text = |text: &str| json!({ "type": "text", "text": text });
    let options = json!({ "isMultipleAllowed": is_multiple, "labels": { "button": "Send files" } });
    let ask = json!({ "id": "in", "type": "file input", "options": options });
    let bot = json!({
        "settings": {
            "general": { "isBrandingEnabled": false, "rememberUser": { "isEnabled": true, "storage": "local" } },
            "typingEmulation": { "enabled": false },
        },
        "groups": [{ "id": "g", "blocks": [text("The plans?"), ask, text("Thank you.")] }],
    });
    Bot::parse(id, &bot.to_string()).expect("the bot is well written")
}

fn page() -> Visit {
    let server = Config {
        more_bots: vec![remembering("one", false), remembering("many", true)],
        ..Config::default()
    };
    Visit {
        server,
        ..Visit::standard("typebot", "ask-files")
    }
}

/// Waits until so many files are kept in the browser.
async fn keeps(chat: &Chat, count: usize) -> Step {
    let script = "caches.open('natter-files').then((cache) => cache.keys()).then((keys) => (window.kept = keys.length)); return window.kept === arguments[1]";
    chat.runs("window.kept = undefined").await?;
    let what = format!("{count} files to be kept");
    chat.until(&what, script, json!(count)).await.map(drop)
}

/// The names of the files that the visitor sees, in order.
async fn shows(chat: &Chat, names: &[&str]) -> Step {
    let script = "return tidy(all('.natter-file-name').map((e) => e.innerText).join()) === arguments[1].join()";
    let what = format!("the files {names:?}");
    chat.until(&what, script, json!(names)).await.map(drop)
}

/// What the server has of files, by their names.
fn given(chat: &Chat) -> Vec<(String, String)> {
    let files = chat.server.files().into_iter();
    let mut given: Vec<_> = files
        .map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned()))
        .collect();
    given.sort();
    given
}

fn named(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, content): &(&str, &str)| (String::from(*name), String::from(*content));
    files.iter().map(owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_were_picked_are_there_after_a_reload_and_nowhere_after_the_answer() {
    visit(page(), async |chat| {
        chat.picks("a.txt", "The first").await?;
        chat.picks("b ö.txt", "The second").await?;
        keeps(chat, 2).await?;
        chat.reload().await?;
        shows(chat, &["b ö.txt", "a.txt"]).await?;
        // Once more, with another, and without one.
        chat.picks("c.txt", "The third").await?;
        chat.clicks("button[aria-label='Remove a.txt']").await?;
        shows(chat, &["c.txt", "b ö.txt"]).await?;
        keeps(chat, 2).await?;
        chat.reload().await?;
        shows(chat, &["c.txt", "b ö.txt"]).await?;
        chat.presses("Send files").await?;
        chat.sees("2 files!").await?;
        chat.sees("You said:").await?;
        let contents: Vec<_> = given(chat).into_iter().map(|(_, it)| it).collect();
        assert_eq!(contents.len(), 2);
        assert!(contents.contains(&"The second".into()) && contents.contains(&"The third".into()));
        keeps(chat, 0).await?;
        chat.reload().await?;
        chat.sees("The question is this.").await?;
        chat.finds(".natter-file-form").await?;
        shows(chat, &[]).await?;
        // What is cleared, or not given at all, is gone as well.
        for goes in ["Reset", "No thanks"] {
            chat.picks("a.txt", "The first").await?;
            keeps(chat, 1).await?;
            chat.presses("Reset").await?;
            keeps(chat, 0).await?;
            if goes == "No thanks" {
                chat.presses(goes).await?;
                chat.sees("You said:").await?;
            }
            chat.reload().await?;
            chat.finds(".natter-file-form").await?;
            shows(chat, &[]).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_kept_before_its_pick_was_painted_stays() {
    visit(page(), async |chat| {
        chat.finds(".natter-file-form").await?;
        chat.runs("window.requestAnimationFrame = () => 0").await?;
        chat.picks("a.txt", "The first").await?;
        shows(chat, &["a.txt"]).await?;
        tokio::time::sleep(STILL).await;
        keeps(chat, 1).await?;
        chat.reload().await?;
        shows(chat, &["a.txt"]).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_beside_a_text_is_there_with_it_after_a_reload() {
    visit(page(), async |chat| {
        chat.goes_to("typebot", "ask-attachments", &json!({}))
            .await?;
        chat.types("See").await?;
        chat.picks("c.txt", "The plan").await?;
        keeps(chat, 1).await?;
        chat.reload().await?;
        assert_eq!(chat.value().await?, "See");
        shows(chat, &["c.txt"]).await?;
        chat.types(" this").await?;
        chat.reload().await?;
        assert_eq!(chat.value().await?, "See this");
        shows(chat, &["c.txt"]).await?;
        chat.clicks("button[type=submit]").await?;
        chat.sees("You said: See this").await?;
        assert_eq!(given(chat), named(&[("c.txt", "The plan")]));
        assert_eq!(chat.server.answers(), ["See this"]);
        keeps(chat, 0).await?;
        // The text alone is left where the file is taken away.
        chat.goes_to("typebot", "ask-attachments", &json!({}))
            .await?;
        chat.types("Or").await?;
        chat.picks("c.txt", "The plan").await?;
        chat.clicks("button[aria-label='Remove c.txt']").await?;
        chat.reload().await?;
        assert_eq!(chat.value().await?, "Or");
        shows(chat, &[]).await?;
        keeps(chat, 0).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_uploaded_before_a_reload_is_not_uploaded_again() {
    visit(page(), async |chat| {
        chat.goes_to("typebot", "many", &json!({})).await?;
        chat.picks("b.txt", "The second").await?;
        chat.picks("a.txt", "The first").await?;
        chat.server
            .fault(Rule::status(At::UploadUrl, 400).after(1).always());
        chat.presses("Send files").await?;
        chat.finds(".natter-file.failed").await?;
        keeps(chat, 2).await?;
        chat.reload().await?;
        shows(chat, &["a.txt", "b.txt"]).await?;
        tokio::time::sleep(STILL).await;
        assert!(chat.server.answers().is_empty(), "the visitor has the word");
        chat.server.clear_faults();
        chat.presses("Send files").await?;
        chat.sees("Thank you.").await?;
        assert_eq!(chat.server.calls(Call::Upload).len(), 2);
        assert_eq!(
            given(chat),
            named(&[("a.txt", "The first"), ("b.txt", "The second")])
        );
        assert_eq!(chat.server.answers().len(), 1);
        keeps(chat, 0).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_on_its_way_when_the_page_went_goes_on_in_its_own_conversation_alone() {
    visit(page(), async |chat| {
        chat.goes_to("typebot", "one", &json!({})).await?;
        chat.sees("The plans?").await?;
        chat.server.fault(Rule::new(At::UploadUrl, Fault::Stall));
        chat.picks("a.txt", "The first").await?;
        keeps(chat, 1).await?;
        chat.server
            .wait_for(Call::UploadUrl, 1, Duration::from_secs(5));
        chat.reload().await?;
        chat.sees("Thank you.").await?;
        assert_eq!(chat.server.answers().len(), 1);
        keeps(chat, 0).await?;
        // It is not sent into another conversation, unless the visitor says so.
        chat.server.forget_requests();
        chat.goes_to("typebot", "ask-file", &json!({})).await?;
        chat.sees("The question is this.").await?;
        chat.server.fault(Rule::new(At::UploadUrl, Fault::Stall));
        chat.picks("a.txt", "The first").await?;
        keeps(chat, 1).await?;
        chat.server
            .wait_for(Call::UploadUrl, 1, Duration::from_secs(5));
        chat.reload().await?;
        shows(chat, &["a.txt"]).await?;
        tokio::time::sleep(STILL).await;
        assert!(chat.server.answers().is_empty(), "nobody said so");
        chat.presses("Try again").await?;
        chat.sees("You said:").await?;
        assert_eq!(chat.server.answers().len(), 1);
        keeps(chat, 0).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_with_their_conversation() {
    visit(page(), async |chat| {
        for ends in ["restart", "reset"] {
            chat.goes_to("typebot", "many", &json!({})).await?;
            chat.picks("a.txt", "The first").await?;
            keeps(chat, 1).await?;
            chat.runs(&format!("window.chat.{ends}()")).await?;
            keeps(chat, 0).await?;
            chat.reload().await?;
            chat.finds(".natter-file-form").await?;
            shows(chat, &[]).await?;
        }
        // What is on its way is of no use to the next conversation.
        chat.goes_to("typebot", "one", &json!({})).await?;
        chat.sees("The plans?").await?;
        chat.server.fault(Rule::slow(At::UploadUrl, 500));
        chat.picks("a.txt", "The first").await?;
        chat.server
            .wait_for(Call::UploadUrl, 1, Duration::from_secs(5));
        chat.runs("window.chat.restart()").await?;
        tokio::time::sleep(3 * STILL).await;
        assert!(chat.server.answers().is_empty(), "nobody answered");
        shows(chat, &[]).await?;
        // The widget may go and come without them going.
        chat.goes_to("typebot", "many", &json!({})).await?;
        chat.picks("a.txt", "The first").await?;
        keeps(chat, 1).await?;
        chat.runs("window.chat.reload()").await?;
        shows(chat, &["a.txt"]).await?;
        keeps(chat, 1).await?;
        // What a tab has left that is gone goes with the first conversation that comes after a day, whatever it asks.
        let age = "window.aged = 0; caches.open('natter-files').then(async (cache) => { \
            const [one] = await cache.keys(), response = await cache.match(one); await cache.delete(one); \
            await cache.put(one.url.replace(/\\d+(?=-)/, (at) => at - 86400001), response); window.aged = 1 })";
        chat.runs(age).await?;
        chat.becomes("window.aged").await?;
        keeps(chat, 1).await?;
        chat.runs("sessionStorage.clear()").await?;
        chat.go(&chat.address_of("viewer", "question", &json!({}))).await?;
        chat.field().await?;
        keeps(chat, 0).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_given_where_nothing_can_be_kept() {
    let blocked = "<script>Object.defineProperty(window, 'caches', { get() { throw new DOMException('blocked', 'SecurityError') } })</script>";
    let full = "<script>Cache.prototype.put = async () => { throw new DOMException('full', 'QuotaExceededError') }</script>";
    for before in [blocked, full] {
        let visited = Visit {
            before: before.into(),
            ..page()
        };
        visit(visited, async |chat| {
            chat.picks("a.txt", "The first").await?;
            shows(chat, &["a.txt"]).await?;
            chat.reload().await?;
            chat.finds(".natter-file-form").await?;
            chat.picks("b.txt", "The second").await?;
            shows(chat, &["b.txt"]).await?;
            chat.presses("Send files").await?;
            chat.sees("You said:").await?;
            assert_eq!(given(chat), named(&[("b.txt", "The second")]));
            let said = chat.console().await;
            assert!(
                !said.contains("natter") && !said.contains("Uncaught"),
                "{said}"
            );
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_keeps_nothing() {
    visit(page(), async |chat| {
        chat.goes_to("typebot", "many", &json!({ "isPreview": true }))
            .await?;
        chat.picks("a.txt", "The first").await?;
        shows(chat, &["a.txt"]).await?;
        tokio::time::sleep(STILL).await;
        keeps(chat, 0).await?;
        chat.reload().await?;
        chat.finds(".natter-file-form").await?;
        chat.settles().await?;
        shows(chat, &[]).await?;

        chat.goes_to("typebot", "ask-text", &json!({ "isPreview": true }))
            .await?;
        chat.types("half").await?;
        chat.settles().await?;
        let kept = "Object.keys(sessionStorage).filter((key) => /draft/.test(key))";
        assert_eq!(chat.is(kept).await?, json!([]));
        chat.reload().await?;
        chat.finds(".text-input").await?;
        assert_eq!(chat.value().await?, "");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_wrote_into_a_draft_harms_nothing() {
    let drafts = [
        "\u{1}nothing\nis there\nhttps://evil.example/a\n\u{1}",
        "\u{1}../../a?b#c\n<img src=x>\njavascript:alert(1)\n\u{1}",
        "\u{1}\n\n\n\n\n\n\u{1}",
        "\u{1}",
    ];
    visit(page(), async |chat| {
        for draft in drafts {
            chat.finds(".natter-file-form").await?;
            let write = "sessionStorage['natter-draft-typebot-ask-files'] = JSON.stringify({ block: 'ask-files', text: arguments[1] })";
            chat.eval(write, Value::from(draft)).await?;
            chat.reload().await?;
            chat.finds(".natter-file-form").await?;
            chat.settles().await?;
            shows(chat, &[]).await?;
        }
        chat.picks("a.txt", "The first").await?;
        shows(chat, &["a.txt"]).await?;
        chat.presses("Send files").await?;
        chat.sees("You said:").await?;
        assert_eq!(given(chat), named(&[("a.txt", "The first")]));
        Ok(())
    })
    .await;
}
