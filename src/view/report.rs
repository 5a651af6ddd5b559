//! What the view tells whoever holds it. It shows and reports: it does not
//! fetch, store or schedule.

use std::any::Any;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::{Element, File};

use crate::conversation::BubbleKey;
use crate::model::{Answer, CustomEmbed, Node, Payment, Value};

/// What the view tells whoever holds it.
pub enum Report {
    /// The visitor answered.
    Answered(Answer),
    /// The medium of a bubble is there, or cannot be had.
    Settled(BubbleKey),
    /// An embedded page says that the conversation goes on.
    EmbedDone(BubbleKey, Option<String>),
    /// An element waits to be filled by the bot's script.
    CustomEmbed(BubbleKey, CustomEmbed, Element),
    /// What the visitor has typed so far.
    Draft(String),
    /// An answer whose fate is unknown shall be sent again.
    SendAgain,
    /// The start failed and shall be tried again.
    TryAgain,
    /// A new conversation is asked for.
    StartAgain,
    /// They want the conversation here that another tab has.
    UseHere,
    /// A step with files of the live input.
    File(FileStep),
    /// An upload is no longer wanted.
    CancelUpload(u32),
    /// A step of a payment.
    Pay(PayStep),
    /// HTML of an author shall be resolved to the rich-text tree.
    Html(String, Box<dyn FnOnce(Vec<Node>)>),
    /// SVG of an author shall be resolved to a tree of harmless elements
    /// (`name`, `attributes`, `children`).
    Svg(String, Box<dyn FnOnce(Option<Value>)>),
    /// Something for the bot's author.
    Log(crate::model::Log),
}

/// A step with files of the live input.
pub enum FileStep {
    /// One shall be uploaded.
    Upload(Upload),
    /// One shall be kept for after a reload, under a key of its own, which
    /// begins with when it was made, in ms since 1970, and a dash.
    Keep(String, File),
    /// What is kept under these keys is no longer wanted; under any, where
    /// none are given.
    Forget(Option<Vec<String>>),
    /// What is kept under these keys is wanted back, in this order.
    Find(Vec<String>, Box<dyn FnOnce(Vec<Option<Found>>)>),
}

/// A file to upload.
pub struct Upload {
    /// Names it, for cancelling.
    pub id: u32,
    /// The file.
    pub file: File,
    /// The input's block id.
    pub block_id: String,
    /// Is told how it goes, last of all `Done` or `Failed`.
    pub on: Rc<dyn Fn(UploadState)>,
}

/// How an upload goes.
#[derive(Clone, Debug, PartialEq)]
pub enum UploadState {
    /// The part that is done, 0 to 1.
    Progress(f64),
    /// It is there, at this address.
    Done(String),
    /// It failed, with the server's reason if it gave one.
    Failed(String),
}

/// A file that was kept.
pub struct Found {
    /// Its bytes: a `Blob`.
    pub bytes: JsValue,
    /// Its media type.
    pub media_type: String,
    /// Whether it was picked in this session.
    pub is_same_session: bool,
}

/// A step of a payment.
pub enum PayStep {
    /// The provider's form shall be shown, for an [`Order`]. How that is dropped
    /// comes with payments.
    Begin(Box<dyn Any>),
    /// The visitor pays.
    Submit,
    /// The provider shall be asked whether it is paid by now.
    Check,
    /// The visitor goes to the provider's own page, and may come back.
    Leave,
    /// The payment with this id is no longer asked for.
    End(u32),
}

/// A payment that is asked for.
pub struct Order {
    /// Names it.
    pub id: u32,
    /// Whether Stripe takes it; MercadoPago otherwise.
    pub is_stripe: bool,
    /// What is paid.
    pub payment: Payment,
    /// The input as it came, for coming back to it.
    pub input: Value,
    /// Where the provider's form shows: a slot, for providers cannot work in
    /// a shadow root.
    pub slot: Element,
    /// Is told how it goes.
    pub on: Rc<dyn Fn(PayState)>,
}

/// How a payment goes.
#[derive(Clone, Debug, PartialEq)]
pub enum PayState {
    /// The provider's form is there.
    Ready,
    /// There is no form: the provider's own page, where there is one, and
    /// whether trying again may help.
    NoForm {
        /// The page's address.
        page: Option<String>,
        /// Whether trying again may help.
        may_retry: bool,
    },
    /// It was not taken, for this reason; nothing where the form says it.
    Refused(Option<String>),
    /// The provider has not decided yet.
    Pending,
    /// The visitor is back from the provider's page, and has not paid.
    Failed,
    /// It is paid.
    Paid,
    /// The visitor is back from a page that Stripe sent them to: whether they
    /// have paid. The server hears of that in words of its own.
    Returned(bool),
}
