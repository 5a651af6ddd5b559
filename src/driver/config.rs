//! What a widget is mounted with: the options of the page, made plain by the
//! shell. Pure, so that reading them is tested natively.

use crate::action::Scripts;
use crate::action::payment::Sdk;
use crate::api::{Kind, Preview, StartFrom, Target};
use crate::model::read::{Field, Read, record, words};
use crate::model::{Message, Restart, Start, Value};

/// Beyond this, a deadline is none.
const MAX_DEADLINE_MS: f64 = 600_000.0;

words! {
    /// The API that the bot's server speaks.
    pub enum Api {
        /// Quick.bot's Viewer API.
        Viewer = "viewer",
        /// Typebot's chat API.
        Typebot = "typebot",
        /// Quick.bot's older embed.
        Quickbot = "quickbot",
        /// Typebot's single endpoint of before.
        SendMessage = "send-message",
    }
}

record! {
    /// What a widget is mounted with.
    pub struct Config {
        /// The API.
        pub api: Api = "api" or Api::Viewer,
        /// Whose elements the page uses: `natter`, `typebot` or `quickbot`.
        pub flavor: String = "flavor",
        /// The bot's public id; its internal id in a preview.
        pub bot: String = "bot",
        /// The server's address; empty means the page's own origin.
        pub api_host: String = "apiHost",
        /// Where files are uploaded, if that is elsewhere.
        pub upload_host: Option<String> = "uploadHost",
        /// The host of the sockets.
        pub ws_host: String = "wsHost",
        /// `standard`, `popup` or `bubble`.
        pub mode: String = "mode",
        /// The element's id.
        pub id: String = "id",
        /// The variables known beforehand: those of the address under those of the page.
        pub variables: Value = "variables",
        /// The result to go on with.
        pub result_id: Option<String> = "resultId",
        /// What the visitor says before the bot does.
        pub message: Option<String> = "message",
        /// Whether the oldest API may stream.
        pub stream: bool = "stream",
        /// Whether a draft is tried out.
        pub is_preview: bool = "isPreview",
        /// The bearer token of a preview.
        pub preview_token: Option<String> = "previewToken",
        /// The template that is tried out.
        pub template_slug: Option<String> = "templateSlug",
        /// Where a preview starts.
        pub start_from: Value = "startFrom",
        /// The session of a preview.
        pub session_id: Option<String> = "sessionId",
        /// A theme in place of the bot's.
        pub preview_theme: Value = "previewTheme",
        /// Settings in place of the bot's.
        pub preview_settings: Value = "previewSettings",
        /// How the bot's scripts run.
        pub scripts: Scripts = "scripts" or Scripts::Page,
        /// The widget's language.
        pub locale: Option<String> = "locale",
        /// `light`, `dark` or `auto`.
        pub color_scheme: Option<String> = "colorScheme",
        /// What the page's policy wants to see on what is added to it.
        pub nonce: Option<String> = "nonce",
        /// How long the first byte of a reply may take, in ms.
        pub deadline_ms: f64 = "deadline" or 15_000.0,
        /// How many hours a conversation without a date of publication is remembered.
        pub resume_hours: f64 = "resumeHours" or 24.0,
        /// When a remembered conversation may be begun again.
        pub restart: Restart = "restart" or Restart::Ended,
        /// Whether another tab has the conversation, and this one shows it.
        pub follows: bool = "follows",
        /// Whether the page is only the bot.
        pub is_page: bool = "page",
        /// The bot's own page.
        pub bot_url: Option<String> = "botUrl",
        /// A font to begin with.
        pub font: Value = "font",
        /// The origin of the page that frames this one.
        pub referrer: Option<String> = "referrerOrigin",
        /// Other addresses of the payment providers' scripts, for tests.
        pub sdk: Sdk = "sdk",
        /// The address of the frame of isolated scripts.
        pub frame: Option<String> = "frame",
    }
}

impl Config {
    /// Whether it is an author's preview: nothing of it is kept.
    pub fn previews(&self) -> bool {
        self.is_preview || self.template_slug.is_some()
    }

