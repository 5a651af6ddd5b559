//! What is typed: texts, numbers, phone numbers, dates and times.

use crate::model::read::{record, words};

record! {
    /// The words of a field.
    pub struct Labels {
        /// Shown while the field is empty.
        pub placeholder: Option<String> = "placeholder",
        /// Sends it.
        pub button: Option<String> = "button",
    }
}

record! {
    /// A field with nothing but its words.
    pub struct FieldInput {
        /// Its words.
        pub labels: Labels = "labels",
    }
}

words! {
    /// Which keyboard a phone shows.
    pub enum InputMode {
        /// Letters.
        Text = "text",
        /// Numbers with a decimal sign.
        Decimal = "decimal",
        /// Digits.
        Numeric = "numeric",
        /// A phone's keys.
        Tel = "tel",
        /// For searching.
        Search = "search",
        /// For email addresses.
        Email = "email",
        /// For web addresses.
        Url = "url",
    }
}

record! {
    /// A text.
    pub struct TextInput {
        /// Its words.
        pub labels: Labels = "labels",
        /// Whether it has many lines.
        pub is_long: bool = "isLong",
        /// Which keyboard a phone shows.
        pub mode: Option<InputMode> = "inputMode",
        /// Whether the visitor may speak instead.
        pub audio_clip: Option<Upload> = "audioClip",
        /// Whether files may come along.
        pub attachments: Option<Upload> = "attachments",
    }
}

record! {
    /// Whether something may be uploaded with a text.
    pub struct Upload {
        /// Whether it may.
        pub is_enabled: bool = "isEnabled",
        /// Where the server keeps it; attachments need it.
        pub save_in: Option<String> = "saveVariableId",
    }
}

words! {
    /// How a number reads.
    pub enum NumberStyle {
        /// As it is.
        Decimal = "decimal",
        /// As money.
        Currency = "currency",
        /// As a share.
        Percent = "percent",
        /// With a unit.
        Unit = "unit",
    }
}

record! {
    /// A number.
    pub struct NumberInput {
        /// Its words.
        pub labels: Labels = "labels",
        /// The least.
        pub min: Option<f64> = "min",
        /// The most.
        pub max: Option<f64> = "max",
        /// The distance between two values.
        pub step: Option<f64> = "step",
        /// How it reads.
        pub style: Option<NumberStyle> = "style",
        /// The currency's ISO code.
        pub currency: Option<String> = "currency",
        /// The unit, as `Intl` names it.
        pub unit: Option<String> = "unit",
    }
}

record! {
    /// A phone number.
    pub struct PhoneInput {
        /// Its words.
        pub labels: Labels = "labels",
        /// The country to begin with, as its ISO code.
        pub country: Option<String> = "defaultCountryCode",
    }
}

record! {
    /// A date, or a range of dates.
    pub struct DateInput {
        /// Its words.
        pub labels: DateLabels = "labels",
        /// Whether with the time.
        pub has_time: bool = "hasTime",
        /// Whether there are two.
        pub is_range: bool = "isRange",
        /// How it reads, in date-fns tokens.
        pub format: Option<String> = "format",
        /// The first allowed; ignored unless it is ISO.
        pub min: Option<String> = "min",
        /// The last allowed; ignored unless it is ISO.
        pub max: Option<String> = "max",
    }
}

record! {
    /// The words of a date.
    pub struct DateLabels {
        /// Sends it.
        pub button: Option<String> = "button",
        /// Before the first date.
        pub from: Option<String> = "from",
        /// Before the second date.
        pub to: Option<String> = "to",
    }
}

record! {
    /// A time of day.
    pub struct TimeInput {
        /// Its words.
        pub labels: Labels = "labels",
        /// How it reads, in date-fns tokens.
        pub format: Option<String> = "format",
    }
}
