//! Driven from code: commands, callbacks, events, and the drop-ins for other packages.

use bot_server::Call;
use e2e::{Chat, Embed, Step, Visit, visit};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a call is awaited.
const PATIENCE: Duration = Duration::from_secs(10);

/// Callbacks that write down that they were called, and with what.
fn callbacks() -> String {
    let names = [
        "Init",
        "NewInputBlock",
        "Answer",
        "End",
        "NewLogs",
        "ChatStatePersisted",
        "Open",
        "Close",
    ];
    let said = |name: &&str| {
        format!("on{name}: (...told) => (window.told ??= []).push(['{name}', ...told])")
    };
    names.iter().map(said).collect::<Vec<_>>().join(", ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_drives_the_conversation() {
    visit(Visit::standard("viewer", "remember"), async |chat| {
        chat.sees("What may I call you?").await?;
        chat.runs("window.chat.setInputValue('Ada')").await?;
        chat.becomes("field().value === 'Ada'").await?;
        chat.runs("window.chat.submitInput()").await?;
        chat.sees("Hello Ada. Your colour?").await?;
        let transcript = chat.is("window.chat.transcript()").await?;
        let text = transcript["text"].as_str().unwrap_or_default();
        assert!(
            text.contains("What may I call you?")
                && text.contains("Ada")
                && transcript["json"].is_array(),
            "{transcript}"
        );
        // What was said stays out of what any script of the page may hear.
        let events = chat
            .is("window.__events.filter(([name]) => /question|answer/.test(name))")
            .await?;
        assert_eq!(
            events,
            json!([
                ["natter:question", { "blockId": "remember-name", "type": "text input" }],
                ["natter:answer", { "blockId": "remember-name" }],
                ["natter:question", { "blockId": "remember-colour", "type": "buttons input" }],
            ])
        );
        // Reload carries on; restart and what follows a reset do not.
        chat.runs("window.chat.reload()").await?;
        chat.sees("Hello Ada. Your colour?").await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 1);
        chat.runs("window.chat.setPrefilledVariables({ Name: 'Grace' })")
            .await?;
        chat.runs("window.chat.restart()").await?;
        let starts = chat.server.wait_for(Call::Start, 2, PATIENCE);
        assert_eq!(
            starts[1].body["prefilledVariables"],
            json!({ "Name": "Grace" })
        );
        // This bot fills in what it knows.
        chat.becomes("field()?.value === 'Grace' && !texts().join().includes('Your colour?')")
            .await?;
        chat.runs("window.chat.submitInput()").await?;
        chat.sees("Hello Grace. Your colour?").await?;
        chat.runs("window.chat.reset()").await?;
        chat.runs("window.chat.reload()").await?;
        assert_eq!(chat.server.wait_for(Call::Start, 3, PATIENCE).len(), 3);
        chat.becomes("field() && !texts().join().includes('Your colour?')")
            .await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_asks_for_everything_is_told_what_was_said() {
    let options = format!("events: 'full', {}", callbacks());
    visit(Visit::standard("typebot", "command").with(&options), async |chat| {
        chat.sees("Your name?").await?;
        // A command of the bot goes out as one, and its answer is shown.
        chat.runs("window.chat.sendCommand('help')").await?;
        let sent = chat.server.wait_for(Call::Send, 1, PATIENCE);
        assert_eq!(sent[0].body["message"], json!({ "type": "command", "command": "help" }));
        chat.sees("This is help. Now, your name? Your name?").await?;
        let own = "window.chat.addEventListener('natter:end', () => (window.ended = 1))";
        chat.runs(own).await?;
        chat.answer("Ada").await?;
        chat.sees("Hi Ada").await?;
        chat.becomes("window.ended").await?;
        let answers = chat.is("window.__events.filter(([name]) => name === 'natter:answer').map(([, detail]) => detail.message)").await?;
        assert_eq!(answers, json!(["Ada"]));
        let told = chat.is("window.told.map(([name]) => name)").await?;
        let told: Vec<&str> = told.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert!(told.starts_with(&["Init", "ChatStatePersisted", "NewInputBlock"]), "{told:?}");
        assert!(told.ends_with(&["Answer", "End"]), "{told:?}");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn theme_and_language_change_while_a_conversation_is_on() {
    visit(Visit::standard("typebot", "ask-text"), async |chat| {
        chat.sees("The question is this.").await?;
        let theme = |color: &str| {
            format!("{{ chat: {{ hostBubbles: {{ backgroundColor: '{color}' }} }} }}")
        };
        let dyed = |color: &str| {
            format!("getComputedStyle(root.querySelector('.bubble-typing')).backgroundColor === '{color}'")
        };
        chat.runs(&format!("window.chat.setTheme({})", theme("#ff0000"))).await?;
        chat.becomes(&dyed("rgb(255, 0, 0)")).await?;
        // As a property, as editors of a theme set it.
        let property = format!("window.chat.element.previewTheme = {}", theme("#0000ff"));
        chat.runs(&property).await?;
        chat.becomes(&dyed("rgb(0, 0, 255)")).await?;
        let spoken = "(({ lang, dir }) => lang + ' ' + dir)(root.querySelector('.typebot-container'))";
        chat.runs("window.chat.setLocale('ar')").await?;
        chat.becomes(&format!("{spoken} === 'ar rtl'")).await?;
        chat.runs("window.chat.element.locale = 'fr'").await?;
        chat.becomes(&format!("{spoken} === 'fr ltr'")).await?;
        // What comes next speaks it.
        chat.runs("window.chat.restart()").await?;
        chat.finds("[placeholder^='Saisissez']").await?;
        chat.answer("Ada").await?;
        chat.sees("You said: Ada").await
    })
    .await;
}

/// A page as written for another company's package, but for the address.
fn drop_in(
    file: &'static str,
    name: &'static str,
    api: &'static str,
    host: &'static str,
    option: &str,
) -> Visit {
    let call = format!(
        "initBubble({{ {option}: 'hello', apiHost: location.origin, {} }})",
        callbacks()
    );
    Visit {
        embed: Embed::DropIn {
            file,
            name,
            call,
            element: None,
        },
        host,
        ..Visit::standard(api, "hello")
    }
}

/// Commands by the package's functions and by message, from the page and from elsewhere.
async fn as_the_package(chat: &Chat, name: &str, mark: &str) -> Step {
    chat.finds(".launcher").await?;
    assert_eq!(
        chat.is(&format!("window.{name}.open()")).await?,
        Value::Null
    );
    chat.sees("what may I call you?").await?;
    // A frame is not heard; what it says comes before what the page says.
    chat.runs(&format!("const frame = document.createElement('iframe'); document.body.append(frame); const it = frame.contentDocument.createElement('script');\
        it.textContent = 'parent.postMessage({{ {mark}: true, command: \"close\" }}, \"*\")'; frame.contentDocument.body.append(it)")).await?;
    chat.runs("postMessage({ command: 'close' })").await?;
    chat.runs(
        "window.heard = 0; addEventListener('message', () => window.heard++); postMessage('last')",
    )
    .await?;
    chat.becomes("window.heard").await?;
    assert_eq!(
        chat.is("root.querySelector('.launcher').getAttribute('aria-expanded')")
            .await?,
        "true"
    );
    chat.runs(&format!(
        "postMessage({{ {mark}: true, command: 'setInputValue', value: 'Ada' }})"
    ))
    .await?;
    chat.becomes("field().value === 'Ada'").await?;
    chat.runs(&format!("window.{name}.submitInput()")).await?;
    chat.sees("Take all the room you need.").await?;
    chat.runs(&format!(
        "window.{name}.close({{ id: 'of another' }}); window.{name}.toggle()"
    ))
    .await?;
    chat.becomes("root.querySelector('.launcher').getAttribute('aria-expanded') === 'false'")
        .await?;
    chat.runs(&format!(
        "window.{name}.showPreviewMessage({{ message: 'Still there?' }})"
    ))
    .await?;
    chat.sees("Still there?").await?;
    chat.runs(&format!("window.{name}.hidePreviewMessage()"))
        .await?;
    chat.becomes("!root.querySelector('.preview')").await?;
    chat.runs(&format!("window.{name}.unmount()")).await?;
    chat.becomes("!root.querySelector('.bubble')").await?;
    let told = chat.is("window.told.map(([name, detail]) => name === 'Answer' ? [name, detail] : name === 'NewInputBlock' ? [name, detail.id] : name)").await?;
    assert_eq!(
        told,
        json!([
            "Open", "Init", "ChatStatePersisted", ["NewInputBlock", "hello-name"],
            ["Answer", { "message": "Ada", "blockId": "hello-name" }], ["NewInputBlock", "hello-wish"], "Close",
        ])
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn typebots_package_is_replaced_by_one_url() {
    let page = drop_in(
        "typebot.js",
        "Typebot",
        "typebot",
        "typebot-bubble",
        "typebot",
    );
    visit(page, async |chat| {
        as_the_package(chat, "Typebot", "isFromTypebot").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quickbots_package_is_replaced_by_one_url() {
    let page = drop_in("quickbot.js", "QuickBot", "quickbot", "bot-bubble", "bot");
    visit(page, async |chat| {
        as_the_package(chat, "QuickBot", "isFromBot").await
    })
    .await;
}
