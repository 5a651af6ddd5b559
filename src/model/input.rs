//! What the bot asks.

use super::read::{Field, Read, record, words};
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
        /// The locale it is written in.
        pub locale: Option<String> = "locale",
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

/// A choice among items.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// The items.
    pub items: Vec<Item>,
    /// How they are chosen.
    pub options: ChoiceOptions,
}

record! {
    /// How items are chosen.
    pub struct ChoiceOptions {
        /// Whether several can be.
        pub is_multiple: bool = "isMultipleChoice",
        /// Whether they can be searched.
        pub is_searchable: bool = "isSearchable",
        /// Whether items show before anything is searched.
        pub shows_all_first: bool = "areInitialSearchButtonsVisible" or true,
        /// Sends several.
        pub button: Option<String> = "buttonLabel",
        /// Shown while the search is empty.
        pub search_placeholder: Option<String> = "searchInputPlaceholder",
        /// Whether the visitor may give another answer.
        pub has_other: bool = "otherOption",
    }
}

record! {
    /// An item of a choice.
    pub struct Item {
        /// Its id.
        pub id: String = "id",
        /// What a button says.
        pub content: Option<String> = "content",
        /// What a picture is titled.
        pub title: Option<String> = "title",
        /// More about it.
        pub description: Option<String> = "description",
        /// Its picture.
        pub picture: Option<String> = "pictureSrc",
        /// What it stands for.
        pub value: Option<String> = "value",
    }
}

record! {
    /// A card.
    pub struct Card {
        /// Its id.
        pub id: String = "id",
        /// Its picture.
        pub image_url: Option<String> = "imageUrl",
        /// Its title.
        pub title: Option<String> = "title",
        /// More about it.
        pub description: Option<String> = "description",
        /// Its buttons.
        pub paths: Vec<Path> = "paths",
    }
}

record! {
    /// A card's button.
    pub struct Path {
        /// Its id.
        pub id: Option<String> = "id",
        /// What it says.
        pub text: Option<String> = "text",
    }
}

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

record! {
    /// Files.
    pub struct FileInput {
        /// Its words.
        pub labels: FileLabels = "labels",
        /// Whether it cannot be skipped.
        pub is_required: bool = "isRequired" or true,
        /// Whether there may be several.
        pub is_multiple: bool = "isMultipleAllowed",
        /// Which files may be given.
        pub allowed: AllowedFiles = "allowedFileTypes",
        /// Which camera takes a picture: `environment` or `user`.
        pub capture: Option<String> = "capture",
        /// The largest file, in MB.
        pub size_limit: Option<f64> = "sizeLimit",
    }
}

record! {
    /// Which files may be given.
    pub struct AllowedFiles {
        /// Whether not all may.
        pub is_enabled: bool = "isEnabled",
        /// Their endings or media types.
        pub types: Vec<String> = "types",
    }
}

record! {
    /// The words of a file input.
    pub struct FileLabels {
        /// In the drop zone; HTML.
        pub placeholder: Option<String> = "placeholder",
        /// Sends them.
        pub button: Option<String> = "button",
        /// Removes them.
        pub clear: Option<String> = "clear",
        /// Goes on without.
        pub skip: Option<String> = "skip",
        /// Afterwards.
        pub success: FileSuccess = "success",
    }
}

record! {
    /// How an answer of files reads.
    pub struct FileSuccess {
        /// For one.
        pub single: Option<String> = "single",
        /// For several, with `{total}` in it.
        pub multiple: Option<String> = "multiple",
    }
}

/// A payment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Payment {
    /// What the author set.
    pub options: PaymentOptions,
    /// What the server prepared.
    pub runtime: PaymentRuntime,
}

record! {
    /// What the author set for a payment.
    pub struct PaymentOptions {
        /// The provider's name.
        pub provider: Option<String> = "provider",
        /// Its words.
        pub labels: PaymentLabels = "labels",
        /// What is known of the payer.
        pub payer: Payer = "additionalInformation",
        /// The currency's ISO code.
        pub currency: Option<String> = "currency",
        /// How much.
        pub amount: Option<String> = "amount",
        /// While the form loads.
        pub loading_message: Option<String> = "loadingMessage",
        /// While the payment is pending.
        pub pending_message: Option<String> = "pendingMessageContent",
        /// When it failed.
        pub retry_message: Option<String> = "retryMessageContent",
    }
}

record! {
    /// The words of a payment.
    pub struct PaymentLabels {
        /// Pays.
        pub button: Option<String> = "button",
        /// Afterwards.
        pub success: Option<String> = "success",
    }
}

record! {
    /// What is known of the payer.
    pub struct Payer {
        /// What is paid for.
        pub description: Option<String> = "description",
        /// The name.
        pub name: Option<String> = "name",
        /// The email address.
        pub email: Option<String> = "email",
        /// The phone number.
        pub phone: Option<String> = "phoneNumber",
        /// The address.
        pub address: Option<Address> = "address",
    }
}

record! {
    /// A postal address.
    pub struct Address {
        /// Country.
        pub country: Option<String> = "country",
        /// First line.
        pub line1: Option<String> = "line1",
        /// Second line.
        pub line2: Option<String> = "line2",
        /// State.
        pub state: Option<String> = "state",
        /// City.
        pub city: Option<String> = "city",
        /// Postal code.
        pub postal_code: Option<String> = "postalCode",
    }
}

record! {
    /// What the server prepared for a payment.
    pub struct PaymentRuntime {
        /// Stripe's secret of this payment.
        pub secret: Option<String> = "paymentIntentSecret",
        /// The amount as it reads.
        pub amount_label: Option<String> = "amountLabel",
        /// The provider's public key.
        pub public_key: Option<String> = "publicKey",
        /// MercadoPago's preference.
        pub preference_id: Option<String> = "preferenceId",
        /// How much.
        pub amount: Option<f64> = "amount",
        /// The currency's ISO code.
        pub currency: Option<String> = "currency",
        /// MercadoPago's own page for this payment.
        pub init_point: Option<String> = "initPoint",
        /// The form's language.
        pub locale: Option<String> = "locale",
    }
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
