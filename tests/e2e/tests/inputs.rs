//! Every input: answered by mouse and by keyboard, what is posted in each API, and how the answer
//! reads.

use bot_server::Call;
use e2e::Do::{Click, Enter, Fill, Press, Reach, Send, Tap, Type};
use e2e::{Chat, DOWN, Do, SUBMIT, Step, UP, Visit, visit};
use serde_json::{Value, json};

/// A bot that asks, and what becomes of its answer.
#[derive(Clone, Copy)]
struct Ask {
    bot: &'static str,
    mouse: &'static [Do],
    keyboard: &'static [Do],
    /// What the typebot API is sent; none where it has no such input.
    typebot: Option<&'static str>,
    /// What the viewer API is sent: the text, and the value beside it.
    viewer: Option<(&'static str, Option<&'static str>)>,
    /// How the guest bubble reads, where not as what was sent.
    label: Option<&'static str>,
}

/// One that is answered with this text, wherever it is asked.
const fn ask(
    bot: &'static str,
    text: &'static str,
    mouse: &'static [Do],
    keyboard: &'static [Do],
) -> Ask {
    let (typebot, viewer) = (Some(text), Some((text, None)));
    Ask {
        bot,
        mouse,
        keyboard,
        typebot,
        viewer,
        label: None,
    }
}

impl Ask {
    /// Asked by the typebot API alone.
    const fn not_by_viewer(self) -> Ask {
        Ask {
            viewer: None,
            ..self
        }
    }

    /// Asked by the viewer API alone.
    const fn by_viewer_alone(self) -> Ask {
        Ask {
            typebot: None,
            ..self
        }
    }

    /// The viewer API is sent something else.
    const fn to_viewer(self, text: &'static str, value: Option<&'static str>) -> Ask {
        Ask {
            viewer: Some((text, value)),
            ..self
        }
    }

    /// The answer reads differently.
    const fn reads(self, label: &'static str) -> Ask {
        Ask {
            label: Some(label),
            ..self
        }
    }
}

const TEXT: &str = ".text-input";
const FROM: &str = "[data-testid=from-date]";
const TO: &str = "[data-testid=to-date]";
const TIME: &str = "[data-testid=time]";
const STEP: &str = "input[type=radio]";

#[rustfmt::skip]
const FIELDS: &[Ask] = &[
    ask("ask-text", "Ada", &[Type("Ada"), SUBMIT], &[Reach(TEXT), Tap("Ada"), Enter]),
    ask("ask-unknown", "A tall one", &[Type("A tall one"), SUBMIT], &[Reach(TEXT), Tap("A tall one"), Enter]).not_by_viewer(),
    ask("ask-long", "Blue,\nand green", &[Type("Blue,\nand green"), Press("Send")], &[Reach("textarea"), Tap("Blue,"), Enter, Tap("and green"), Send]).not_by_viewer(),
    ask("ask-number", "7", &[Type("7"), Press("Send")], &[Reach(TEXT), Tap("6"), Tap(UP), Enter]),
    ask("ask-email", "ada@example.com", &[Type("ada@example.com"), SUBMIT], &[Reach(TEXT), Tap("ada@example.com"), Enter]),
    ask("ask-url", "https://example.com/a", &[Type("example.com/a"), SUBMIT], &[Reach(TEXT), Tap("example.com/a"), Enter]),
    ask("ask-phone", "+33612345678", &[Type("612345678"), SUBMIT], &[Reach("select"), Tap("O"), Reach(TEXT), Tap("92123456"), Enter]).to_viewer("+96892123456", None),
    ask("ask-date", "2026-03-15", &[Fill(FROM, "03152026"), SUBMIT], &[Reach(FROM), Tap("03152026"), Enter]).reads("15/03/2026"),
    ask("ask-range", "2026-03-15 to 2026-03-20", &[Fill(FROM, "03152026"), Fill(TO, "03202026"), SUBMIT], &[Reach(FROM), Tap("03152026"), Reach(TO), Tap("03202026"), Enter]).reads("15/03/2026 to 20/03/2026"),
    ask("ask-time", "14:30", &[Fill(TIME, "0230PM"), SUBMIT], &[Reach(TIME), Tap("0230PM"), Enter]).not_by_viewer().reads("2:30 PM"),
];

