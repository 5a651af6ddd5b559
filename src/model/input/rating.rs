//! A rating.

use crate::model::read::{record, words};

words! {
    /// What a rating is made of.
    pub enum RatingKind {
        /// Numbers.
        Numbers = "Numbers",
        /// Icons.
        Icons = "Icons",
    }
}

record! {
    /// A rating.
    pub struct RatingInput {
        /// What it is made of.
        pub kind: RatingKind = "buttonType" or RatingKind::Numbers,
        /// The highest.
        pub length: Option<f64> = "length",
        /// The lowest number.
        pub starts_at: Option<f64> = "startsAt",
        /// Its words.
        pub labels: RatingLabels = "labels",
        /// The author's icon.
        pub icon: Option<CustomIcon> = "customIcon",
        /// Whether choosing sends it.
        pub one_click: bool = "isOneClickSubmitEnabled",
    }
}

record! {
    /// The words of a rating.
    pub struct RatingLabels {
        /// At the low end.
        pub left: Option<String> = "left",
        /// At the high end.
        pub right: Option<String> = "right",
        /// Sends it.
        pub button: Option<String> = "button",
    }
}

record! {
    /// The author's icon.
    pub struct CustomIcon {
        /// Whether it is used.
        pub is_enabled: bool = "isEnabled",
        /// SVG source.
        pub svg: Option<String> = "svg",
    }
}

/// The most steps a rating has, whatever the server says.
pub const MAX_RATING_STEPS: f64 = 100.0;

impl RatingInput {
    /// The first and the last step: icons count from one.
    pub fn steps(&self) -> (i32, i32) {
        let first = match self.kind {
            RatingKind::Numbers => self.starts_at.unwrap_or(0.0),
            RatingKind::Icons => 1.0,
        };
        let first = first.clamp(-1e6, 1e6).trunc();
        let last = self
            .length
            .unwrap_or(10.0)
            .clamp(first, first + MAX_RATING_STEPS - 1.0);
        (first as i32, last as i32)
    }
}
