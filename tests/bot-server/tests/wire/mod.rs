//! A client as plain as can be, so that a test sees what is really on the wire.
#![allow(dead_code, clippy::unwrap_used)]

use bot_server::{Api, Config, Server};
use serde_json::{Value, json};
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The body is as long as it was announced to be, or ended as a chunked one ends.
    pub whole: bool,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

/// Sends a request; the error is that the connection closed without an answer.
pub fn send(
    server: &Server,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<Answer> {
    let address = server.url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut bytes = Vec::new();
    let ended = stream.read_to_end(&mut bytes);
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .ok_or_else(|| io::Error::other("no answer"))?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1)?.parse().ok())
        .unwrap_or(0);
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut answer = Answer {
        status,
        headers,
        body: bytes[end + 4..].to_vec(),
        whole: ended.is_ok(),
    };
    if answer.header("transfer-encoding") == Some("chunked") {
        let (body, whole) = unchunked(&answer.body);
        (answer.body, answer.whole) = (body, whole);
    } else if let Some(length) = answer
        .header("content-length")
        .and_then(|length| length.parse::<usize>().ok())
    {
        answer.whole = answer.body.len() == length;
    }
    Ok(answer)
}

fn unchunked(mut bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::new();
    while let Some(end) = bytes.windows(2).position(|window| window == b"\r\n") {
        let size = usize::from_str_radix(&String::from_utf8_lossy(&bytes[..end]), 16).unwrap_or(0);
        if size == 0 {
            return (out, true);
        }
        let Some(chunk) = bytes.get(end + 2..end + 2 + size) else {
            break;
        };
        out.extend_from_slice(chunk);
        bytes = bytes.get(end + 4 + size..).unwrap_or_default();
    }
    (out, false)
}

/// Posts JSON.
pub fn post(server: &Server, path: &str, body: &Value) -> io::Result<Answer> {
    send(
        server,
        "POST",
        path,
        &[("content-type", "application/json")],
        body.to_string().as_bytes(),
    )
}

/// A server with the bots that come with the crate.
pub fn server() -> Server {
    Server::start(Config::default()).unwrap()
}

/// One conversation over one API; every request and reply is held against its contract.
pub struct Chat<'a> {
    pub server: &'a Server,
    pub api: Api,
    pub session: String,
    /// The last reply.
    pub reply: Value,
}

impl<'a> Chat<'a> {
    pub fn start(server: &'a Server, api: Api, bot: &str) -> Chat<'a> {
        Chat::start_with(server, api, bot, json!({}))
    }

    /// Starts with further fields in the request.
    pub fn start_with(server: &'a Server, api: Api, bot: &str, more: Value) -> Chat<'a> {
        let (path, mut body) = match api {
            Api::Viewer => ("/api/v1/conversations".to_owned(), json!({"publicId": bot})),
            Api::Typebot => (
                format!("/api/v1/typebots/{bot}/startChat"),
                json!({"isStreamEnabled": true}),
            ),
            Api::Quickbot => (
                format!("/api/v1/bots/{bot}/startChat"),
                json!({"isStreamEnabled": true}),
            ),
            Api::SendMessage => (
                "/api/v1/sendMessage".to_owned(),
                json!({"startParams": {"typebot": bot}}),
            ),
            Api::SendMessage1 => (
                "/api/v1/sendMessage".to_owned(),
                json!({"startParams": {"typebotId": bot}}),
            ),
        };
        let fields = if body.get("startParams").is_some() {
            &mut body["startParams"]
        } else {
            &mut body
        };
        for (name, value) in more.as_object().unwrap() {
            fields[name] = value.clone();
        }
        bot_server::contracts::validate_request(&path, &body).unwrap();
        let answer = post(server, &path, &body).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        let reply = answer.json();
        bot_server::contracts::validate_reply(api, true, &reply)
            .unwrap_or_else(|error| panic!("{bot}: {error}\n{reply:#}"));
        Chat {
            server,
            api,
            session: reply["sessionId"].as_str().unwrap().to_owned(),
            reply,
        }
    }

    pub fn path(&self) -> String {
        match self.api {
            Api::Viewer => format!("/api/v1/conversations/{}/messages", self.session),
            Api::Typebot | Api::Quickbot => {
                format!("/api/v1/sessions/{}/continueChat", self.session)
            }
            _ => "/api/v1/sendMessage".to_owned(),
        }
    }

    /// Says a text.
    pub fn say(&mut self, text: &str) -> &Value {
        let message = match self.api {
            Api::SendMessage | Api::SendMessage1 => json!(text),
            _ => json!({"type": "text", "text": text}),
        };
        self.send(json!({"message": message}))
    }

    /// Goes on without a message.
    pub fn go_on(&mut self) -> &Value {
        self.send(json!({}))
    }

    /// Sends any body.
    pub fn send(&mut self, mut body: Value) -> &Value {
        if matches!(self.api, Api::SendMessage | Api::SendMessage1) {
            body["sessionId"] = json!(self.session);
        }
        let answer = post(self.server, &self.path(), &body).unwrap();
        assert_eq!(answer.status, 200, "{body}: {}", answer.text());
        self.reply = answer.json();
        bot_server::contracts::validate_reply(self.api, false, &self.reply)
            .unwrap_or_else(|error| panic!("{error}\n{:#}", self.reply));
        &self.reply
    }

    /// The words of the last reply's bubbles.
    pub fn texts(&self) -> Vec<String> {
        let text = |message: &Value| {
            let content = &message["content"];
            let told = content["markdown"]
                .as_str()
                .or(content["plainText"].as_str())
                .map(str::to_owned);
            told.unwrap_or_else(|| words(&content["richText"]))
        };
        self.reply["messages"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|message| message["type"] == "text")
            .map(text)
            .collect()
    }

    pub fn input(&self) -> Option<&str> {
        self.reply["input"]["type"].as_str()
    }
}

fn words(node: &Value) -> String {
    match node {
        Value::Array(nodes) => nodes.iter().map(words).collect(),
        _ => node["text"]
            .as_str()
            .map_or_else(|| words(&node["children"]), str::to_owned),
    }
}
