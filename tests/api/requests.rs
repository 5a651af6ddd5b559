//! Every request, against the contracts: a key that a contract does not name
//! is refused.

use natter::api::{Codec, FileInfo, Kind, Preview, Request, StartFrom, Target, Uploads};
use natter::model::{Continue, Failure, Log, Message, Refusal, Start, TextMessage, Value};
use serde_json::{Value as Json, json};

use super::{codec, json as to_json, path, strict};

const KINDS: [Kind; 4] = [
    Kind::Viewer,
    Kind::Typebot,
    Kind::Quickbot,
    Kind::SendMessage,
];

/// When the visitor answered.
const AT: f64 = 1_795_000_000_123.0;

fn checked(request: &Request) -> Json {
    let body = to_json(&request.body);
    let errors = strict::request(path(request), &body);
    assert!(errors.is_empty(), "{}: {errors:#?}\n{body}", request.url);
    assert_eq!(
        request.headers[0],
        ("content-type", "application/json".into())
    );
    body
}

fn full_start() -> Start {
    Start {
        prefilled_variables: vec![
            ("First name".into(), "John".into()),
            ("Count".into(), 3.0.into()),
        ],
        result_id: Some("r1".into()),
        message: Some(Message::text("Hello")),
        created_at: Some(AT),
    }
}

/// A start that the oldest server refused, so that the second shape is next.
pub fn first_generation() -> Codec {
    let mut codec = codec(Kind::SendMessage);
    let refused = Refusal {
        status: 400,
        ..Refusal::default()
    };
    assert!(codec.falls_back(&Failure::Status(refused)));
    codec
}

fn answer(message: Message) -> Continue {
    Continue {
        message: Some(message),
        answers: Some(("block1".into(), "text input".into())),
        created_at: Some(AT),
    }
}

fn log() -> Log {
    Log {
        status: None,
        description: "It broke".into(),
        details: Some(Value::object([("a", Some(1.0.into()))])),
        context: Some("While testing".into()),
    }
}

fn plain_log() -> Log {
    Log {
        details: Some("more".into()),
        ..log()
    }
}

/// Everything that a message can carry.
fn everything() -> Message {
    Message::Text(TextMessage {
        text: "Red".into(),
        value: Some("r".into()),
        reply_id: Some("it1".into()),
        attached_file_urls: vec!["https://f.example/1.png".into()],
    })
}

/// The richest request of each kind, for the walk over the contracts.
pub fn richest(kind: &str) -> Vec<Json> {
    let of = |codec: &Codec| {
        vec![
            checked(&codec.start(&Start {
                message: Some(everything()),
                ..full_start()
            })),
            checked(
                &codec
                    .continue_chat("s1", &answer(everything()), &[plain_log()])
                    .unwrap(),
            ),
            checked(
                &codec
                    .continue_chat(
                        "s1",
                        &answer(Message::Audio("https://f.example/a".into())),
                        &[],
                    )
                    .unwrap(),
            ),
        ]
    };
    match kind {
        "viewer" => of(&codec(Kind::Viewer)),
        "typebot" => {
            let codec = codec(Kind::Typebot);
            let command = answer(Message::Command("restart".into()));
            let mut all = of(&codec);
            all.push(checked(&codec.continue_chat("s1", &command, &[]).unwrap()));
            all
        }
        "send-message" => {
            let mut target = Target::new(Kind::SendMessage, "https://bots.example", "my-bot");
            target.stream = true;
            target.preview = Some(Preview {
                start_from: Some(StartFrom::Group("g1".into())),
                ..Preview::default()
            });
            of(&Codec::new(target))
        }
        _ => {
            let mut target = Target::new(Kind::SendMessage, "https://bots.example", "my-bot");
            target.preview = Some(Preview::default());
            let mut codec = Codec::new(target);
            let refused = Refusal {
                status: 400,
                ..Refusal::default()
            };
            codec.falls_back(&Failure::Status(refused));
            of(&codec)
        }
    }
}

#[test]
fn a_plain_start_says_no_more_than_it_must() {
    let start = |kind| checked(&codec(kind).start(&Start::default()));
    assert_eq!(start(Kind::Viewer), json!({"publicId": "my-bot"}));
    assert_eq!(start(Kind::Typebot), json!({"isStreamEnabled": true}));
    assert_eq!(
        start(Kind::SendMessage),
        json!({"startParams": {"typebot": "my-bot"}})
    );
    assert_eq!(
        start(Kind::Quickbot),
        json!({"isStreamEnabled": true, "prefilledVariables": {"system_device": "desktop", "Device type": "desktop"}})
    );
}

