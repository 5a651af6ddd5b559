//! What the bot asks: a file for each family of inputs.

mod choice;
mod field;
mod file;
mod payment;
mod rating;

pub use choice::*;
pub use field::*;
pub use file::*;
pub use payment::*;
pub use rating::*;

use super::read::{Field, Read};
use super::{Later, Value};

/// What the bot asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The block's id.
    pub id: String,
    /// The type on the wire, as `messageMetadata` repeats it.
    pub wire_type: String,
    /// What is asked.
    pub kind: InputKind,
    /// What the bot already knows; shown where the settings allow it.
    pub prefilled: Option<String>,
    /// The whole input as it came, for the page's callbacks.
    pub raw: Value,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum InputKind {
    /// A text.
    Text(TextInput),
    /// A number.
    Number(Later<NumberInput>),
    /// An email address.
    Email(FieldInput),
    /// A web address.
    Url(FieldInput),
    /// A phone number.
    Phone(Later<PhoneInput>),
    /// A date, or a range of dates.
    Date(Later<DateInput>),
    /// A time of day.
    Time(Later<TimeInput>),
    /// A choice among buttons.
    Buttons(Later<Choices>),
    /// A choice among pictures.
    Pictures(Later<Choices>),
    /// A choice among cards.
    Cards(Later<Vec<Card>>),
    /// A rating.
    Rating(Later<RatingInput>),
    /// Files.
    File(Later<FileInput>),
    /// A payment by Stripe.
    Stripe(Later<Payment>),
    /// A payment by MercadoPago.
    MercadoPago(Later<Payment>),
    /// A type that is not known: asked as a text.
    Unknown(FieldInput),
}

impl InputKind {
    fn read(name: &str, value: &Value) -> InputKind {
        let options = value.get("options").unwrap_or(&Value::Null);
        match name {
            "text input" => InputKind::Text(TextInput::of(options)),
            "number input" => InputKind::Number(Later::new(value)),
            "email input" => InputKind::Email(FieldInput::of(options)),
            "url input" => InputKind::Url(FieldInput::of(options)),
            "phone number input" => InputKind::Phone(Later::new(value)),
            "date input" => InputKind::Date(Later::new(value)),
            "time input" => InputKind::Time(Later::new(value)),
            "choice input" | "buttons input" => InputKind::Buttons(Later::new(value)),
            "picture choice input" => InputKind::Pictures(Later::new(value)),
            "cards" => InputKind::Cards(Later::new(value)),
            "rating input" => InputKind::Rating(Later::new(value)),
            "file input" => InputKind::File(Later::new(value)),
            "payment input" | "stripe" => InputKind::Stripe(Later::new(value)),
            "mercadopago payment" => InputKind::MercadoPago(Later::new(value)),
            _ => InputKind::Unknown(FieldInput::of(options)),
        }
    }
}

impl Read for Input {
    fn read(value: &Value) -> Option<Self> {
        value.as_object()?;
        let wire_type = String::field(value.get("type"));
        Some(Input {
            id: String::field(value.get("id")),
            kind: InputKind::read(&wire_type, value),
            wire_type,
            prefilled: Option::field(value.get("prefilledValue")),
            raw: value.clone(),
        })
    }
}
