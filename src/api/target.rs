//! Which bot is asked, where, and through which API.

/// A chat API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Quick.bot's Viewer API.
    Viewer,
    /// Typebot's chat API.
    Typebot,
    /// Quick.bot's older embed: Typebot's API, with `bot` for `typebot`.
    Quickbot,
    /// Typebot's single endpoint of before, in both its generations.
    SendMessage,
}

/// Which bot is asked, where, and as whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The API.
    pub kind: Kind,
    /// The server's address; empty or `/` means the page's own origin.
    pub host: String,
    /// The bot's public id, or its internal id in a preview.
    pub bot: String,
    /// Set where a draft is tried out.
    pub preview: Option<Preview>,
    /// Whether [`Kind::SendMessage`] may stream; Typebot's API always does.
    pub stream: bool,
    /// The origin of the page that frames this one, where there is one.
    pub referrer: Option<String>,
    /// What Quick.bot's older embed says of the device: `desktop` or `mobile`.
    pub device: &'static str,
}

/// How a draft is tried out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// The template's slug, where a template is tried out.
    pub template: Option<String>,
    /// Sent as a bearer token.
    pub token: Option<String>,
    /// Where the conversation starts.
    pub start_from: Option<StartFrom>,
    /// The session to use.
    pub session_id: Option<String>,
    /// Whether the progress bar is wanted, whatever the draft's theme says.
    pub progress_bar: bool,
}

/// Where a preview starts.
#[derive(Clone, Debug, PartialEq)]
pub enum StartFrom {
    /// At a group, by its id.
    Group(String),
    /// At an event, by its id.
    Event(String),
}

impl Target {
    /// A bot that is asked as visitors ask it.
    pub fn new(kind: Kind, host: &str, bot: &str) -> Target {
        Target {
            kind,
            host: host.into(),
            bot: bot.into(),
            preview: None,
            stream: false,
            referrer: None,
            device: "desktop",
        }
    }

    /// What is wrong with it, and what to write instead.
    pub fn problem(&self) -> Option<&'static str> {
        let template = self.preview.as_ref().and_then(|p| p.template.as_ref());
        match self.kind {
            _ if self.bot.is_empty() && template.is_none() => {
                Some("no bot is named: give its public id as `bot`")
            }
            Kind::Viewer if self.preview.is_some() => Some(
                "the Viewer API has no preview: publish the bot, or use `api: \"typebot\"` where its server speaks that",
            ),
            Kind::SendMessage if template.is_some() => {
                Some("sendMessage has no templates: use `api: \"typebot\"`")
            }
            _ => None,
        }
    }

    /// An address on the server.
    pub(super) fn url(&self, parts: &[&str]) -> String {
        let mut url = String::from(self.host.trim_end_matches('/'));
        for part in parts {
            url.push_str(part);
        }
        url
    }
}

/// A text as one segment of a path.
pub(super) fn segment(text: &str) -> String {
    let mut segment = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            segment.push(byte as char);
        } else {
            segment.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = char::from_digit(digit.into(), 16).unwrap_or('0');
                segment.push(digit.to_ascii_uppercase());
            }
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_segment_of_the_path() {
        assert_eq!(segment("my-bot_1.0~"), "my-bot_1.0~");
        assert_eq!(segment("../a?b#c d/é"), "..%2Fa%3Fb%23c%20d%2F%C3%A9");
    }

    #[test]
    fn the_host_may_end_in_slashes_or_be_the_page_itself() {
        for (host, url) in [
            ("https://a.b/", "https://a.b/api"),
            ("https://a.b", "https://a.b/api"),
            ("/", "/api"),
            ("", "/api"),
        ] {
            assert_eq!(Target::new(Kind::Viewer, host, "x").url(&["/api"]), url);
        }
    }

    #[test]
    fn a_preview_through_the_viewer_api_is_a_configuration_error() {
        let mut target = Target::new(Kind::Viewer, "", "x");
        assert_eq!(target.problem(), None);
        target.preview = Some(Preview::default());
        assert!(target.problem().is_some_and(|p| p.contains("no preview")));
    }
}
