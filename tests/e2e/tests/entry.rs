//! What stands in an input: what is refused before it is sent, what is filled in beforehand, what
//! buttons and keys make of it, and what a reload keeps.

use bot_server::{Bot, Call, Config};
use e2e::Do::{Click, Enter, Fill, Press, Reach, Tap, Type};
use e2e::{Chat, Do, Step, UP, Visit, visit};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

const FROM: &str = "[data-testid=from-date]";
const TO: &str = "[data-testid=to-date]";

/// Waits until an expression holds in the page.
async fn holds(chat: &Chat, what: &str, script: &str) -> Step {
    chat.until(what, &format!("return {script}"), Value::Null)
        .await
        .map(drop)
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
        chat.does(&[Fill(FROM, "03152026"), Enter]).await?;
        chat.sees("Please give both dates.").await?;
        chat.does(&[Fill(TO, "03102026"), Enter]).await?;
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
            assert_eq!(
                chat.server.answers().last().map(String::as_str),
                Some(text),
                "{bot}"
            );
        }
        Ok(())
    })
    .await;
}

/// A number without bounds.
fn any_number() -> Bot {
    let ask = json!({ "id": "in", "type": "number input", "options": { "step": 0.1 } });
    let bot = json!({ "groups": [{ "id": "g", "blocks": [ask] }] });
    Bot::parse("any-number", &bot.to_string()).expect("the bot is well written")
}

/// Several of three buttons, with a search and another answer.
fn searched() -> Bot {
    let item = |id: &str, content: &str| json!({ "id": id, "content": content });
    let options = json!({ "isMultipleChoice": true, "isSearchable": true, "otherOption": true });
    let items = [
        item("red", "Red"),
        item("green", "Green"),
        item("blue", "Blue"),
    ];
    let ask = json!({ "id": "in", "type": "choice input", "options": options, "items": items });
    let bot = json!({ "groups": [{ "id": "g", "blocks": [ask] }] });
    Bot::parse("searched", &bot.to_string()).expect("the bot is well written")
}

fn page() -> Visit {
    let server = Config {
        more_bots: vec![any_number(), searched()],
        ..Config::default()
    };
    Visit {
        server,
        ..Visit::standard("viewer", "text-only")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_stepped_by_keys_and_by_buttons_that_may_be_held() {
    visit(page(), async |chat| {
        chat.goes_to("viewer", "any-number", &json!({})).await?;
        chat.does(&[Type("1234.2"), Tap(UP)]).await?;
        // A step leaves no dust behind, and is written as the visitor writes numbers.
        assert_eq!(chat.value().await?, "1,234.3");
        chat.clicks(".natter-down").await?;
        assert_eq!(chat.value().await?, "1,234.2");
        let up = chat
            .element("the button", "return all('.natter-up')[0]", Value::Null)
            .await?;
        let held = chat
            .browser
            .session
            .action_chain()
            .click_and_hold_element(&up);
        held.perform().await.map_err(|e| e.to_string())?;
        holds(
            chat,
            "steps while it is held",
            "parseFloat(field().value.replace(',', '')) > 1234.5",
        )
        .await?;
        let let_go = chat.browser.session.action_chain().release();
        let_go.perform().await.map_err(|e| e.to_string())?;
        holds(
            chat,
            "rest",
            "field().value === window.was || (window.was = field().value, false)",
        )
        .await?;
        // Whoever types goes on typing: the focus is in the field.
        holds(chat, "the focus", "root.activeElement === field()").await?;
        // A bound is where it ends.
        chat.goes_to("viewer", "ask-number", &json!({})).await?;
        chat.does(&[Type("10"), Click(".natter-up")]).await?;
        assert_eq!(chat.value().await?, "10");
        Ok(())
    })
    .await;
}

/// A bot, what is done there, and what is so after a reload too.
type Kept = (&'static str, &'static str, &'static [Do], &'static str);

#[rustfmt::skip]
const KEPT: &[Kept] = &[
    ("viewer", "ask-text", &[Type("Half a th")], "field()?.value === 'Half a th'"),
    ("typebot", "ask-long", &[Type("Two\nlines")], "field()?.value === 'Two\\nlines'"),
    ("viewer", "any-number", &[Type("1234.5"), Tap(UP)], "field()?.value === '1,234.6'"),
    ("viewer", "ask-email", &[Type("ada@")], "field()?.value === 'ada@'"),
    ("viewer", "ask-url", &[Type("example.c")], "field()?.value === 'example.c'"),
    ("viewer", "ask-phone", &[Type("+4930")], "field()?.value === '+4930' && all('select')[0].value === 'DE'"),
    ("viewer", "ask-phone", &[Type("30123"), Reach("select"), Tap("O")], "field()?.value === '+96830123' && all('select')[0].value === 'OM'"),
    ("viewer", "ask-date", &[Fill(FROM, "03152026")], "all('[data-testid=from-date]')[0]?.value === '2026-03-15'"),
    ("viewer", "ask-range", &[Fill(FROM, "03152026"), Fill(TO, "03202026")], "all('input').map((e) => e.value).join() === '2026-03-15,2026-03-20'"),
    ("typebot", "ask-time", &[Fill("[data-testid=time]", "0230PM")], "all('[data-testid=time]')[0]?.value === '14:30'"),
    ("viewer", "ask-rating", &[Click(".natter-rating > :nth-child(4)")], "all('.natter-rating input')[3]?.checked"),
    ("viewer", "ask-choices", &[Click("[data-itemid=banana]")], "all('[data-itemid=banana] input')[0]?.checked"),
    ("viewer", "ask-pictures", &[Click("[data-itemid=p-cone]")], "all('[data-itemid=p-cone] input')[0]?.checked"),
    ("viewer", "ask-search", &[Type("GOL")], "field()?.value === 'GOL' && [...all('[data-itemid]')].filter(shown).map(name).join() === 'Golf'"),
    ("typebot", "ask-pictures", &[Click("[data-itemid=p-drum]"), Type("co")], "field()?.value === 'co' && all('label').filter(shown).map((e) => e.dataset.itemid).join() === 'p-drum,p-cone' && all('[data-itemid=p-drum] input')[0].checked"),
    ("viewer", "searched", &[Type("re"), Click("[data-itemid=red]")], "field()?.value === 're' && all('label').filter(shown).map(name).join() === 'Red,Green' && all('[data-itemid=red] input')[0].checked"),
    ("viewer", "searched", &[Type("re"), Press("Other"), Type("Mau")], "all('.text-input').map((e) => e.value).join() === 're,Mau'"),
    ("viewer", "searched", &[Type("re"), Click(".natter-search button")], "field()?.value === '' && all('label').filter(shown).length === 3"),
    ("viewer", "ask-other", &[Press("Other"), Type("Mau")], "field()?.value === 'Mau'"),
    ("viewer", "ask-others", &[Press("Other"), Type("Mau")], "field()?.value === 'Mau'"),
    ("typebot", "ask-attachments", &[Type("See")], "field()?.value === 'See'"),
    ("typebot", "ask-voice", &[Type("Well")], "field()?.value === 'Well'"),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_there_after_a_reload() {
    visit(page(), async |chat| {
        for (api, bot, steps, kept) in KEPT {
            chat.goes_to(api, bot, &json!({})).await?;
            chat.finds(".typebot-input-container").await?;
            chat.does(steps)
                .await
                .map_err(|error| format!("{bot}: {error}"))?;
            chat.reload().await?;
            holds(chat, &format!("what was begun, {bot}"), kept).await?;
        }
        assert_eq!(chat.server.calls(Call::Send).len(), 0);
        Ok(())
    })
    .await;
}
