//! What can be entered: numbers, dates, phone numbers and files, as far as
//! they are more than a text. Pure, so that each rule is a native test.

mod accept;
mod date;
mod number;
mod phone;

pub use accept::{Accepted, accept, encode_last_segment};
pub use date::{DateParts, date_label, is_iso_date, split_range};
pub use number::NumberFormat;
pub use phone::{COUNTRIES, Country, country_of, phone_answer};