#[test]
fn a_start_carries_what_each_api_takes() {
    let start = |kind| {
        let request = codec(kind).start(&full_start());
        (path(&request).to_owned(), checked(&request))
    };
    let variables = json!({"First name": "John", "Count": 3});
    let text = json!({"type": "text", "text": "Hello"});
    assert_eq!(
        start(Kind::Viewer),
        (
            "/api/v1/conversations".into(),
            json!({"publicId": "my-bot", "prefilledVariables": variables, "resultId": "r1",
                "message": {"type": "text", "text": "Hello", "createdAt": AT as i64}})
        )
    );
    assert_eq!(
        start(Kind::Typebot),
        (
            "/api/v1/typebots/my-bot/startChat".into(),
            json!({"isStreamEnabled": true, "prefilledVariables": variables, "resultId": "r1", "message": text})
        )
    );
    assert_eq!(
        start(Kind::SendMessage),
        (
            "/api/v1/sendMessage".into(),
            json!({"message": "Hello", "startParams":
                {"typebot": "my-bot", "prefilledVariables": variables, "resultId": "r1"}})
        )
    );
    assert_eq!(start(Kind::Quickbot).0, "/api/v1/bots/my-bot/startChat");
}

#[test]
fn what_the_page_says_of_the_device_wins() {
    let start = Start {
        prefilled_variables: vec![("Device type".into(), "fridge".into())],
        ..Start::default()
    };
    let body = checked(&codec(Kind::Quickbot).start(&start));
    assert_eq!(
        body["prefilledVariables"],
        json!({"system_device": "desktop", "Device type": "fridge"})
    );
}

#[test]
fn a_viewer_answer_says_when_and_to_what() {
    let codec = codec(Kind::Viewer);
    let body = checked(
        &codec
            .continue_chat("s1", &answer(everything()), &[])
            .unwrap(),
    );
    assert_eq!(
        body,
        json!({"message": {"type": "text", "text": "Red", "value": "r",
                "attachedFileUrls": ["https://f.example/1.png"], "createdAt": AT as i64},
            "messageMetadata": {"inputBlockId": "block1", "inputType": "text input"}})
    );
    let own = Continue {
        answers: None,
        ..answer(Message::text("42"))
    };
    let body = checked(&codec.continue_chat("s1", &own, &[]).unwrap());
    assert_eq!(
        body,
        json!({"message": {"type": "text", "text": "42", "createdAt": AT as i64}})
    );
}

#[test]
fn a_typebot_answer_may_name_the_item_or_be_a_command() {
    for kind in [Kind::Typebot, Kind::Quickbot] {
        let codec = codec(kind);
        let request = codec
            .continue_chat("s/1", &answer(everything()), &[log()])
            .unwrap();
        assert_eq!(path(&request), "/api/v1/sessions/s%2F1/continueChat");
        let body = to_json(&request.body);
        assert_eq!(body["message"]["metadata"], json!({"replyId": "it1"}));
        assert_eq!(
            body["message"].get("value").is_some(),
            kind == Kind::Quickbot
        );
        assert_eq!(body.as_object().map(|b| b.len()), Some(1));
        let command = answer(Message::Command("restart".into()));
        let body = checked(&codec.continue_chat("s1", &command, &[]).unwrap());
        assert_eq!(
            body,
            json!({"message": {"type": "command", "command": "restart"}})
        );
    }
}

#[test]
fn an_empty_continuation_says_nothing() {
    let nothing = Continue::default();
    let body = |kind| checked(&codec(kind).continue_chat("s1", &nothing, &[]).unwrap());
    assert_eq!(body(Kind::Viewer), json!({}));
    assert_eq!(body(Kind::Typebot), json!({}));
    assert_eq!(body(Kind::SendMessage), json!({"sessionId": "s1"}));
}

#[test]
fn send_message_knows_strings_alone() {
    let codec = codec(Kind::SendMessage);
    let said = |next: &Continue| {
        checked(&codec.continue_chat("s1", next, &[]).unwrap())["message"].clone()
    };
    assert_eq!(said(&answer(everything())), "Red\nhttps://f.example/1.png");
    assert_eq!(
        said(&answer(Message::Audio("https://f.example/a".into()))),
        "https://f.example/a"
    );
    let files = Continue {
        answers: Some(("block1".into(), "file input".into())),
        ..answer(everything())
    };
    assert_eq!(
        said(&files),
        "Red",
        "a file input says its addresses in the text"
    );
}

#[test]
fn a_command_is_not_sent_where_there_is_no_word_for_it() {
    for kind in [Kind::Viewer, Kind::SendMessage] {
        let command = answer(Message::Command("x".into()));
        assert_eq!(codec(kind).continue_chat("s1", &command, &[]), None);
        assert!(!codec(kind).takes_commands());
    }
}

