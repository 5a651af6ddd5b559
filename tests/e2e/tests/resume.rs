//! What outlives a page, and what is sent once.

use bot_server::{At, Bot, Call, Config, Fault, Rule};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a request that should not come is waited for.
const STILL: Duration = Duration::from_millis(200);

/// A bot that remembers its visitor and runs a script in each of its turns.
fn comes_back() -> Bot {
    let script = json!({ "type": "scriptToExecute", "payload": { "content": "window.natterRan = (window.natterRan ?? 0) + 1" } });
    let text = |text: &str| json!({ "type": "text", "text": text });
    let ask = |id: &str| json!({ "id": id, "type": "text input", "options": { "labels": { "placeholder": "Say it" } } });
    let bot = json!({
        "settings": {
            "general": { "isBrandingEnabled": false, "rememberUser": { "isEnabled": true, "storage": "local" } },
            "typingEmulation": { "enabled": false },
        },
        "groups": [{ "id": "g", "blocks": [
            script, text("What may I call you?"), ask("back-name"), script, text("And your colour?"), ask("back-colour"),
            text("And your lamp?"), ask("back-lamp"), text("Goodbye."),
        ] }],
    });
    Bot::parse("comes-back", &bot.to_string()).expect("the bot is well written")
}

fn page() -> Visit {
    let server = Config {
        more_bots: vec![comes_back()],
        ..Config::default()
    };
    Visit {
        server,
        ..Visit::standard("viewer", "comes-back")
    }
}

async fn starts(chat: &Chat, count: usize) -> Step {
    tokio::time::sleep(STILL).await;
    let made = chat.server.calls(Call::Start).len();
    if made == count {
        Ok(())
    } else {
        Err(format!("{made} starts, and not {count}"))
    }
}

async fn has_run(chat: &Chat) -> Step<Value> {
    chat.eval("return window.natterRan ?? 0", Value::Null).await
}

