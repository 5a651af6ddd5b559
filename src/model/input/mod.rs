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

use super::Value;
use super::read::{Field, Read};

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
    Number(NumberInput),
    /// An email address.
    Email(FieldInput),
    /// A web address.
    Url(FieldInput),
    /// A phone number.
    Phone(PhoneInput),
    /// A date, or a range of dates.
    Date(DateInput),
    /// A time of day.
    Time(TimeInput),
    /// A choice among buttons.
    Buttons(Choices),
    /// A choice among pictures.
    Pictures(Choices),
    /// A choice among cards.
    Cards(Vec<Card>),
    /// A rating.
    Rating(RatingInput),
    /// Files.
    File(FileInput),
    /// A payment by Stripe.
    Stripe(Payment),
    /// A payment by MercadoPago.
    MercadoPago(Payment),
    /// A type that is not known: asked as a text.
    Unknown(FieldInput),
}

impl InputKind {
    fn read(name: &str, value: &Value) -> InputKind {
        let options = value.get("options").unwrap_or(&Value::Null);
        let choices = || Choices {
            items: Vec::field(value.get("items")),
            options: ChoiceOptions::of(options),
        };
        let payment = || Payment {
            options: PaymentOptions::of(options),
            runtime: PaymentRuntime::field(value.get("runtimeOptions")),
        };
        match name {
            "text input" => InputKind::Text(TextInput::of(options)),
            "number input" => InputKind::Number(NumberInput::of(options)),
            "email input" => InputKind::Email(FieldInput::of(options)),
            "url input" => InputKind::Url(FieldInput::of(options)),
            "phone number input" => InputKind::Phone(PhoneInput::of(options)),
            "date input" => InputKind::Date(DateInput::of(options)),
            "time input" => InputKind::Time(TimeInput::of(options)),
            "choice input" | "buttons input" => InputKind::Buttons(choices()),
            "picture choice input" => InputKind::Pictures(choices()),
            "cards" => InputKind::Cards(Vec::field(value.get("items"))),
            "rating input" => InputKind::Rating(RatingInput::of(options)),
            "file input" => InputKind::File(FileInput::of(options)),
            "payment input" | "stripe" => InputKind::Stripe(payment()),
            "mercadopago payment" => InputKind::MercadoPago(payment()),
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