#[test]
fn send_message_starts_in_the_other_shape_once_it_was_refused() {
    let mut codec = first_generation();
    let body = checked(&codec.start(&full_start()));
    assert_eq!(
        body,
        json!({"message": "Hello", "startParams": {"typebotId": "my-bot", "resultId": "r1",
            "prefilledVariables": {"First name": "John", "Count": 3}}})
    );
    let next = checked(
        &codec
            .continue_chat("s1", &answer(everything()), &[log()])
            .unwrap(),
    );
    assert_eq!(
        next.get("clientLogs"),
        None,
        "the first generation takes no logs"
    );
    let refused = Failure::Status(Refusal {
        status: 400,
        ..Refusal::default()
    });
    assert!(!codec.falls_back(&refused), "it is tried once");
    codec.falls_forward();
    assert_eq!(
        to_json(&codec.start(&Start::default()).body)["startParams"]["typebot"],
        "my-bot"
    );
}

#[test]
fn only_a_400_of_send_message_has_another_shape_tried() {
    let status = |status| {
        Failure::Status(Refusal {
            status,
            ..Refusal::default()
        })
    };
    for kind in [Kind::Viewer, Kind::Typebot, Kind::Quickbot] {
        assert!(!codec(kind).falls_back(&status(400)));
    }
    for failure in [status(404), status(500), Failure::Network, Failure::Timeout] {
        assert!(!codec(Kind::SendMessage).falls_back(&failure));
    }
}

#[test]
fn logs_go_where_there_is_an_endpoint_and_ride_where_there_is_none() {
    let post = |kind| codec(kind).logs("s1", &[log()]);
    let typebot = post(Kind::Typebot).unwrap();
    assert_eq!(path(&typebot), "/api/v2/sessions/s1/clientLogs");
    assert_eq!(
        checked(&typebot),
        json!({"clientLogs": [{"description": "It broke", "details": "{\"a\":1}", "context": "While testing"}]})
    );
    let quickbot = post(Kind::Quickbot).unwrap();
    assert_eq!(path(&quickbot), "/api/v1/sessions/s1/clientLogs");
    assert_eq!(
        checked(&quickbot)["clientLogs"][0]["details"],
        json!({"a": 1})
    );
    for kind in [Kind::Viewer, Kind::SendMessage] {
        assert_eq!(post(kind), None);
        let next = codec(kind)
            .continue_chat("s1", &answer(everything()), &[log()])
            .unwrap();
        assert_eq!(
            checked(&next)["clientLogs"],
            json!([{"status": "error", "description": "While testing: It broke", "details": {"a": 1}}])
        );
    }
    for kind in KINDS {
        assert_eq!(codec(kind).logs("s1", &[]), None, "no lines, no request");
        let rides = matches!(kind, Kind::Viewer | Kind::SendMessage);
        assert_eq!(codec(kind).logs_ride(), rides);
    }
}

#[test]
fn a_preview_has_its_own_address_and_its_token_goes_nowhere_else() {
    let mut target = Target::new(Kind::Typebot, "https://bots.example/", "tb1");
    target.referrer = Some("https://framing.example".into());
    target.preview = Some(Preview {
        token: Some("secret".into()),
        start_from: Some(StartFrom::Group("g1".into())),
        session_id: Some("mine".into()),
        progress_bar: true,
        template: None,
    });
    let codec = Codec::new(target.clone());
    let request = codec.start(&full_start());
    assert_eq!(path(&request), "/api/v1/typebots/tb1/preview/startChat");
    let body = checked(&request);
    assert_eq!(body["startFrom"], json!({"type": "group", "groupId": "g1"}));
    assert_eq!(body["sessionId"], "mine");
    assert_eq!(body["isProgressBarEnabled"], true);
    assert_eq!(body.get("resultId"), None);
    assert_eq!(
        request.headers[1..],
        [("authorization", "Bearer secret".into())]
    );
    let next = codec
        .continue_chat("s1", &answer(everything()), &[])
        .unwrap();
    assert!(
        next.headers
            .iter()
            .all(|(name, _)| *name != "authorization")
    );
    assert_eq!(codec.logs("s1", &[log()]), None, "a preview keeps no logs");

    let preview = target.preview.as_mut().unwrap();
    preview.start_from = Some(StartFrom::Event("e1".into()));
    preview.template = Some("lead-gen".into());
    let request = Codec::new(target.clone()).start(&Start::default());
    assert_eq!(
        path(&request),
        "/api/v1/templates/lead-gen/preview/startChat"
    );
    assert_eq!(
        checked(&request)["startFrom"],
        json!({"type": "event", "eventId": "e1"})
    );

    target.kind = Kind::SendMessage;
    let preview = target.preview.as_mut().unwrap();
    preview.start_from = Some(StartFrom::Group("g1".into()));
    preview.template = None;
    target.stream = true;
    let request = Codec::new(target).start(&Start::default());
    assert_eq!(
        checked(&request),
        json!({"startParams": {"typebot": "tb1", "isPreview": true, "startGroupId": "g1", "isStreamEnabled": true}})
    );
    assert_eq!(
        request.headers[1..],
        [("authorization", "Bearer secret".into())]
    );
}

