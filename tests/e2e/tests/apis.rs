//! One conversation by text in each form of each API: what the visitor sees
//! is the same, and what is posted is what that API takes.

use bot_server::{Call, Recorded};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};

/// Holds the conversation of `hello`; gives the start and the two answers as posted.
async fn hello(chat: &Chat, api: &str) -> Step<Vec<Recorded>> {
    chat.server.reset();
    chat.goes_to(api, "hello", &json!({})).await?;
    chat.sees("what may I call you?").await?;
    chat.answer("Ada").await?;
    chat.sees("Lovely to meet you, Ada").await?;
    chat.types("Blue, for the stairs").await?;
    chat.presses("Send").await?;
    chat.sees("Goodbye for now!").await?;
    assert_eq!(chat.count(".typebot-input-container").await?, 0);
    let posted: Vec<Recorded> = chat
        .server
        .requests()
        .into_iter()
        .filter(|r| r.call != Call::Other)
        .collect();
    assert_eq!(chat.server.answers(), ["Ada", "Blue, for the stairs"]);
    assert_eq!(posted.len(), 3, "a start and two answers: {posted:?}");
    for request in &posted {
        assert_eq!(
            (request.status, request.method.as_str()),
            (Some(200), "POST")
        );
        assert_eq!(request.header("content-type"), Some("application/json"));
    }
    Ok(posted)
}

/// What stands between two parts of a path.
fn between<'a>(path: &'a str, before: &str, after: &str) -> &'a str {
    path.strip_prefix(before)
        .and_then(|rest| rest.strip_suffix(after))
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_api_is_spoken_to_in_its_own_form() {
    visit(Visit::standard("viewer", "hello"), async |chat| {
        chat.sees("what may I call you?").await?;

        let viewer = hello(chat, "viewer").await?;
        assert_eq!(viewer[0].path, "/api/v1/conversations");
        assert_eq!(viewer[0].body["publicId"], "hello");
        assert!(!between(&viewer[1].path, "/api/v1/conversations/", "/messages").is_empty());
        assert_eq!(viewer[1].path, viewer[2].path, "one session");
        let message = &viewer[1].body["message"];
        assert_eq!(
            (&message["type"], &message["text"]),
            (&json!("text"), &json!("Ada"))
        );
        assert!(
            viewer[1].body.to_string().contains("\"createdAt\":1"),
            "{}",
            viewer[1].body
        );
        let metadata = &viewer[1].body["messageMetadata"];
        assert_eq!(metadata["inputBlockId"], "hello-name", "{}", viewer[1].body);

        let typebot = hello(chat, "typebot").await?;
        assert_eq!(typebot[0].path, "/api/v1/typebots/hello/startChat");
        assert_eq!(typebot[0].body["isStreamEnabled"], true);
        assert!(!between(&typebot[1].path, "/api/v1/sessions/", "/continueChat").is_empty());
        assert_eq!(typebot[1].path, typebot[2].path, "one session");
        assert_eq!(
            typebot[1].body,
            json!({ "message": { "type": "text", "text": "Ada" } })
        );

        let quickbot = hello(chat, "quickbot").await?;
        assert_eq!(quickbot[0].path, "/api/v1/bots/hello/startChat");
        let known = &quickbot[0].body["prefilledVariables"];
        for name in ["system_device", "Device type"] {
            assert_eq!(known[name], "desktop", "{known}");
        }
        assert!(!between(&quickbot[1].path, "/api/v1/sessions/", "/continueChat").is_empty());

        let oldest = hello(chat, "send-message").await?;
        assert!(
            oldest
                .iter()
                .all(|request| request.path == "/api/v1/sendMessage")
        );
        assert_eq!(oldest[0].body["startParams"]["typebot"], "hello");
        assert_eq!(oldest[1].body["message"], "Ada");
        assert_eq!(oldest[1].body["sessionId"], oldest[2].body["sessionId"]);
        assert!(oldest[1].body["sessionId"].is_string());
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_generations_of_the_oldest_api_are_spoken() {
    visit(Visit::standard("send-message", "later-only"), async |chat| {
        chat.sees("Your name").await?;
        chat.answer("Ada").await?;
        chat.sees("Hi Ada").await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 1);
        assert_eq!(chat.server.answers(), ["Ada"]);

        chat.server.reset();
        chat.goes_to("send-message", "oldest-only", &json!({})).await?;
        chat.sees("Your name").await?;
        let bold = chat.eval("return all('.typebot-host-bubble strong, .typebot-host-bubble b, .typebot-host-bubble .slate-bold').map((e) => e.textContent)", Value::Null).await?;
        assert_eq!(bold, json!(["name"]), "marks of HTML text");
        chat.answer("Ada").await?;
        chat.sees("Hi Ada").await?;
        // The first form was refused, and the other one was tried once.
        let starts = chat.server.calls(Call::Start);
        let forms: Vec<_> = starts.iter().map(|s| (s.status, s.body["startParams"].clone())).collect();
        assert_eq!(forms.len(), 2);
        assert_eq!((forms[0].0, &forms[0].1["typebot"]), (Some(400), &json!("oldest-only")));
        let keys: Vec<&String> = forms[1].1.as_object().into_iter().flat_map(|o| o.keys()).collect();
        assert_eq!(keys, ["typebotId", "prefilledVariables"], "and no key that it does not know");
        assert_eq!((forms[1].0, &forms[1].1["typebotId"]), (Some(200), &json!("oldest-only")));
        let sent = chat.server.calls(Call::Send);
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].body["message"], "Ada");
        // What comes after the last bubble there: code.
        chat.until("the bot's code", "return window.natterCode === 'Ada'", Value::Null).await?;
        Ok(())
    })
    .await;
}