#[rustfmt::skip]
const CHOICES: &[Ask] = &[
    ask("ask-choice", "green-value", &[Press("Green")], &[Reach("[data-itemid=red]"), Tap(DOWN), Enter]).to_viewer("Green", Some("green-value")).reads("Green"),
    ask("ask-choices", "Apple, ban", &[Click("[data-itemid=apple]"), Click("[data-itemid=banana]"), Press("Choose")], &[Reach("[data-itemid=apple] input"), Tap(" "), Tap(DOWN), Tap(" "), Enter]).to_viewer("Apple, Banana", None).reads("Apple, Banana"),
    ask("ask-search", "Golf", &[Type("gol"), Press("Golf")], &[Reach(TEXT), Tap("gol"), Reach("[data-itemid=s6]"), Enter]),
    ask("ask-picture", "cone-value", &[Click("[data-itemid=p-cone]")], &[Reach("[data-itemid=p-drum]"), Tap("2")]).to_viewer("Cone", Some("cone-value")).reads("Cone"),
    ask("ask-pictures", "cone-value", &[Type("co"), Click("[data-itemid=p-cone]"), Press("Send")], &[Reach(TEXT), Tap("co"), Reach("[data-itemid=p-cone] input"), Tap(" "), Enter]).to_viewer("Cone", None).reads("Cone"),
    ask("ask-cards", "c1b", &[Press("Keep it")], &[Reach(".typebot-card button:last-child"), Enter]).not_by_viewer().reads("Keep it"),
    ask("ask-rating", "4", &[Click(".natter-rating > :nth-child(5)"), Press("Send")], &[Reach(STEP), Tap(" "), Tap(DOWN), Tap(DOWN), Tap(DOWN), Tap(DOWN), Enter]),
    ask("ask-stars", "4", &[Click(".natter-rating > :nth-child(4)")], &[Reach(STEP), Tap(DOWN), Tap(DOWN), Tap(DOWN), Enter]),
    OTHER,
    ask("ask-others", "Mauve", &[Press("Other"), Type("Mauve"), SUBMIT], &[Reach("[data-itemid=red] input"), Tap("4"), Tap("Mauve"), Enter]).by_viewer_alone(),
];

const OTHER: Ask = ask(
    "ask-other",
    "Mauve",
    &[Press("Other"), Type("Mauve"), SUBMIT],
    &[Reach("[data-itemid=red]"), Tap("4"), Tap("Mauve"), Enter],
)
.by_viewer_alone();

/// The last answer that the server got.
fn posted(chat: &Chat) -> Value {
    let calls = chat.server.calls(Call::Send);
    calls
        .last()
        .map(|call| call.body["message"].clone())
        .unwrap_or_default()
}

/// Waits until the visitor's last bubble reads so.
async fn reads(chat: &Chat, label: &str) -> Step {
    let script =
        "return all('[data-testid=guest-bubble]').at(-1)?.innerText.trim() === arguments[1]";
    let what = format!("the answer to read {label:?}");
    chat.until(&what, script, json!(label)).await.map(drop)
}

