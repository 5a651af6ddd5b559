//! The requests of each API, and its replies.

use super::decode::{self, DecodeError};
use super::message::{self, LogForm};
use super::target::segment;
use super::{Kind, StartFrom, Target};
use crate::model::{Continue, Failure, Log, Message, Reply, Start, Started, Value};

/// A request that is ready to be sent: a POST of JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The address; it begins with a slash where the page's own origin is meant.
    pub url: String,
    /// The headers, `content-type` among them.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Value,
}

/// Which form of sendMessage a server understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Generation {
    /// The later one: `startParams.typebot`, and logs ride along.
    Later,
    /// The first: `startParams.typebotId`, and nothing beside what it names.
    First,
}

/// One API, spoken to one bot. It remembers what it learned of the server.
#[derive(Clone, Debug)]
pub struct Codec {
    target: Target,
    generation: Generation,
    pub(super) uploads: super::Uploads,
}

impl Codec {
    /// Speaks to a bot.
    pub fn new(target: Target) -> Codec {
        Codec {
            target,
            generation: Generation::Later,
            uploads: super::Uploads::Third,
        }
    }

    /// The bot that is spoken to.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Begins a conversation. What the API has no word for, such as a command
    /// in a string, is left out.
    pub fn start(&self, start: &Start) -> Request {
        let said = start
            .message
            .as_ref()
            .and_then(|m| self.said(m, start.created_at, true));
        match self.target.kind {
            Kind::Viewer => self.request(
                self.target.url(&["/api/v1/conversations"]),
                Value::object([
                    ("publicId", Some(self.target.bot.as_str().into())),
                    ("message", said),
                    ("prefilledVariables", self.variables(start)),
                    ("resultId", start.result_id.as_deref().map(Value::from)),
                ]),
            ),
            Kind::SendMessage => self.request(
                self.target.url(&["/api/v1/sendMessage"]),
                Value::object([
                    ("message", said),
                    ("startParams", Some(self.start_params(start))),
                ]),
            ),
            Kind::Typebot | Kind::Quickbot => self.start_chat(start, said),
        }
    }

    fn start_chat(&self, start: &Start, said: Option<Value>) -> Request {
        let id = segment(&self.target.bot);
        let Some(preview) = &self.target.preview else {
            let url = self.target.url(&[self.bots(), &id, "/startChat"]);
            let body = Value::object([
                ("message", said),
                ("isStreamEnabled", Some(true.into())),
                ("resultId", start.result_id.as_deref().map(Value::from)),
                ("prefilledVariables", self.variables(start)),
            ]);
            return self.request(url, body);
        };
        let url = match &preview.template {
            Some(slug) => {
                let slug = segment(slug);
                self.target
                    .url(&["/api/v1/templates/", &slug, "/preview/startChat"])
            }
            None => self.target.url(&[self.bots(), &id, "/preview/startChat"]),
        };
        let start_from = preview.start_from.as_ref().map(|from| {
            let (kind, key, id) = match from {
                StartFrom::Group(id) => ("group", "groupId", id),
                StartFrom::Event(id) => ("event", "eventId", id),
            };
            Value::object([("type", Some(kind.into())), (key, Some(id.as_str().into()))])
        });
        let body = Value::object([
            ("message", said),
            ("isStreamEnabled", Some(true.into())),
            ("startFrom", start_from),
            ("sessionId", preview.session_id.as_deref().map(Value::from)),
            (
                "isProgressBarEnabled",
                preview.progress_bar.then(|| true.into()),
            ),
            ("prefilledVariables", self.variables(start)),
        ]);
        self.as_preview(self.post(url, body))
    }

    fn start_params(&self, start: &Start) -> Value {
        let preview = self.target.preview.as_ref();
        let later = self.generation == Generation::Later;
        let group = match preview.and_then(|p| p.start_from.as_ref()) {
            Some(StartFrom::Group(id)) if later => Some(id.as_str().into()),
            _ => None,
        };
        Value::object([
            (
                if later { "typebot" } else { "typebotId" },
                Some(self.target.bot.as_str().into()),
            ),
            ("isPreview", preview.map(|_| true.into())),
            ("resultId", start.result_id.as_deref().map(Value::from)),
            ("startGroupId", group),
            ("prefilledVariables", self.variables(start)),
            (
                "isStreamEnabled",
                (later && self.target.stream).then(|| true.into()),
            ),
        ])
    }

    /// Goes on with a conversation; nothing where the API has no word for
    /// what is said (commands, in the Viewer API and sendMessage). The logs
    /// ride along where the API takes them so: see [`Codec::logs_ride`].
    pub fn continue_chat(&self, session: &str, next: &Continue, logs: &[Log]) -> Option<Request> {
        let to_text = next
            .answers
            .as_ref()
            .is_some_and(|(_, kind)| kind == "text input");
        let said = match &next.message {
            None => None,
            Some(message) => Some(self.said(message, next.created_at, to_text)?),
        };
        let logs = message::logs(LogForm::Riding, logs).filter(|_| self.logs_ride());
        let id = segment(session);
        Some(match self.target.kind {
            Kind::Viewer => {
                let answers = next.answers.as_ref().map(|(block, kind)| {
                    Value::object([
                        ("inputBlockId", Some(block.as_str().into())),
                        ("inputType", Some(kind.as_str().into())),
                    ])
                });
                self.request(
                    self.target
                        .url(&["/api/v1/conversations/", &id, "/messages"]),
                    Value::object([
                        ("message", said),
                        ("messageMetadata", answers),
                        ("clientLogs", logs),
                    ]),
                )
            }
            Kind::SendMessage => self.request(
                self.target.url(&["/api/v1/sendMessage"]),
                Value::object([
                    ("sessionId", Some(session.into())),
                    ("message", said),
                    ("clientLogs", logs),
                ]),
            ),
            Kind::Typebot | Kind::Quickbot => self.request(
                self.target
                    .url(&["/api/v1/sessions/", &id, "/continueChat"]),
                Value::object([("message", said)]),
            ),
        })
    }

