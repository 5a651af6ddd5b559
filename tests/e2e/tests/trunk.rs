//! What `trunk build` made is the playground: `cargo xtask test --only trunk` says where it is.

use bot_server::Config;
use e2e::{Embed, Visit, visit};
use std::path::PathBuf;

#[tokio::test(flavor = "multi_thread")]
async fn what_trunk_builds_holds_a_conversation() {
    let Some(folder) = std::env::var_os("NATTER_TRUNK").map(PathBuf::from) else {
        return;
    };
    let server = Config {
        playground: Some(folder),
        ..Config::default()
    };
    let page = Visit {
        server,
        embed: Embed::Html(String::new()),
        ..Visit::standard("viewer", "hello")
    };
    visit(page, async |chat| {
        // As `trunk serve` has it: page and API from one origin.
        chat.go(&format!(
            "{}/?bot=hello&api=viewer&mode=standard",
            chat.server.url()
        ))
        .await?;
        chat.sees("what may I call you?").await?;
        chat.answer("Ada").await?;
        chat.sees("Take all the room you need.").await?;
        chat.types("Blue").await?;
        chat.presses("Send").await?;
        chat.sees("Goodbye for now!").await?;
        assert_eq!(chat.server.answers(), ["Ada", "Blue"]);
        chat.picture("trunk").await
    })
    .await;
}