    /// The bot that is spoken to. `is_touch` tells a phone from a desk.
    pub fn target(&self, is_touch: bool) -> Target {
        let kind = match self.api {
            Api::Viewer => Kind::Viewer,
            Api::Typebot => Kind::Typebot,
            Api::Quickbot => Kind::Quickbot,
            Api::SendMessage => Kind::SendMessage,
        };
        let mut target = Target::new(kind, &self.api_host, &self.bot);
        target.stream = self.stream;
        target.referrer.clone_from(&self.referrer);
        target.device = if is_touch { "mobile" } else { "desktop" };
        target.preview = self.previews().then(|| Preview {
            template: self.template_slug.clone(),
            token: self.preview_token.clone(),
            start_from: start_from(&self.start_from),
            session_id: self.session_id.clone(),
            progress_bar: self.wants_progress(),
        });
        target
    }

    fn wants_progress(&self) -> bool {
        let general = self.preview_theme.get("general");
        let bar = general.and_then(|general| general.get("progressBar"));
        bool::field(bar.and_then(|bar| bar.get("isEnabled")))
    }

    /// How long the first byte of a reply may take, in ms.
    pub fn deadline(&self) -> u32 {
        self.deadline_ms.clamp(1.0, MAX_DEADLINE_MS) as u32
    }

    /// What a conversation begins with. The result's id is an earlier page's,
    /// where the page names none.
    pub fn start(&self, variables: &Value, kept_result: Option<String>, now: f64) -> Start {
        let message = self.message.as_deref().filter(|text| !text.is_empty());
        Start {
            prefilled_variables: variables.as_object().unwrap_or_default().to_vec(),
            result_id: self.result_id.clone().or(kept_result),
            message: message.map(Message::text),
            created_at: message.map(|_| now),
        }
    }

    /// The name of the API as it stands in keys of storage.
    pub fn api_name(&self) -> &'static str {
        self.api.as_str()
    }
}

fn start_from(value: &Value) -> Option<StartFrom> {
    let text = |key| value.get(key).and_then(String::read);
    match value.get("type").and_then(Value::as_str)? {
        "group" => text("groupId").map(StartFrom::Group),
        "event" => text("eventId").map(StartFrom::Event),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(json: &str) -> Config {
        Config::of(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn what_is_not_said_has_its_default() {
        let config = config("{}");
        assert_eq!(config.api, Api::Viewer);
        assert_eq!(config.scripts, Scripts::Page);
        assert_eq!(config.restart, Restart::Ended);
        assert!((config.deadline_ms, config.resume_hours) == (15_000.0, 24.0));
        assert_eq!(config.target(false).preview, None);
    }

    #[test]
    fn a_numeric_bot_is_a_name_too() {
        assert_eq!(config(r#"{"bot": 123}"#).bot, "123");
    }

    #[test]
    fn a_template_is_a_preview() {
        let config = config(
            r#"{"api": "typebot", "templateSlug": "t", "startFrom": {"type": "group", "groupId": "g"}}"#,
        );
        let preview = config.target(false).preview.unwrap();
        assert_eq!(preview.template.as_deref(), Some("t"));
        assert_eq!(preview.start_from, Some(StartFrom::Group("g".into())));
        assert!(config.previews());
    }

    #[test]
    fn a_theme_that_shows_progress_asks_for_it() {
        let theme = r#"{"general": {"progressBar": {"isEnabled": true}}}"#;
        let json = [r#"{"isPreview": true, "previewTheme": "#, theme, "}"].concat();
        assert!(config(&json).target(false).preview.unwrap().progress_bar);
    }

    #[test]
    fn a_start_says_when_the_visitor_spoke() {
        let said = config(r#"{"message": "hi", "resultId": "r"}"#);
        let start = said.start(&Value::Null, Some("kept".into()), 7.0);
        assert_eq!(start.message, Some(Message::text("hi")));
        assert_eq!(start.created_at, Some(7.0));
        assert_eq!(start.result_id.as_deref(), Some("r"));
        let silent = config(r#"{"message": ""}"#).start(&Value::Null, Some("kept".into()), 7.0);
        assert_eq!((silent.message, silent.created_at), (None, None));
        assert_eq!(silent.result_id.as_deref(), Some("kept"));
    }
}
