//! The widget's own words. English is built in; another language is a table
//! of the same keys.

use crate::model::Value;

/// One of the widget's own words: its key in a language's file, and the
/// English. A constant and no variant of an enum: the English of what only a
/// part says comes with that part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(&'static (&'static str, &'static str));

macro_rules! table {
    ($($(#[$doc:meta])* $word:ident = $key:literal: $english:literal),* $(,)?) => {
        #[allow(non_upper_case_globals, reason = "they read as the variants of an enum")]
        impl Word {
            $($(#[$doc])* pub const $word: Word = Word(&($key, $english));)*

            /// All of them.
            #[cfg(test)]
            pub const ALL: &'static [(&'static str, &'static str)] = &[$(($key, $english)),*];
        }
    };
}

table! {
    /// Sends an answer.
    Send = "send": "Send",
    /// In an empty text field.
    TypeAnswer = "typeAnswer": "Type your answer...",
    /// In an empty number field.
    TypeNumber = "typeNumber": "Type a number...",
    /// In an empty email field.
    TypeEmail = "typeEmail": "Type your email...",
    /// In an empty URL field.
    TypeUrl = "typeUrl": "Type a URL...",
    /// In an empty phone field.
    TypePhone = "typePhone": "Type your phone number...",
    /// In an empty search field.
    Filter = "filter": "Filter the options...",
    /// Empties a search field.
    ClearSearch = "clearSearch": "Clear the search",
    /// No item matches.
    NoMatch = "noMatch": "Nothing matches.",
    /// Before the first date.
    From = "from": "From:",
    /// Before the second date.
    To = "to": "To:",
    /// Names a date field.
    Date = "date": "Date",
    /// Names a time field.
    Time = "time": "Time",
    /// Names the country select.
    Country = "country": "Country",
    /// The pseudo country.
    International = "international": "International",
    /// Opens a field for another answer.
    Other = "other": "Other",
    /// Names a rating.
    Rating = "rating": "Rating",
    /// Chooses a file.
    ClickToUpload = "clickToUpload": "Click to upload",
    /// Goes on from the line before.
    OrDrop = "orDrop": "or drag and drop",
    /// Uploads several files.
    Upload = "upload": "Upload",
    /// Removes the chosen files.
    Clear = "clear": "Clear",
    /// Goes on without an answer.
    Skip = "skip": "Skip",
    /// How an uploaded file reads.
    FileUploaded = "fileUploaded": "File uploaded",
    /// How uploaded files read.
    FilesUploaded = "filesUploaded": "{total} files uploaded",
    /// A failed upload.
    UploadFailed = "uploadFailed": "The upload failed.",
    /// A file over the limit.
    FileTooLarge = "fileTooLarge": "[[file]] is larger than [[limit]] MB",
    /// Where nothing can be uploaded.
    NoUploads = "noUploads": "This chat cannot take files.",
    /// Removes one file.
    Remove = "remove": "Remove",
    /// Tries a failed thing again.
    TryAgain = "tryAgain": "Try again",
    /// Stops an upload, a recording.
    Cancel = "cancel": "Cancel",
    /// Adds files to a text.
    Attach = "attach": "Attach files",
    /// Starts a recording.
    Record = "record": "Record voice",
    /// The microphone was refused.
    NoMicrophone = "noMicrophone": "The microphone cannot be used. Allow it in your browser, or type instead.",
    /// Pays.
    Pay = "pay": "Pay",
    /// A done payment.
    Success = "success": "Success",
    /// A payment that cannot be shown.
    NoPayment = "noPayment": "The payment form cannot be shown.",
    /// While the payment form loads.
    PaymentLoading = "paymentLoading": "Loading the payment form...",
    /// A payment that is not decided yet.
    PaymentPending = "paymentPending": "The payment is being processed.",
    /// A payment that was not made.
    PaymentFailed = "paymentFailed": "The payment did not go through.",
    /// Asks whether a payment has arrived by now.
    CheckAgain = "checkAgain": "Check again",
    /// Moves a carousel back.
    Previous = "previous": "Previous",
    /// Moves a carousel forth.
    Next = "next": "Next",
    /// Names the transcript.
    Conversation = "conversation": "Conversation",
    /// Names the progress bar.
    Progress = "progress": "Progress",
    /// Names the bot's picture.
    BotAvatar = "botAvatar": "Bot avatar",
    /// Names the visitor's picture.
    VisitorAvatar = "visitorAvatar": "Your avatar",
    /// Before what the bot says, for screen readers.
    BotSays = "botSays": "The bot says",
    /// Before what the visitor said, for screen readers.
    YouSay = "youSay": "You said",
    /// While the bot is awaited.
    Typing = "typing": "Typing",
    /// Names an image without a text of its own.
    Image = "image": "Image",
    /// Opens an image large.
    Enlarge = "enlarge": "Enlarge the image",
    /// Closes what is open.
    Close = "close": "Close",
    /// An image or video that cannot be loaded.
    MediaFailed = "mediaFailed": "This cannot be loaded.",
    /// Names a video.
    Video = "video": "Video",
    /// Names a sound.
    Audio = "audio": "Audio",
    /// Names an embedded page.
    Embedded = "embedded": "Embedded content",
    /// A required field left empty.
    Required = "required": "Please fill in this field.",
    /// Not an email address.
    BadEmail = "badEmail": "This is not an email address.",
    /// Not a web address.
    BadUrl = "badUrl": "This is not a web address.",
    /// Not a number.
    BadNumber = "badNumber": "This is not a number.",
    /// Under the least.
    TooSmall = "tooSmall": "It must be at least {min}.",
    /// Over the most.
    TooLargeNumber = "tooLargeNumber": "It must be at most {max}.",
    /// Half a range.
    BothDates = "bothDates": "Please give both dates.",
    /// A range that ends before it begins.
    DatesReversed = "datesReversed": "The first date is after the second.",
    /// A server that refused the answer.
    Refused = "refused": "This answer could not be taken. You can change it and send it again.",
    /// On its way.
    Sending = "sending": "Sending",
    /// Held back.
    Waiting = "waiting": "Waiting. It is sent by itself as soon as that is possible.",
    /// Of unknown fate.
    Unconfirmed = "unconfirmed": "Not confirmed: it may not have arrived.",
    /// Sends an answer of unknown fate again.
    SendAgain = "sendAgain": "Send again",
    /// A session that is gone.
    SessionLost = "sessionLost": "This conversation has expired.",
    /// An action that broke off.
    Stalled = "stalled": "The reply broke off.",
    /// Begins anew.
    StartAgain = "startAgain": "Start again",
    /// A conversation that another tab has.
    Elsewhere = "elsewhere": "This conversation is open in another tab.",
    /// Takes it over.
    UseHere = "useHere": "Use it here",
    /// A failed start, with no network.
    StartOffline = "startOffline": "You seem to be offline.",
    /// A failed start, with no connection.
    StartUnreachable = "startUnreachable": "The chat cannot be reached right now.",
    /// A failed start: no such bot.
    StartNotFound = "startNotFound": "This bot does not exist.",
    /// A failed start.
    StartFailed = "startFailed": "The chat could not be started.",
    /// A person has taken over.
    Joined = "joined": "{name} joined",
    /// Brings the end into view.
    NewMessages = "newMessages": "New messages",
    /// A popup that the browser blocked.
    PopupBlocked = "popupBlocked": "Your browser blocked a new tab.",
    /// Opens what was blocked.
    OpenTab = "openTab": "Open it",
}

/// A language's words.
#[derive(Clone, Debug, Default)]
pub struct Words {
    language: String,
    table: Value,
}

impl Words {
    /// The words of a language's file; those that it lacks are English.
    pub fn new(language: &str, table: Value) -> Words {
        Words {
            language: language.into(),
            table,
        }
    }

    /// The tag of the language, such as `pt-BR`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A word.
    pub fn get(&self, word: Word) -> &str {
        self.form(word, "other")
    }

    /// A word that says how many: its form for one of CLDR's plural
    /// categories, where the language's file has more than one.
    pub fn form(&self, word: Word, category: &str) -> &str {
        let (key, english) = *word.0;
        let Some(said) = self.table.get(key) else {
            return english;
        };
        let form = said.get(category).or_else(|| said.get("other"));
        form.unwrap_or(said).as_str().unwrap_or(english)
    }
}
