//! What the bot does in the page.

use super::read::{Field, Read, record};
use super::{Later, Log, NamedCode, Value, Whole};

/// A client-side action of a reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What is done.
    pub kind: ActionKind,
    /// The bubble after which it is done; none means before the first.
    pub after: Option<String>,
    /// Whether the server waits for a reply of its own to it.
    pub expects_reply: bool,
}

/// What is done.
#[derive(Clone, Debug, PartialEq)]
pub enum ActionKind {
    /// Run a script.
    Script(Later<Script>),
    /// Evaluate an expression and reply with what it gives.
    SetVariable(Later<Script>),
    /// Run code whose arguments have names.
    Code(Later<NamedCode>),
    /// Open Chatwoot, by a script.
    Chatwoot(Later<Script>),
    /// Go to another page.
    Redirect(Redirect),
    /// Wait, in seconds.
    Wait(f64),
    /// Send an event to Google Analytics.
    GoogleAnalytics(Later<GoogleAnalytics>),
    /// Send an event to a Meta pixel.
    Pixel(Later<Pixel>),
    /// Load trackers and head code, at the start.
    StartProps(Later<StartProps>),
    /// Ask a server from the page and reply with what it said.
    HttpRequest(Later<HttpRequest>),
    /// Stream a text, with the messages of the older form.
    Stream(Vec<Value>),
    /// Wait for a message on a socket.
    ListenForWebhook,
    /// A type that is not known: it is skipped and reported.
    Unknown(String),
}

record! {
    /// A script with its arguments by id.
    pub struct Script {
        /// The code.
        pub content: String = "content",
        /// The arguments.
        pub args: Vec<ScriptArg> = "args",
        /// Whether it comes from somebody who is not trusted.
        pub is_unsafe: bool = "isUnsafe",
        /// Whether it is code rather than an expression.
        pub is_code: bool = "isCode",
    }
}

record! {
    /// An argument.
    pub struct ScriptArg {
        /// Its name in the code.
        pub id: String = "id",
        /// Its value.
        pub value: Value = "value",
    }
}

record! {
    /// Another page.
    pub struct Redirect {
        /// Its address.
        pub url: Option<String> = "url",
        /// Whether in a new tab.
        pub new_tab: bool = "isNewTab",
    }
}

record! {
    /// An event for Google Analytics.
    pub struct GoogleAnalytics {
        /// The property's id.
        pub tracking_id: Option<String> = "trackingId",
        /// The event's category.
        pub category: Option<String> = "category",
        /// The event's name.
        pub action: Option<String> = "action",
        /// The event's label.
        pub label: Option<String> = "label",
        /// The event's value.
        pub value: Option<f64> = "value",
        /// Where it is sent.
        pub send_to: Option<String> = "sendTo",
    }
}

record! {
    /// An event for a Meta pixel.
    pub struct Pixel {
        /// The pixel's id.
        pub pixel_id: Option<String> = "pixelId",
        /// Whether the pixel is there already.
        pub skip_init: bool = "isInitSkip",
        /// The event's parameters.
        pub params: Vec<PixelParam> = "params",
        /// A standard event, or `Custom`.
        pub event_type: Option<String> = "eventType",
        /// The custom event's name.
        pub name: Option<String> = "name",
    }
}

record! {
    /// A parameter of a pixel's event.
    pub struct PixelParam {
        /// Its name.
        pub key: Option<String> = "key",
        /// Its value.
        pub value: Value = "value",
    }
}

record! {
    /// Trackers and head code, loaded at the start.
    pub struct StartProps {
        /// Google Analytics' id.
        pub google_analytics_id: Option<String> = "googleAnalyticsId",
        /// The Meta pixels' ids.
        pub pixel_ids: Vec<String> = "pixelIds",
        /// One pixel's id, in the older form.
        pub pixel_id: Option<String> = "pixelId",
        /// Google Tag Manager's id.
        pub gtm_id: Option<String> = "gtmId",
        /// HTML for the head.
        pub head_code: Option<String> = "customHeadCode",
    }
}

