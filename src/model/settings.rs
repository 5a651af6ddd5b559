//! A bot's settings, as far as a widget needs them.

use super::Value;
use super::read::{Field, Read, record, words};

record! {
    /// A bot's settings.
    pub struct Settings {
        /// General settings.
        pub general: General = "general",
        /// How typing is emulated.
        pub typing: TypingEmulation = "typingEmulation",
        /// What a page that is only the bot says of itself: `title`, which is
        /// also the window's accessible name, `description`, `favIconUrl`.
        pub metadata: Texts = "metadata",
        /// Whether the bot has a page of its own.
        pub public_share: PublicShare = "publicShare",
    }
}

record! {
    /// General settings.
    pub struct General {
        /// Whether a badge names the maker.
        pub branding: bool = "isBrandingEnabled",
        /// Counts only where `typingEmulation.enabled` is absent.
        pub typing_emulation: Option<bool> = "isTypingEmulationEnabled",
        /// Whether inputs start with the value the bot already knows.
        pub prefill_inputs: bool = "isInputPrefillEnabled",
        /// Whether a page that is only the bot drops its query from the address.
        pub hide_query: bool = "isHideQueryParamsEnabled" or true,
        /// False means: keep the result id and send it again.
        pub new_result_on_refresh: Option<bool> = "isNewResultOnRefreshEnabled",
        /// Whether the conversation outlives the page.
        pub remember: RememberUser = "rememberUser",
        /// The bot's own words for what the widget says, each of which replaces
        /// ours: `networkErrorTitle`, `networkErrorMessage`, `popupBlockedTitle`,
        /// `popupBlockedDescription`, `popupBlockedButtonLabel`, `fileUploadError`,
        /// and `fileUploadSizeError` with `[[file]]` and `[[limit]]` in it.
        pub messages: Texts = "systemMessages",
    }
}

words! {
    /// Where a remembered conversation is kept.
    pub enum StorageKind {
        /// Until the tab is closed.
        Session = "session",
        /// Until it is removed.
        Local = "local",
    }
}

words! {
    /// When a remembered conversation may be begun again: the page decides.
    pub enum Restart {
        /// Once it has ended.
        Ended = "ended",
        /// At any time.
        Always = "always",
        /// Never.
        Never = "never",
    }
}

record! {
    /// Whether the conversation outlives the page.
    pub struct RememberUser {
        /// Whether it does.
        pub is_enabled: bool = "isEnabled",
        /// Where it is kept.
        pub storage: StorageKind = "storage" or StorageKind::Session,
    }
}

/// Texts by their names on the wire. Most bots give none of them, so each is
/// read when it is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts(Value);

impl Texts {
    /// A text, where the bot gives it.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).and_then(String::read)
    }
}

impl Field for Texts {
    fn field(value: Option<&Value>) -> Texts {
        Texts(Value::field(value))
    }
}

record! {
    /// How typing is emulated.
    pub struct TypingEmulation {
        /// Whether it is; absent where the bot does not say.
        pub enabled: Option<bool> = "enabled",
        /// Words a minute.
        pub speed: Option<f64> = "speed",
        /// The longest typing time, in seconds.
        pub max_delay: Option<f64> = "maxDelay",
        /// The pause between bubbles, in seconds (0 to 5).
        pub delay_between_bubbles: Option<f64> = "delayBetweenBubbles",
        /// Whether the very first bubble shows at once.
        pub disabled_on_first: bool = "isDisabledOnFirstMessage" or true,
    }
}

record! {
    /// Whether the bot has a page of its own.
    pub struct PublicShare {
        /// Absent means yes.
        pub is_enabled: bool = "isEnabled" or true,
    }
}

impl Settings {
    /// Whether typing is emulated: on unless a setting says otherwise.
    pub fn emulates_typing(&self) -> bool {
        self.typing
            .enabled
            .or(self.general.typing_emulation)
            .unwrap_or(true)
    }
}
