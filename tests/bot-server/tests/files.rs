//! Uploads, pages and files, and the socket.

#![allow(clippy::unwrap_used)]

mod wire;

use bot_server::{Api, Config, Page, Server, Uploads};
use serde_json::json;
use std::io::{Read, Write};
use wire::{Chat, post, send, server};

#[test]
fn an_upload_goes_where_it_was_told_and_is_there_afterwards() {
    let server = server();
    let chat = Chat::start(&server, Api::Viewer, "ask-file");
    let asked = json!({"fileName": "a b.png", "sessionId": chat.session, "blockId": "ask-file", "fileType": "image/png", "fileSize": 8});
    let place = post(&server, "/api/v3/generate-upload-url", &asked)
        .unwrap()
        .json();
    let path = |url: &serde_json::Value| {
        url.as_str()
            .unwrap()
            .trim_start_matches(server.url())
            .to_owned()
    };
    assert_eq!(
        send(
            &server,
            "PUT",
            &path(&place["presignedUrl"]),
            &[("content-type", "image/png")],
            b"a file"
        )
        .unwrap()
        .status,
        204
    );
    let file = send(&server, "GET", &path(&place["fileUrl"]), &[], b"").unwrap();
    assert_eq!(
        (file.header("content-type"), file.text().as_str()),
        (Some("image/png"), "a file")
    );
    assert_eq!(server.files(), [("a b.png".to_owned(), b"a file".to_vec())]);
}

#[test]
fn an_upload_that_nobody_asked_for_is_refused() {
    let server = server();
    let place = |session: &str| {
        let asked = json!({"fileName": "a", "sessionId": session, "blockId": "x"});
        post(&server, "/api/v3/generate-upload-url", &asked)
            .unwrap()
            .json()["message"]
            .clone()
    };
    assert_eq!(place("nobody"), "Can't find session");
    assert_eq!(
        place(&Chat::start(&server, Api::Typebot, "ask-text").session),
        "Current block does not expect file upload"
    );
    assert_eq!(
        send(&server, "PUT", "/api/uploads/nothing", &[], b"x")
            .unwrap()
            .status,
        403
    );
}

#[test]
fn an_older_server_has_a_form_with_a_policy() {
    let server = Server::start(Config {
        uploads: Uploads::V2,
        ..Config::default()
    })
    .unwrap();
    let chat = Chat::start(&server, Api::Typebot, "ask-file");
    let asked = json!({"fileName": "a.txt", "sessionId": chat.session, "fileType": "text/plain"});
    assert_eq!(
        post(&server, "/api/v3/generate-upload-url", &asked)
            .unwrap()
            .status,
        404
    );
    let place = post(&server, "/api/v2/generate-upload-url", &asked)
        .unwrap()
        .json();
    let part = |name: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let path = place["presignedUrl"]
        .as_str()
        .unwrap()
        .trim_start_matches(server.url())
        .to_owned();
    let send = |form: String| {
        send(
            &server,
            "POST",
            &path,
            &[("content-type", "multipart/form-data; boundary=b")],
            form.as_bytes(),
        )
        .unwrap()
        .status
    };
    assert_eq!(
        send(part("file", "first") + &part("policy", "x") + "--b--"),
        400
    );
    assert_eq!(
        send(part("policy", "x") + &part("file", "a\r\nfile") + "--b--"),
        204
    );
    assert_eq!(server.files()[0].1, b"a\r\nfile");
}