#[test]
fn a_framed_page_says_who_frames_it_where_the_server_asks() {
    let header = |kind| {
        let mut target = Target::new(kind, "https://bots.example", "b");
        target.referrer = Some("https://framing.example".into());
        let codec = Codec::new(target);
        let next = codec.continue_chat("s", &Continue::default(), &[]).unwrap();
        let all = [
            Some(codec.start(&Start::default())),
            Some(next),
            codec.logs("s", &[log()]),
        ];
        let names = all
            .into_iter()
            .flatten()
            .map(|r| r.headers.get(1).map(|(name, _)| *name));
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        header(Kind::Typebot),
        [Some("x-typebot-iframe-referrer-origin"); 3]
    );
    assert_eq!(
        header(Kind::Quickbot),
        [Some("x-quickbot-iframe-referrer-origin"); 3]
    );
    assert_eq!(header(Kind::Viewer), [None, None]);
    assert_eq!(header(Kind::SendMessage), [None, None]);
}

#[test]
fn a_stream_is_asked_for_where_there_are_streams() {
    let stream = |kind| codec(kind).stream("s1", &[]);
    let request = stream(Kind::Typebot).unwrap();
    assert_eq!(path(&request), "/api/v2/sessions/s1/streamMessage");
    assert_eq!(checked(&request), json!({}));
    assert_eq!(stream(Kind::Viewer), None);
    assert_eq!(stream(Kind::SendMessage), None);
    let message = Value::object([
        ("role", Some("user".into())),
        ("content", Some("Hi".into())),
    ]);
    let body = checked(&codec(Kind::Quickbot).stream("s1", &[message]).unwrap());
    assert_eq!(
        body,
        json!({"messages": [{"role": "user", "content": "Hi"}]})
    );
}

#[test]
fn uploads_fall_back_to_the_second_version_and_begin_anew_where_neither_is_there() {
    let file = FileInfo {
        name: "a.png".into(),
        media_type: "image/png".into(),
        size: 12.0,
        block_id: "block1".into(),
    };
    for kind in KINDS {
        let mut codec = codec(kind);
        let third = codec.upload("s1", &file);
        assert_eq!(path(&third), "/api/v3/generate-upload-url");
        assert_eq!(
            checked(&third),
            json!({"fileName": "a.png", "sessionId": "s1", "blockId": "block1", "fileType": "image/png", "fileSize": 12})
        );
        assert!(
            codec.learn_uploads(404),
            "asked again in the second version"
        );
        let second = codec.upload("s1", &file);
        assert_eq!(path(&second), "/api/v2/generate-upload-url");
        assert_eq!(
            checked(&second),
            json!({"fileName": "a.png", "sessionId": "s1", "fileType": "image/png"})
        );
        assert!(!codec.learn_uploads(404));
        assert_eq!(
            path(&codec.upload("s1", &file)),
            "/api/v3/generate-upload-url"
        );
    }
}

#[test]
fn an_upload_is_a_bare_file_or_a_form() {
    let mut codec = codec(Kind::Typebot);
    let answer = |json: Json| super::value(&json);
    let bare = json!({"presignedUrl": "https://s3.example/p", "formData": {}, "fileUrl": "https://f.example/a", "maxFileSize": 10});
    let target = codec.decode_upload(&answer(bare.clone())).unwrap();
    assert_eq!((target.form, target.max_size), (None, Some(10.0)));
    let form = json!({"presignedUrl": "https://s3.example/p", "formData": {"key": "k", "n": 1}, "fileUrl": "https://f.example/a"});
    let target = codec.decode_upload(&answer(form)).unwrap();
    assert_eq!(
        target.form,
        Some(vec![("key".into(), "k".into()), ("n".into(), "1".into())])
    );
    assert!(
        codec
            .decode_upload(&answer(json!({"fileUrl": "x"})))
            .is_err()
    );
    codec.learn_uploads(404);
    assert_eq!(codec.uploads(), Uploads::Second);
    let target = codec.decode_upload(&answer(bare)).unwrap();
    assert_eq!(
        target.form,
        Some(Vec::new()),
        "the second version always takes a form"
    );
}
