//! Every input: answered by mouse and by keyboard, what is posted in each API, and how the answer
//! reads; what is refused before it is sent; what is filled in beforehand, and what a reload keeps.

use bot_server::Call;
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use Do::{Click, Enter, Fill, Press, Reach, Send, Tap, Type};

/// What a visitor does.
enum Do {
    /// Types into the live field.
    Type(&'static str),
    /// Presses the button with this name.
    Press(&'static str),
    /// Clicks what the selector finds.
    Click(&'static str),
    /// Types into what the selector finds.
    Fill(&'static str, &'static str),
    /// Moves the focus by Tab until it is on what the selector finds.
    Reach(&'static str),
    /// Types where the focus is.
    Tap(&'static str),
    /// Presses Enter where the focus is.
    Enter,
    /// Presses Ctrl and Enter.
    Send,
}

/// A bot that asks, and what becomes of its answer.
struct Ask {
    bot: &'static str,
    mouse: &'static [Do],
    keyboard: &'static [Do],
    /// What the typebot API is sent.
    text: &'static str,
    /// What the viewer API is sent: the text, and the value beside it.
    viewer: (&'static str, Option<&'static str>),
    /// How the guest bubble reads.
    label: &'static str,
}

const SUBMIT: Do = Click("button[type=submit]");
const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";

const FIELDS: &[Ask] = &[
    Ask {
        bot: "ask-text",
        mouse: &[Type("Ada"), SUBMIT],
        keyboard: &[Reach(".text-input"), Tap("Ada"), Enter],
        text: "Ada",
        viewer: ("Ada", None),
        label: "Ada",
    },
    Ask {
        bot: "ask-unknown",
        mouse: &[Type("A tall one"), SUBMIT],
        keyboard: &[Reach(".text-input"), Tap("A tall one"), Enter],
        text: "A tall one",
        viewer: ("", None),
        label: "A tall one",
    },
    Ask {
        bot: "ask-long",
        mouse: &[Type("Blue,\nand green"), Press("Send")],
        keyboard: &[
            Reach("textarea"),
            Tap("Blue,"),
            Enter,
            Tap("and green"),
            Send,
        ],
        text: "Blue,\nand green",
        viewer: ("", None),
        label: "Blue,\nand green",
    },
    Ask {
        bot: "ask-number",
        mouse: &[Type("7"), Press("Send")],
        keyboard: &[Reach(".text-input"), Tap("6"), Tap(UP), Enter],
        text: "7",
        viewer: ("7", None),
        label: "7",
    },
    Ask {
        bot: "ask-email",
        mouse: &[Type("ada@example.com"), SUBMIT],
        keyboard: &[Reach(".text-input"), Tap("ada@example.com"), Enter],
        text: "ada@example.com",
        viewer: ("ada@example.com", None),
        label: "ada@example.com",
    },
    Ask {
        bot: "ask-url",
        mouse: &[Type("example.com/a"), SUBMIT],
        keyboard: &[Reach(".text-input"), Tap("example.com/a"), Enter],
        text: "https://example.com/a",
        viewer: ("https://example.com/a", None),
        label: "https://example.com/a",
    },
    Ask {
        bot: "ask-phone",
        mouse: &[Type("612345678"), SUBMIT],
        keyboard: &[
            Reach("select"),
            Tap("Germ"),
            Reach(".text-input"),
            Tap("30123456"),
            Enter,
        ],
        text: "+33612345678",
        viewer: ("+4930123456", None),
        label: "",
    },
    Ask {
        bot: "ask-date",
        mouse: &[Fill("[data-testid=from-date]", "03152026"), SUBMIT],
        keyboard: &[Reach("[data-testid=from-date]"), Tap("03152026"), Enter],
        text: "2026-03-15",
        viewer: ("2026-03-15", None),
        label: "15/03/2026",
    },
    Ask {
        bot: "ask-range",
        mouse: &[
            Fill("[data-testid=from-date]", "03152026"),
            Fill("[data-testid=to-date]", "03202026"),
            SUBMIT,
        ],
        keyboard: &[
            Reach("[data-testid=from-date]"),
            Tap("03152026"),
            Reach("[data-testid=to-date]"),
            Tap("03202026"),
            Enter,
        ],
        text: "2026-03-15 to 2026-03-20",
        viewer: ("2026-03-15 to 2026-03-20", None),
        label: "15/03/2026 to 20/03/2026",
    },
    Ask {
        bot: "ask-time",
        mouse: &[Fill("[data-testid=time]", "0230PM"), SUBMIT],
        keyboard: &[Reach("[data-testid=time]"), Tap("0230PM"), Enter],
        text: "14:30",
        viewer: ("", None),
        label: "2:30 PM",
    },
];

const CHOICES: &[Ask] = &[
    Ask {
        bot: "ask-choice",
        mouse: &[Press("Green")],
        keyboard: &[Reach("[data-itemid=red]"), Tap(DOWN), Enter],
        text: "green-value",
        viewer: ("Green", Some("green-value")),
        label: "Green",
    },
    Ask {
        bot: "ask-choices",
        mouse: &[
            Click("[data-itemid=apple]"),
            Click("[data-itemid=banana]"),
            Press("Choose"),
        ],
        keyboard: &[
            Reach("[data-itemid=apple] input"),
            Tap(" "),
            Tap(DOWN),
            Tap(" "),
            Enter,
        ],
        text: "Apple, ban",
        viewer: ("Apple, Banana", None),
        label: "Apple, Banana",
    },
    Ask {
        bot: "ask-search",
        mouse: &[Type("gol"), Press("Golf")],
        keyboard: &[
            Reach(".text-input"),
            Tap("gol"),
            Reach("[data-itemid=s6]"),
            Enter,
        ],
        text: "Golf",
        viewer: ("Golf", None),
        label: "Golf",
    },
    Ask {
        bot: "ask-picture",
        mouse: &[Click("[data-itemid=p-cone]")],
        keyboard: &[Reach("[data-itemid=p-drum]"), Tap("2")],
        text: "cone-value",
        viewer: ("Cone", Some("cone-value")),
        label: "Cone",
    },
    Ask {
        bot: "ask-pictures",
        mouse: &[Type("co"), Click("[data-itemid=p-cone]"), Press("Send")],
        keyboard: &[
            Reach(".text-input"),
            Tap("co"),
            Reach("[data-itemid=p-cone] input"),
            Tap(" "),
            Enter,
        ],
        text: "cone-value",
        viewer: ("Cone", None),
        label: "Cone",
    },
    Ask {
        bot: "ask-cards",
        mouse: &[Press("Keep it")],
        keyboard: &[Reach(".typebot-card button:last-child"), Enter],
        text: "c1b",
        viewer: ("", None),
        label: "Keep it",
    },
    Ask {
        bot: "ask-rating",
        mouse: &[Click(".natter-rating > :nth-child(5)"), Press("Send")],
        keyboard: &[
            Reach("input[type=radio]"),
            Tap(" "),
            Tap(DOWN),
            Tap(DOWN),
            Tap(DOWN),
            Tap(DOWN),
            Enter,
        ],
        text: "4",
        viewer: ("4", None),
        label: "4",
    },
    Ask {
        bot: "ask-stars",
        mouse: &[Click(".natter-rating > :nth-child(4)")],
        keyboard: &[
            Reach("input[type=radio]"),
            Tap(DOWN),
            Tap(DOWN),
            Tap(DOWN),
            Enter,
        ],
        text: "4",
        viewer: ("4", None),
        label: "4",
    },
    Ask {
        bot: "ask-other",
        mouse: &[Press("Other"), Type("Mauve"), SUBMIT],
        keyboard: &[Reach("[data-itemid=red]"), Tap("4"), Tap("Mauve"), Enter],
        text: "",
        viewer: ("Mauve", None),
        label: "Mauve",
    },
    Ask {
        bot: "ask-others",
        mouse: &[Press("Other"), Type("Mauve"), SUBMIT],
        keyboard: &[
            Reach("[data-itemid=red] input"),
            Tap("4"),
            Tap("Mauve"),
            Enter,
        ],
        text: "",
        viewer: ("Mauve", None),
        label: "Mauve",
    },
];

async fn act(chat: &Chat, steps: &[Do]) -> Step {
    for step in steps {
        match step {
            Type(text) => chat.types(text).await?,
            Press(name) => chat.presses(name).await?,
            Click(selector) => chat.clicks(selector).await?,
            Fill(selector, text) => {
                let field = chat
                    .element(selector, "return all(arguments[1])[0]", json!(selector))
                    .await?;
                field.send_keys(*text).await.map_err(|e| e.to_string())?;
            }
            Reach(selector) => chat.reaches(selector).await?,
            Tap(keys) => chat.key(*keys).await?,
            Enter => chat.key(Key::Enter).await?,
            Send => chat
                .field()
                .await?
                .send_keys(Key::Control + Key::Enter)
                .await
                .map_err(|e| e.to_string())?,
        }
    }
    Ok(())
}

/// The last answer that the server got.
fn posted(chat: &Chat) -> Value {
    chat.server
        .calls(Call::Send)
        .last()
        .map(|call| call.body["message"].clone())
        .unwrap_or_default()
}

/// Waits until the visitor's last bubble reads so.
async fn reads(chat: &Chat, label: &str) -> Step {
    let script =
        "return all('[data-testid=guest-bubble]').at(-1)?.innerText.trim() === arguments[1]";
    chat.until(
        &format!("the answer to read {label:?}"),
        script,
        json!(label),
    )
    .await
    .map(drop)
}

async fn each(chat: &Chat, api: &str, asks: &[Ask], by_keyboard: bool) -> Step {
    for ask in asks {
        let (text, value) = if api == "viewer" {
            ask.viewer
        } else {
            (ask.text, None)
        };
        if text.is_empty() {
            continue;
        }
        let told = |error: String| {
            format!(
                "{}, by {}: {error}",
                ask.bot,
                if by_keyboard { "keyboard" } else { "mouse" }
            )
        };
        chat.goes_to(api, ask.bot, &json!({})).await?;
        chat.finds(".typebot-input-container").await.map_err(told)?;
        act(chat, if by_keyboard { ask.keyboard } else { ask.mouse })
            .await
            .map_err(told)?;
        chat.sees("You said:").await.map_err(told)?;
        // The server writes what it took: where that differs by way, it is what was sent.
        reads(
            chat,
            if ask.label.is_empty() {
                text
            } else {
                ask.label
            },
        )
        .await
        .map_err(told)?;
        let message = posted(chat);
        assert_eq!(message["text"], text, "{}", ask.bot);
        assert_eq!(message["value"].as_str(), value, "{}", ask.bot);
        assert_eq!(
            chat.count(".typebot-input-container").await?,
            0,
            "{}",
            ask.bot
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_is_answered_by_mouse() {
    visit(Visit::standard("typebot", "ask-text"), async |chat| {
        each(chat, "typebot", FIELDS, false).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_is_answered_by_keyboard() {
    visit(Visit::standard("viewer", "ask-text"), async |chat| {
        each(chat, "viewer", FIELDS, true).await?;
        each(chat, "typebot", &FIELDS[1..3], true).await?;
        each(chat, "typebot", &FIELDS[9..], true).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_choice_is_made_by_mouse() {
    visit(Visit::standard("typebot", "ask-text"), async |chat| {
        each(chat, "typebot", CHOICES, false).await?;
        each(chat, "viewer", &CHOICES[8..], false).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_choice_is_made_by_keyboard() {
    visit(Visit::standard("viewer", "ask-text"), async |chat| {
        each(chat, "viewer", CHOICES, true).await?;
        each(chat, "typebot", &CHOICES[5..6], true).await
    })
    .await;
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
        act(chat, CHOICES[8].keyboard).await?;
        chat.sees("You said: Mauve").await?;
        // The next question, after an answer by hand.
        chat.goes_to("typebot", "hello", &json!({})).await?;
        chat.sees("what may I call you?").await?;
        without_frames(chat).await?;
        act(chat, &[Reach(".text-input"), Tap("Ada"), Enter]).await?;
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

/// A file of the machine that runs the browser.
fn file(name: &str) -> String {
    let folder = std::env::temp_dir().join(format!("natter-e2e-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    std::fs::write(&path, name).expect("a file");
    path.to_string_lossy().into_owned()
}

async fn picks(chat: &Chat, path: &str) -> Step {
    let field = chat
        .element(
            "a file field",
            "return all('input[type=file]').at(-1)",
            Value::Null,
        )
        .await?;
    field.send_keys(path).await.map_err(|e| e.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_uploaded_and_named_and_may_be_left_out() {
    visit(Visit::standard("typebot", "ask-file"), async |chat| {
        picks(chat, &file("one shade.txt")).await?;
        chat.sees("You said:").await?;
        chat.sees("File uploaded").await?;
        let message = posted(chat);
        let text = message["text"].as_str().unwrap_or_default();
        assert!(text.ends_with("one-shade.txt"), "{text}");
        assert_eq!(chat.server.files().len(), 1);

        chat.goes_to("typebot", "ask-files", &json!({})).await?;
        picks(chat, &file("a.txt")).await?;
        picks(chat, &file("b.txt")).await?;
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
        picks(chat, &file("c.txt")).await?;
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

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_an_answer_is_said_so_and_not_sent() {
    visit(Visit::standard("viewer", "ask-email"), async |chat| {
        for (bot, answer, words) in [
            (
                "ask-email",
                "ada(at)example",
                "This is not an email address.",
            ),
            ("ask-url", "not a place", "This is not a web address."),
            ("ask-number", "eleven", "This is not a number."),
            ("ask-number", "11", "It must be at most 10."),
            ("ask-number", "0", "It must be at least 1."),
        ] {
            chat.goes_to("viewer", bot, &json!({})).await?;
            chat.types(answer).await?;
            chat.key(Key::Enter).await?;
            chat.sees(words).await?;
            assert_eq!(
                chat.eval("return field().getAttribute('aria-invalid')", Value::Null)
                    .await?,
                "true"
            );
            assert_eq!(
                chat.eval("return root.activeElement === field()", Value::Null)
                    .await?,
                true
            );
            chat.types(" ").await?;
            assert!(!chat.is_seen(words).await?, "{words}");
        }
        chat.picture("refused").await?;
        chat.goes_to("viewer", "ask-range", &json!({})).await?;
        act(chat, &[Fill("[data-testid=from-date]", "03152026"), Enter]).await?;
        chat.sees("Please give both dates.").await?;
        act(chat, &[Fill("[data-testid=to-date]", "03102026"), Enter]).await?;
        chat.sees("The first date is after the second.").await?;
        // Nothing at all is no answer, and no fault either.
        chat.goes_to("viewer", "ask-text", &json!({})).await?;
        chat.answer("  ").await?;
        assert_eq!(chat.server.calls(Call::Send).len(), 0);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_fills_in_and_submits() {
    visit(Visit::standard("typebot", "ask-text"), async |chat| {
        for api in ["typebot", "viewer"] {
            chat.goes_to(
                api,
                "ask-prefilled",
                &json!({ "prefilledVariables": { "Answer": "Ada" } }),
            )
            .await?;
            chat.until(
                "the known answer",
                "return field()?.value === 'Ada'",
                Value::Null,
            )
            .await?;
        }
        for (bot, value, text) in [
            ("ask-text", "Grace", "Grace"),
            ("ask-long", "Grace", "Grace"),
            ("ask-number", "8", "8"),
            ("ask-email", "g@example.com", "g@example.com"),
            ("ask-date", "2026-04-01", "2026-04-01"),
            ("ask-time", "09:30", "09:30"),
            ("ask-rating", "3", "3"),
            ("ask-choice", "Blue", "Blue"),
            ("ask-phone", "+4930123456", "+4930123456"),
        ] {
            chat.goes_to("typebot", bot, &json!({})).await?;
            chat.finds(".typebot-input-container").await?;
            chat.eval(
                "Natter.setInputValue(arguments[1]); Natter.submitInput()",
                json!(value),
            )
            .await?;
            chat.sees("You said:")
                .await
                .map_err(|error| format!("{bot}: {error}"))?;
            assert_eq!(posted(chat)["text"], text, "{bot}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_there_after_a_reload() {
    visit(Visit::standard("viewer", "ask-text"), async |chat| {
        for (bot, steps, kept) in [
            (
                "ask-text",
                &[Type("Half a th")][..],
                "field()?.value === 'Half a th'",
            ),
            ("ask-phone", &[Type("+4930")], "field()?.value === '+4930'"),
            (
                "ask-date",
                &[Fill("[data-testid=from-date]", "03152026")],
                "all('[data-testid=from-date]')[0]?.value === '2026-03-15'",
            ),
            (
                "ask-rating",
                &[Click(".natter-rating > :nth-child(4)")],
                "all('.natter-rating input')[3]?.checked",
            ),
            (
                "ask-choices",
                &[Click("[data-itemid=banana]")],
                "all('[data-itemid=banana] input')[0]?.checked",
            ),
        ] {
            chat.goes_to("viewer", bot, &json!({})).await?;
            chat.finds(".typebot-input-container").await?;
            act(chat, steps).await?;
            chat.reload().await?;
            chat.until(
                &format!("what was begun, {bot}"),
                &format!("return {kept}"),
                Value::Null,
            )
            .await?;
        }
        assert_eq!(chat.server.calls(Call::Send).len(), 0);
        Ok(())
    })
    .await;
}
