//! Whose picture stands beside bubbles, and what it is.

use crate::model::{Avatar, Url};

/// A side of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The bot.
    Host,
    /// The visitor.
    Guest,
}

/// What an avatar shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The picture that is built in.
    Default,
    /// An emoji, shown as text.
    Emoji(String),
    /// A photograph: cropped to a circle.
    Photo(Url),
    /// A drawing (SVG): shown whole.
    Drawing(Url),
}

/// The avatar of a side, or `None` where that side has none. The bot has one
/// unless the theme says otherwise, the visitor only when it says so.
/// `avatar` is the theme's, `changed` what the latest reply put in its place.
pub fn picture(avatar: Option<&Avatar>, side: Side, changed: Option<&str>) -> Option<Picture> {
    let is_shown = side == Side::Host;
    let is_enabled = avatar.and_then(|avatar| avatar.is_enabled);
    if !is_enabled.unwrap_or(is_shown) {
        return None;
    }
    let own = avatar.and_then(|avatar| avatar.url.as_deref());
    let changed = changed.filter(|text| !text.trim().is_empty());
    Some(Picture::of(changed.or(own).unwrap_or_default()))
}

impl Picture {
    fn of(text: &str) -> Picture {
        let text = text.trim();
        if is_emoji(text) {
            return Picture::Emoji(text.into());
        }
        match Url::image(text) {
            None => Picture::Default,
            Some(url) if url.is_svg() => Picture::Drawing(url),
            Some(url) => Picture::Photo(url),
        }
    }
}

/// The longest emoji sequence (a family with skin tones) is shorter than this.
const MAX_EMOJI_CHARS: usize = 16;

/// Whether a whole text is an emoji: nothing but pictures, what joins them,
/// and the digits of key caps.
fn is_emoji(text: &str) -> bool {
    let mut has_picture = false;
    for (i, c) in text.chars().enumerate() {
        let is_picture = matches!(c,
            '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{20e3}' | '\u{2122}' | '\u{2139}'
            | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{27bf}' | '\u{2900}'..='\u{297f}'
            | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
            | '\u{1f000}'..='\u{1faff}');
        let is_part = matches!(c,
            '\u{fe0f}' | '\u{200d}' | '\u{e0020}'..='\u{e007f}' | '0'..='9' | '#' | '*');
        if i >= MAX_EMOJI_CHARS || !(is_picture || is_part) {
            return false;
        }
        has_picture |= is_picture;
    }
    has_picture
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Theme;

    fn host(url: &str) -> Option<Picture> {
        let mut theme = Theme::default();
        theme.chat.host_avatar = Some(Avatar {
            is_enabled: None,
            url: Some(url.into()),
        });
        picture(theme.chat.host_avatar.as_ref(), Side::Host, None)
    }

    #[test]
    fn the_bot_has_an_avatar_and_the_visitor_has_none_unless_the_theme_says_otherwise() {
        let mut theme = Theme::default();
        assert_eq!(
            picture(theme.chat.host_avatar.as_ref(), Side::Host, None),
            Some(Picture::Default)
        );
        assert_eq!(
            picture(theme.chat.guest_avatar.as_ref(), Side::Guest, None),
            None
        );
        theme.chat.host_avatar = Some(Avatar {
            is_enabled: Some(false),
            url: None,
        });
        theme.chat.guest_avatar = Some(Avatar {
            is_enabled: Some(true),
            url: None,
        });
        assert_eq!(
            picture(theme.chat.host_avatar.as_ref(), Side::Host, None),
            None
        );
        assert_eq!(
            picture(theme.chat.guest_avatar.as_ref(), Side::Guest, None),
            Some(Picture::Default)
        );
    }

    #[test]
    fn a_whole_emoji_is_text_and_an_address_is_a_picture() {
        for emoji in [
            "🤖",
            "👩🏽‍💻",
            "❤️",
            "1️⃣",
            "🇵🇱",
            "🏴\u{e0067}\u{e0062}\u{e007f}",
        ] {
            assert_eq!(host(emoji), Some(Picture::Emoji(emoji.into())), "{emoji}");
        }
        assert!(matches!(host("https://a.b/c.png"), Some(Picture::Photo(_))));
        assert!(matches!(
            host("https://a.b/c.svg?x"),
            Some(Picture::Drawing(_))
        ));
        assert!(matches!(host("/2"), Some(Picture::Photo(_))));
        assert!(matches!(host("42"), Some(Picture::Photo(_))));
    }

    #[test]
    fn a_refused_address_falls_back_to_the_built_in_picture() {
        assert_eq!(host("javascript:alert(1)"), Some(Picture::Default));
        assert_eq!(host(" "), Some(Picture::Default));
    }

    #[test]
    fn what_a_reply_changed_stands_in_for_the_theme() {
        let theme = Theme::default();
        let changed = picture(theme.chat.host_avatar.as_ref(), Side::Host, Some("🐙"));
        assert_eq!(changed, Some(Picture::Emoji("🐙".into())));
        let unchanged = picture(theme.chat.host_avatar.as_ref(), Side::Host, Some(" "));
        assert_eq!(unchanged, Some(Picture::Default));
    }
}