/// Answers one question in one API.
async fn answers(
    chat: &Chat,
    api: &str,
    ask: &Ask,
    steps: &[Do],
    sent: (&str, Option<&str>),
) -> Step {
    chat.goes_to(api, ask.bot, &json!({})).await?;
    chat.finds(".typebot-input-container").await?;
    chat.does(steps).await?;
    chat.sees("You said:").await?;
    reads(chat, ask.label.unwrap_or(sent.0)).await?;
    let message = posted(chat);
    assert_eq!(
        (message["text"].as_str(), message["value"].as_str()),
        (Some(sent.0), sent.1),
        "{}",
        ask.bot
    );
    assert_eq!(
        chat.count(".typebot-input-container").await?,
        0,
        "{}",
        ask.bot
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_is_answered_by_mouse() {
    visit(Visit::standard("typebot", "text-only"), async |chat| {
        by_mouse(chat, FIELDS).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_is_answered_by_keyboard() {
    visit(Visit::standard("viewer", "text-only"), async |chat| {
        by_keyboard(chat, FIELDS).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_choice_is_made_by_mouse() {
    visit(Visit::standard("typebot", "text-only"), async |chat| {
        by_mouse(chat, CHOICES).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_choice_is_made_by_keyboard() {
    visit(Visit::standard("viewer", "text-only"), async |chat| {
        by_keyboard(chat, CHOICES).await
    })
    .await;
}

/// In typebot's API, or where that does not ask so, in the viewer's.
async fn by_mouse(chat: &Chat, asks: &[Ask]) -> Step {
    for ask in asks {
        let (api, sent) = match (ask.typebot, ask.viewer) {
            (Some(text), _) => ("typebot", (text, None)),
            (None, Some(sent)) => ("viewer", sent),
            (None, None) => continue,
        };
        let told = |error| format!("{}, by mouse: {error}", ask.bot);
        answers(chat, api, ask, ask.mouse, sent)
            .await
            .map_err(told)?;
    }
    Ok(())
}

/// In the viewer's API, or where that does not ask so, in typebot's.
async fn by_keyboard(chat: &Chat, asks: &[Ask]) -> Step {
    for ask in asks {
        let (api, sent) = match (ask.viewer, ask.typebot) {
            (Some(sent), _) => ("viewer", sent),
            (None, Some(text)) => ("typebot", (text, None)),
            (None, None) => continue,
        };
        let told = |error| format!("{}, by keyboard: {error}", ask.bot);
        answers(chat, api, ask, ask.keyboard, sent)
            .await
            .map_err(told)?;
    }
    Ok(())
}

/// Stops the page's animation frames: what waits for one never happens.
async fn without_frames(chat: &Chat) -> Step {
    chat.eval("window.requestAnimationFrame = () => 0", Value::Null)
        .await
        .map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_takes_the_focus_has_it_before_the_next_key() {
    visit(Visit::standard("viewer", "ask-other"), async |chat| {
        chat.finds("[data-itemid=red]").await?;
        without_frames(chat).await?;
        chat.does(OTHER.keyboard).await?;
        chat.sees("You said: Mauve").await?;
        // The next question, after an answer by hand.
        chat.goes_to("typebot", "hello", &json!({})).await?;
        chat.sees("what may I call you?").await?;
        without_frames(chat).await?;
        chat.does(&[Reach(TEXT), Tap("Ada"), Enter]).await?;
        chat.finds("textarea").await?;
        chat.key("Blue").await?;
        assert_eq!(chat.value().await?, "Blue");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_sent_with_its_path_and_its_picture() {
    visit(Visit::standard("typebot", "ask-cards"), async |chat| {
        chat.presses("Keep it").await?;
        chat.sees("You said:").await?;
        let message = posted(chat);
        assert_eq!(message["metadata"]["replyId"], "c1b");
        let picture = message["attachedFileUrls"][0].as_str().unwrap_or_default();
        assert!(picture.ends_with("/media/drum.svg"), "{picture}");
        chat.finds(".typebot-guest-bubble-image-attachment").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_uploaded_and_named_and_may_be_left_out() {
    visit(Visit::standard("typebot", "ask-file"), async |chat| {
        chat.picks("one shade.txt", "one shade.txt").await?;
        chat.sees("You said:").await?;
        chat.sees("File uploaded").await?;
        let message = posted(chat);
        let text = message["text"].as_str().unwrap_or_default();
        assert!(text.ends_with("one-shade.txt"), "{text}");
        assert_eq!(chat.server.files().len(), 1);

        chat.goes_to("typebot", "ask-files", &json!({})).await?;
        chat.picks("a.txt", "a.txt").await?;
        chat.picks("b.txt", "b.txt").await?;
        chat.sees("b.txt").await?;
        chat.picture("files").await?;
        chat.presses("Send files").await?;
        chat.sees("2 files!").await?;
        chat.sees("You said:").await?;
        assert_eq!(
            posted(chat)["attachedFileUrls"].as_array().map(Vec::len),
            Some(2)
        );

        chat.goes_to("typebot", "ask-files", &json!({})).await?;
        chat.presses("No thanks").await?;
        chat.sees("You said:").await?;
        reads(chat, "No thanks").await?;
        assert_eq!(posted(chat), Value::Null);

        chat.goes_to("typebot", "ask-attachments", &json!({}))
            .await?;
        chat.types("See this").await?;
        chat.picks("c.txt", "c.txt").await?;
        chat.sees("c.txt").await?;
        chat.clicks("button[type=submit]").await?;
        chat.sees("You said: See this").await?;
        assert_eq!(
            posted(chat)["attachedFileUrls"].as_array().map(Vec::len),
            Some(1)
        );
        Ok(())
    })
    .await;
}