    /// Posts log lines; nothing where the API has no endpoint for them, where
    /// it keeps none (previews), or where there are none.
    pub fn logs(&self, session: &str, logs: &[Log]) -> Option<Request> {
        let (version, form) = match self.target.kind {
            _ if self.target.preview.is_some() => return None,
            Kind::Typebot => ("/api/v2/sessions/", LogForm::Text),
            Kind::Quickbot => ("/api/v1/sessions/", LogForm::Json),
            Kind::Viewer | Kind::SendMessage => return None,
        };
        let lines = message::logs(form, logs)?;
        let url = self
            .target
            .url(&[version, &segment(session), "/clientLogs"]);
        Some(self.request(url, Value::object([("clientLogs", Some(lines))])))
    }

    /// Whether log lines wait for the next message and ride along with it.
    pub fn logs_ride(&self) -> bool {
        match self.target.kind {
            Kind::Viewer => true,
            Kind::SendMessage => self.generation == Generation::Later,
            Kind::Typebot | Kind::Quickbot => false,
        }
    }

    /// Whether commands can be sent.
    pub fn takes_commands(&self) -> bool {
        matches!(self.target.kind, Kind::Typebot | Kind::Quickbot)
    }

    /// Asks for a text to be streamed, with the messages of the older action;
    /// nothing where the API does not stream.
    pub fn stream(&self, session: &str, messages: &[Value]) -> Option<Request> {
        let streams = match self.target.kind {
            Kind::Typebot | Kind::Quickbot => true,
            Kind::SendMessage => self.target.stream,
            Kind::Viewer => false,
        };
        let url = || {
            let id = segment(session);
            self.target
                .url(&["/api/v2/sessions/", &id, "/streamMessage"])
        };
        let messages = (!messages.is_empty()).then(|| Value::Array(messages.to_vec()));
        streams.then(|| self.post(url(), Value::object([("messages", messages)])))
    }

    /// Reads the reply to [`Codec::start`].
    ///
    /// # Errors
    /// Where it is no reply, or names no session.
    pub fn decode_start(&self, value: &Value) -> Result<Started, DecodeError> {
        decode::start(value)
    }

    /// Reads the reply to [`Codec::continue_chat`].
    ///
    /// # Errors
    /// Where it is no reply.
    pub fn decode_reply(&self, value: &Value) -> Result<Reply, DecodeError> {
        decode::reply(value)
    }

    /// Whether a start that failed so shall be tried again in another form:
    /// sendMessage has two that exclude each other, and a 400 says that the
    /// server may know the other one. It says so once.
    pub fn falls_back(&mut self, failure: &Failure) -> bool {
        let may = self.target.kind == Kind::SendMessage
            && self.generation == Generation::Later
            && failure.status() == Some(400);
        if may {
            self.generation = Generation::First;
        }
        may
    }

    /// Takes the fall-back back: the other form was refused too.
    pub fn falls_forward(&mut self) {
        self.generation = Generation::Later;
    }

    fn bots(&self) -> &'static str {
        match self.target.kind {
            Kind::Quickbot => "/api/v1/bots/",
            _ => "/api/v1/typebots/",
        }
    }

    fn said(&self, message: &Message, at: Option<f64>, to_text: bool) -> Option<Value> {
        message::message(self.target.kind, message, at, to_text)
    }

    /// The variables known beforehand. Quick.bot's older embed always tells
    /// the device; what the page says wins.
    fn variables(&self, start: &Start) -> Option<Value> {
        let mut variables = Value::object::<0>([]);
        if self.target.kind == Kind::Quickbot {
            for name in ["system_device", "Device type"] {
                variables.set(name, self.target.device.into());
            }
        }
        for (name, value) in &start.prefilled_variables {
            variables.set(name, value.clone());
        }
        let any = variables
            .as_object()
            .is_some_and(|fields| !fields.is_empty());
        any.then_some(variables)
    }

    pub(super) fn post(&self, url: String, body: Value) -> Request {
        let headers = vec![("content-type", String::from("application/json"))];
        Request { url, headers, body }
    }

    /// A request of a live conversation: the server's allow-list of origins
    /// may need to know who frames the page.
    fn request(&self, url: String, body: Value) -> Request {
        let mut request = self.post(url, body);
        let header = match self.target.kind {
            Kind::Typebot => "x-typebot-iframe-referrer-origin",
            Kind::Quickbot => "x-quickbot-iframe-referrer-origin",
            Kind::SendMessage if self.target.preview.is_some() => return self.as_preview(request),
            Kind::Viewer | Kind::SendMessage => return request,
        };
        if let Some(origin) = &self.target.referrer {
            request.headers.push((header, origin.clone()));
        }
        request
    }

    fn as_preview(&self, mut request: Request) -> Request {
        let token = self.target.preview.as_ref().and_then(|p| p.token.as_ref());
        if let Some(token) = token {
            let mut bearer = String::from("Bearer ");
            bearer.push_str(token);
            request.headers.push(("authorization", bearer));
        }
        request
    }
}