record! {
    /// A request from the page to a server.
    pub struct HttpRequest {
        /// The address.
        pub url: Option<String> = "url",
        /// The method.
        pub method: Option<String> = "method",
        /// The headers: an object of texts.
        pub headers: Value = "headers",
        /// The body.
        pub body: Value = "body",
    }
}

record! {
    /// How long to wait.
    pub struct WaitPayload {
        /// Seconds.
        pub seconds: Option<f64> = "secondsToWaitFor",
    }
}

record! {
    /// What is streamed, in the older form.
    pub struct StreamPayload {
        /// The messages to complete.
        pub messages: Vec<Value> = "messages",
    }
}

/// Payloads without bounds.
macro_rules! payloads {
    ($($name:ident),*) => {$(
        impl Whole for $name {
            fn whole(value: &Value, _: &mut Vec<Log>) -> $name {
                $name::of(value)
            }
        }
    )*};
}
payloads!(
    Script,
    NamedCode,
    GoogleAnalytics,
    Pixel,
    StartProps,
    HttpRequest
);

impl ActionKind {
    /// The wire name of the type.
    pub fn name(&self) -> &str {
        match self {
            ActionKind::Script(_) => "scriptToExecute",
            ActionKind::SetVariable(_) => "setVariable",
            ActionKind::Code(_) => "codeToExecute",
            ActionKind::Chatwoot(_) => "chatwoot",
            ActionKind::Redirect(_) => "redirect",
            ActionKind::Wait(_) => "wait",
            ActionKind::GoogleAnalytics(_) => "googleAnalytics",
            ActionKind::Pixel(_) => "pixel",
            ActionKind::StartProps(_) => "startPropsToInject",
            ActionKind::HttpRequest(_) => "httpRequestToExecute",
            ActionKind::Stream(_) => "stream",
            ActionKind::ListenForWebhook => "listenForWebhook",
            ActionKind::Unknown(name) => name,
        }
    }

    /// The type tells; where it is absent, as in some older servers, the
    /// payload does.
    fn read(value: &Value) -> ActionKind {
        let payloads = [
            "scriptToExecute",
            "setVariable",
            "codeToExecute",
            "chatwoot",
            "redirect",
            "wait",
            "googleAnalytics",
            "pixel",
            "startPropsToInject",
            "httpRequestToExecute",
            "webhookToExecute",
            "streamOpenAiChatCompletion",
            "stream",
        ];
        let named = value.get("type").and_then(Value::as_str);
        let name = named.or_else(|| payloads.into_iter().find(|p| value.get(p).is_some()));
        let name = name.unwrap_or_default();
        let payload = value.get(name).unwrap_or(&Value::Null);
        let script = || payload.get("scriptToExecute").unwrap_or(&Value::Null);
        match name {
            "scriptToExecute" => ActionKind::Script(Later::new(payload)),
            "setVariable" => ActionKind::SetVariable(Later::new(script())),
            "codeToExecute" => ActionKind::Code(Later::new(payload)),
            "chatwoot" => ActionKind::Chatwoot(Later::new(script())),
            "redirect" => ActionKind::Redirect(Redirect::of(payload)),
            "wait" => ActionKind::Wait(WaitPayload::of(payload).seconds.unwrap_or(0.0).max(0.0)),
            "googleAnalytics" => ActionKind::GoogleAnalytics(Later::new(payload)),
            "pixel" => ActionKind::Pixel(Later::new(payload)),
            "startPropsToInject" => ActionKind::StartProps(Later::new(payload)),
            "httpRequestToExecute" | "webhookToExecute" => {
                ActionKind::HttpRequest(Later::new(payload))
            }
            "stream" => ActionKind::Stream(Vec::new()),
            "streamOpenAiChatCompletion" => ActionKind::Stream(StreamPayload::of(payload).messages),
            "listenForWebhook" => ActionKind::ListenForWebhook,
            other => ActionKind::Unknown(other.into()),
        }
    }
}

impl Read for Action {
    fn read(value: &Value) -> Option<Self> {
        value.as_object()?;
        Some(Action {
            kind: ActionKind::read(value),
            after: Option::field(value.get("lastBubbleBlockId")),
            expects_reply: bool::field(value.get("expectsDedicatedReply")),
        })
    }
}