async fn comes_and_goes(chat: &Chat, api: &str) -> Step {
    chat.server.reset();
    chat.goes_to(api, "comes-back", &json!({})).await?;
    chat.sees("What may I call you?").await?;
    chat.answer("Ada").await?;
    chat.sees("And your colour?").await?;
    assert_eq!(has_run(chat).await?, json!(2));
    // In the middle of an answer.
    chat.types("dark gr").await?;
    chat.reload().await?;
    chat.sees("And your colour?").await?;
    for said in ["What may I call you?", "Ada"] {
        assert!(chat.is_seen(said).await?, "{said:?} was said before");
    }
    assert_eq!(chat.value().await?, "dark gr", "the draft is kept");
    assert_eq!(has_run(chat).await?, json!(0), "no script runs again");
    starts(chat, 1).await?;
    chat.answer("een").await?;
    chat.sees("And your lamp?").await?;
    // Once more, without a draft: it went with its answer.
    chat.reload().await?;
    chat.sees("And your lamp?").await?;
    assert_eq!(chat.value().await?, "");
    chat.answer("Tall").await?;
    chat.sees("Goodbye.").await?;
    starts(chat, 1).await?;
    assert_eq!(chat.server.answers(), ["Ada", "dark green", "Tall"]);
    // Ended: it can be read, and begun again.
    chat.reload().await?;
    chat.sees("Goodbye.").await?;
    assert!(chat.is_seen("dark green").await?);
    starts(chat, 1).await?;
    chat.presses("Start again").await?;
    chat.until(
        "a new conversation",
        "return !!field() && !tidy(texts().join(' ')).includes('Goodbye.')",
        Value::Null,
    )
    .await?;
    starts(chat, 2).await?;
    assert_eq!(
        has_run(chat).await?,
        json!(1),
        "a new conversation runs its scripts"
    );
    chat.answer("Grace").await?;
    chat.sees("And your colour?").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remembered_conversation_goes_on_after_a_reload() {
    visit(page(), async |chat| {
        chat.sees("What may I call you?").await?;
        for api in ["viewer", "typebot", "send-message"] {
            comes_and_goes(chat, api)
                .await
                .map_err(|error| format!("{api}: {error}"))?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_on_its_way_when_the_page_went_is_not_sent_again_by_itself() {
    visit(page(), async |chat| {
        chat.sees("What may I call you?").await?;
        chat.server.fault(Rule::new(At::Send, Fault::Stall));
        chat.answer("Ada").await?;
        chat.server.wait_for(Call::Send, 1, Duration::from_secs(5));
        chat.reload().await?;
        chat.sees("Not confirmed").await?;
        tokio::time::sleep(STILL).await;
        assert_eq!(chat.server.answers(), ["Ada"]);
        starts(chat, 1).await?;
        // The work had been done: the same text answers the next question.
        chat.presses("Send again").await?;
        chat.sees("And your lamp?").await?;
        assert_eq!(chat.server.answers(), ["Ada", "Ada"]);
        // A session that is gone is found out by the next answer.
        chat.server.forget_sessions();
        chat.reload().await?;
        chat.answer("Tall").await?;
        chat.sees("This conversation has expired.").await?;
        assert!(chat.is_seen("Ada").await?, "the transcript stays");
        chat.presses("Start again").await?;
        chat.until(
            "a new conversation",
            "return !!field() && !tidy(texts().join(' ')).includes('Tall')",
            Value::Null,
        )
        .await?;
        starts(chat, 2).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_survives_a_reload_where_nothing_else_is_remembered() {
    visit(Visit::standard("typebot", "question"), async |chat| {
        chat.types("Ada Love").await?;
        chat.reload().await?;
        assert_eq!(chat.value().await?, "Ada Love");
        starts(chat, 2).await?;
        // Whoever begins again begins with nothing.
        chat.runs("window.chat.restart()").await?;
        chat.becomes("field()?.value === ''").await?;
        starts(chat, 3).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_answer_is_sent_once_and_only_when_it_is_composed() {
    visit(Visit::standard("viewer", "long-9"), async |chat| {
        chat.sees("Line 1:").await?;
        chat.types("こんにち").await?;
        // The Enter that ends a composition, as browsers tell it, and as Safari does.
        let press = "const press = (more) => field()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, composed: true, cancelable: true, ...more }));";
        chat.eval(&format!("{press} press({{ isComposing: true, keyCode: 229 }}); press({{ keyCode: 229 }})"), Value::Null).await?;
        tokio::time::sleep(STILL).await;
        assert!(chat.server.answers().is_empty(), "a composition was sent");
        // Twice at once.
        chat.eval(&format!("{press} const there = field(); press(); there.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', bubbles: true, composed: true, cancelable: true }}))"), Value::Null).await?;
        chat.sees("Line 2:").await?;
        // Twice while the first is on its way.
        chat.server.fault(Rule::slow(At::Send, 500));
        chat.types("again").await?;
        let button = "const form = field().closest('form'); form.requestSubmit(); form.requestSubmit(); form.querySelector('button[type=submit]').click()";
        chat.eval(button, Value::Null).await?;
        chat.sees("Line 3:").await?;
        tokio::time::sleep(STILL).await;
        assert_eq!(chat.server.answers(), ["こんにち", "again"]);
        // Nothing is no answer.
        chat.answer("").await?;
        tokio::time::sleep(STILL).await;
        assert_eq!(chat.server.answers().len(), 2);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_decides_when_a_remembered_conversation_may_be_begun_again() {
    let offers = "return all('button').filter((e) => shown(e) && name(e) === 'Start again').length";
    visit(page(), async |chat| {
        for (restart, in_between, after) in [("always", 1, 1), ("ended", 0, 1), ("never", 0, 0)] {
            chat.goes_to("typebot", "comes-back", &json!({ "restart": restart }))
                .await?;
            chat.sees("What may I call you?").await?;
            assert_eq!(
                chat.eval(offers, Value::Null).await?,
                json!(0),
                "{restart}: nothing was said yet"
            );
            chat.answer("Ada").await?;
            chat.sees("And your colour?").await?;
            chat.field().await?;
            chat.reload().await?;
            chat.sees("And your colour?").await?;
            chat.field().await?;
            assert_eq!(
                chat.eval(offers, Value::Null).await?,
                json!(in_between),
                "{restart}: in between"
            );
            if restart == "always" {
                chat.picture("restart-always").await?;
            }
            chat.answer("Green").await?;
            chat.sees("And your lamp?").await?;
            chat.answer("Tall").await?;
            chat.sees("Goodbye.").await?;
            assert_eq!(
                chat.eval(offers, Value::Null).await?,
                json!(after),
                "{restart}: after the end"
            );
        }
        Ok(())
    })
    .await;
}
