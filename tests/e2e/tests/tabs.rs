//! Two tabs on one remembered conversation: one leads it, the other says so and follows.

use bot_server::{Bot, Config};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};

fn remembers() -> Visit {
    let ask = |id: &str| json!({ "id": id, "type": "text input" });
    let text = |text: &str| json!({ "type": "text", "text": text });
    let bot = json!({
        "settings": {
            "general": { "isBrandingEnabled": false, "rememberUser": { "isEnabled": true, "storage": "local" } },
            "typingEmulation": { "enabled": false },
        },
        "groups": [{ "id": "g", "blocks": [
            text("First?"), ask("one"), text("Second?"), ask("two"), text("Third?"), ask("three"), text("Goodbye."),
        ] }],
    });
    let server = Config {
        more_bots: vec![Bot::parse("tabs", &bot.to_string()).expect("the bot is well written")],
        ..Config::default()
    };
    Visit {
        server,
        ..Visit::standard("typebot", "tabs")
    }
}

const ELSEWHERE: &str = "This conversation is open in another tab.";

async fn has_no_field(chat: &Chat) -> Step {
    chat.until("no field", "return !field()", Value::Null)
        .await
        .map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tab_says_so_follows_and_can_take_over() {
    visit(remembers(), async |chat| {
        let driver = &chat.browser.session;
        let error = |e: thirtyfour::error::WebDriverError| e.to_string();
        chat.sees("First?").await?;
        chat.answer("1").await?;
        chat.sees("Second?").await?;
        let first = driver.window().await.map_err(error)?;
        let second = driver.new_tab().await.map_err(error)?;
        driver
            .switch_to_window(second.clone())
            .await
            .map_err(error)?;
        chat.go(&format!("{}/page", chat.server.url())).await?;
        chat.sees(ELSEWHERE).await?;
        assert!(chat.is_seen("Second?").await?, "it shows what was said");
        has_no_field(chat).await?;
        chat.picture("second-tab").await?;
        // The first goes on, and the second follows.
        driver
            .switch_to_window(first.clone())
            .await
            .map_err(error)?;
        chat.answer("2").await?;
        chat.sees("Third?").await?;
        driver
            .switch_to_window(second.clone())
            .await
            .map_err(error)?;
        chat.sees("Third?").await?;
        assert!(chat.is_seen(ELSEWHERE).await?, "and still says so");
        // It takes over: now the first one follows.
        chat.presses("Use it here").await?;
        chat.field().await?;
        driver.switch_to_window(first).await.map_err(error)?;
        chat.sees(ELSEWHERE).await?;
        has_no_field(chat).await?;
        // The leader is closed: the other has it by itself.
        driver.switch_to_window(second).await.map_err(error)?;
        driver.close_window().await.map_err(error)?;
        let left = driver.windows().await.map_err(error)?;
        driver
            .switch_to_window(left[0].clone())
            .await
            .map_err(error)?;
        chat.field().await?;
        chat.answer("3").await?;
        chat.sees("Goodbye.").await?;
        assert_eq!(chat.server.answers(), ["1", "2", "3"]);
        Ok(())
    })
    .await;
}
