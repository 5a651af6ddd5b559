//! Under a strict Content-Security-Policy.

use bot_server::Call;
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};

const STRICT: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'";

const WITH_TRUSTED_TYPES: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

async fn whole_conversation(chat: &Chat) -> Step {
    chat.sees("what may I call you?").await?;
    chat.answer("Ada").await?;
    chat.sees("Take all the room you need.").await?;
    chat.types("Blue").await?;
    chat.presses("Send").await?;
    chat.sees("Goodbye for now!").await?;
    assert_eq!(chat.server.answers(), ["Ada", "Blue"]);
    assert_eq!(chat.violations().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standard_window_violates_no_strict_policy() {
    visit(
        Visit::standard("viewer", "hello").under(STRICT),
        whole_conversation,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standard_window_gives_no_untrusted_text_to_a_sink() {
    visit(
        Visit::standard("viewer", "hello").under(WITH_TRUSTED_TYPES),
        whole_conversation,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_violates_no_strict_policy() {
    let page = Visit::popup("viewer", "hello").with("defaultOpen: true, theme: { width: '600px' }");
    visit(page.under(WITH_TRUSTED_TYPES), whole_conversation).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bubble_violates_no_strict_policy() {
    let options = "previewMessage: { message: 'Hello?', avatarUrl: '/media/mira.svg', autoShowDelay: 0 }, offsetX: 30, expandable: true, \
        theme: { button: { backgroundColor: '#0042da', customIconSrc: '/media/mira.svg' } }";
    visit(
        Visit::bubble("viewer", "hello")
            .with(options)
            .under(WITH_TRUSTED_TYPES),
        async |chat| {
            chat.sees("Hello?").await?;
            chat.clicks(".launcher").await?;
            whole_conversation(chat).await
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_forbids_webassembly_gets_a_message_and_a_way_on() {
    let policy = "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'";
    visit(Visit::bubble("viewer", "hello").under(policy), async |chat| {
        chat.clicks(".launcher").await?;
        chat.sees("The chat could not be loaded").await?;
        let link = "const link = root.querySelector('.failure a'); return [link.href, link.target, link.innerText]";
        let page = format!("{}/hello", chat.server.url());
        assert_eq!(chat.eval(link, Value::Null).await?, json!([page, "_blank", "Open its own page"]));
        chat.picture("failure").await?;
        let told = "return window.__events.filter(([name]) => name === 'natter:error').length";
        assert_eq!(chat.eval(told, Value::Null).await?, 1);
        // Trying again fails again, and tells so again.
        chat.presses("Try again").await?;
        chat.until("a second failure", "return window.__events.filter(([name]) => name === 'natter:error').length === 2", Value::Null).await?;
        chat.sees("The chat could not be loaded").await?;
        // The page is as it was, and nobody answered in the visitor's name.
        chat.presses("Close chat").await?;
        assert_eq!(chat.server.calls(Call::Send).len(), 0);
        assert_eq!(chat.eval("return document.querySelector('h1').innerText", Value::Null).await?, "A page");
        Ok(())
    })
    .await;
}
