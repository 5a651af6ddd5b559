//! A conversation by text, from the first bubble to the last, in each API.

use bot_server::Call;
use e2e::{Step, Visit, visit};

async fn hello(chat: &e2e::Chat) -> Step {
    chat.sees("We weave").await?;
    chat.sees("what may I call you?").await?;
    chat.answer("Ada").await?;
    chat.sees("Lovely to meet you,").await?;
    chat.sees("Take all the room you need.").await?;
    chat.types("Blue, for the stairs").await?;
    chat.presses("Send").await?;
    chat.sees("Goodbye for now!").await?;
    assert_eq!(chat.server.answers(), ["Ada", "Blue, for the stairs"]);
    assert_eq!(chat.server.calls(Call::Start).len(), 1);
    assert_eq!(chat.count(".typebot-input-container").await?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_is_held_on_the_viewer_api() {
    visit(Visit::standard("viewer", "hello"), hello).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_is_held_on_typebots_api() {
    visit(Visit::standard("typebot", "hello"), hello).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_made_for_the_official_widget_changes_one_url() {
    visit(Visit::typebot_standard("hello"), hello).await;
}