#[test]
fn files_are_served_with_their_types_compressed_and_once() {
    let folder = std::env::temp_dir().join(format!("bot-server-files-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [
        ("a.wasm", "plain"),
        ("a.wasm.br", "brotli"),
        ("index.html", "<p>Hi"),
        (".secret", ""),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let config = Config {
        dist: Some(folder.clone()),
        playground: Some(folder),
        csp: Some("default-src 'self'".into()),
        ..Config::default()
    };
    let server = Server::start(config).unwrap();
    let get =
        |path: &str, headers: &[(&str, &str)]| send(&server, "GET", path, headers, b"").unwrap();
    let plain = get("/w/a.wasm", &[]);
    assert_eq!(
        (plain.header("content-type"), plain.text().as_str()),
        (Some("application/wasm"), "plain")
    );
    let small = get("/w/a.wasm", &[("accept-encoding", "gzip, br")]);
    assert_eq!(
        (small.header("content-encoding"), small.text().as_str()),
        (Some("br"), "brotli")
    );
    let tag = plain.header("etag").unwrap().to_owned();
    assert_eq!(get("/w/a.wasm", &[("if-none-match", &tag)]).status, 304);
    let part = get("/w/a.wasm", &[("range", "bytes=1-2")]);
    assert_eq!((part.status, part.text().as_str()), (206, "la"));
    assert_eq!(
        get("/", &[]).header("content-security-policy"),
        Some("default-src 'self'")
    );
    assert_eq!(
        get("/?csp=script-src%20'none'", &[]).header("content-security-policy"),
        Some("script-src 'none'")
    );
    assert_eq!(
        [
            get("/w/../.secret", &[]).status,
            get("/w/.secret", &[]).status,
            get("/w/none.js", &[]).status
        ],
        [404, 404, 404]
    );
}

#[test]
fn a_test_brings_its_own_pages() {
    let page = Page::new("/mine", "<!doctype html><p>Mine").with_csp("script-src 'self'");
    let server = Server::start(Config {
        pages: vec![page],
        ..Config::default()
    })
    .unwrap();
    let answer = send(&server, "GET", "/mine", &[], b"").unwrap();
    assert_eq!(
        (
            answer.header("content-type"),
            answer.header("content-security-policy")
        ),
        (Some("text/html; charset=utf-8"), Some("script-src 'self'"))
    );
    assert_eq!(answer.text(), "<!doctype html><p>Mine");
}

#[test]
fn media_that_the_bots_show_is_there() {
    let server = server();
    for name in [
        "mira.svg",
        "drum.svg",
        "weave.png",
        "chime.wav",
        "loom.webm",
        "lamp.html",
        "warmth.html",
        "shop.html",
    ] {
        assert_eq!(
            send(&server, "GET", &format!("/media/{name}"), &[], b"")
                .unwrap()
                .status,
            200,
            "{name}"
        );
    }
    for name in ["stripe.js", "mercadopago.js"] {
        assert_eq!(
            send(&server, "GET", &format!("/sdk/{name}"), &[], b"")
                .unwrap()
                .header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
    }
}

#[test]
fn a_page_that_listens_hears_what_came_from_outside() {
    let server = server();
    server.webhook(&json!({"early": true}));
    let mut socket =
        std::net::TcpStream::connect(server.url().trim_start_matches("http://")).unwrap();
    let head = "GET /parties/main/r1/webhooks?_pk=1 HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
        sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.write_all(head.as_bytes()).unwrap();
    let mut byte = [0];
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        socket.read_exact(&mut byte).unwrap();
        answer.push(byte[0]);
    }
    assert!(answer.starts_with(b"HTTP/1.1 101"));
    let mut hear = || {
        let mut head = [0; 2];
        socket.read_exact(&mut head).unwrap();
        let mut text = vec![0; usize::from(head[1])];
        socket.read_exact(&mut text).unwrap();
        String::from_utf8(text).unwrap()
    };
    assert_eq!(hear(), "{\"data\":{\"early\":true}}");
    server.webhook(&json!("late"));
    assert_eq!(hear(), "{\"data\":\"late\"}");
}

#[test]
fn a_server_stops_when_it_is_dropped() {
    let server = server();
    let address = server.url().trim_start_matches("http://").to_owned();
    drop(server);
    assert!(std::net::TcpStream::connect(address).is_err());
}
