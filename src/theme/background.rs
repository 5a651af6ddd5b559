//! What is behind the whole chat.

use super::css::{self, Paint};
use super::{Color, Context, Writer};
use crate::model::{BackgroundKind, DynamicTheme, Theme, Url};

/// The general background, as CSS and as what it does to text on it.
pub(super) struct Background {
    /// The colour behind all.
    color: String,
    /// An image or a gradient on it.
    image: Option<String>,
    /// Whether that is an image, about whose brightness nothing is known.
    pub(super) is_image: bool,
    /// The colour that text stands on: of a gradient the mean, without any white.
    pub(super) ground: Color,
}

impl Background {
    pub(super) fn of(theme: &Theme, changes: &DynamicTheme, context: Context) -> Background {
        let changed = changes.background_url.as_deref().and_then(Url::image);
        if let Some(url) = changed {
            return Background::image(css::url(&url));
        }
        let default = context.default("#FFFFFF", "#F8F8F8");
        let kind = theme.background.kind;
        if kind == Some(BackgroundKind::None) {
            return Background {
                color: "transparent".into(),
                image: None,
                is_image: false,
                ground: Color::WHITE,
            };
        }
        let content = theme.background.content.as_deref().unwrap_or_default();
        if kind == Some(BackgroundKind::Image)
            && let Some(url) = Url::image(content)
        {
            return Background::image(css::url(&url));
        }
        match Paint::of(content) {
            Some(Paint::Image(image)) => Background::image(image),
            Some(Paint::Gradient(gradient)) => Background {
                color: default.into(),
                image: Some(gradient.into()),
                is_image: false,
                ground: Color::mean(&Color::all_in(gradient)).unwrap_or(Color::WHITE),
            },
            Some(Paint::Color(text)) if context.color(text).is_some() => Background {
                color: text.into(),
                image: None,
                is_image: false,
                ground: context
                    .color(text)
                    .map_or(Color::WHITE, |color| color.over(color.alpha, Color::WHITE)),
            },
            _ => Background {
                color: default.into(),
                image: None,
                is_image: false,
                ground: context.color(default).unwrap_or(Color::WHITE),
            },
        }
    }

    fn image(image: String) -> Background {
        Background {
            color: "transparent".into(),
            image: Some(image),
            is_image: true,
            ground: Color::BLACK,
        }
    }

    pub(super) fn write(&self, writer: &mut Writer) {
        writer.set("container-bg-color", "", self.color.as_str());
        let image = self.image.as_deref().unwrap_or("none");
        writer.set("container-bg-image", "", image);
    }
}
