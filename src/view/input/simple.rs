//! Email, URL, and the text field that stands for an unknown input.

use super::field::{Field, Options};
use super::form::{Outlet, Start, focus};
use crate::dom::Node;
use crate::model::{Answer, FieldInput};
use crate::view::{Ui, Word};

fn options<'a>(
    ui: &Ui,
    input: &'a FieldInput,
    kind: &'a str,
    autocomplete: Option<&'a str>,
    placeholder: Word,
) -> Options<'a> {
    let given = input.labels.placeholder.clone();
    Options {
        is_long: false,
        kind,
        mode: Some(kind),
        autocomplete,
        placeholder: given.unwrap_or_else(|| ui.word(placeholder)),
        button: input.labels.button.as_deref(),
    }
}

/// An email address.
pub fn email(ui: &Ui, input: &FieldInput, start: Start) -> Node {
    let options = options(ui, input, "email", Some("email"), Word::TypeEmail);
    let outlet = Outlet::new(ui);
    let bad = ui.word(Word::BadEmail);
    Field::new(ui, &options, &start).form(&options, None, None, None, move |field| {
        let value = field.value();
        let value = value.trim();
        if value.is_empty() {
            focus(&field.node.html());
        } else if is_email(value) {
            outlet.answer(Answer::text(value));
        } else {
            field.refuse(bad.clone());
        }
    })
}

/// A web address; the scheme may be left out.
pub fn url(ui: &Ui, input: &FieldInput, start: Start) -> Node {
    let options = options(ui, input, "url", Some("url"), Word::TypeUrl);
    let outlet = Outlet::new(ui);
    let bad = ui.word(Word::BadUrl);
    Field::new(ui, &options, &start).form(&options, None, None, None, move |field| {
        let mut value: String = field.value().trim().into();
        if value.is_empty() {
            return focus(&field.node.html());
        }
        if !value.starts_with("http") {
            value.insert_str(0, "https://");
        }
        if is_web_address(&value) {
            outlet.answer(Answer::text(value));
        } else {
            field.refuse(bad.clone());
        }
    })
}

/// Any text.
pub fn plain(ui: &Ui, input: &FieldInput, start: Start) -> Node {
    let options = options(ui, input, "text", None, Word::TypeAnswer);
    let outlet = Outlet::new(ui);
    Field::new(ui, &options, &start).form(&options, None, None, None, move |field| {
        let value = field.value();
        if value.trim().is_empty() {
            focus(&field.node.html());
        } else {
            outlet.answer(Answer::text(value));
        }
    })
}

/// What a browser takes for an email address, near enough: the server has the last word.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_plain = |part: &str| !part.is_empty() && !part.contains([' ', '@', ',', ';']);
    is_plain(name) && is_plain(domain) && domain.split('.').all(|label| !label.is_empty())
}

fn is_web_address(text: &str) -> bool {
    match web_sys::Url::new(text) {
        Ok(url) => {
            let host = url.hostname();
            // Some browsers take a sentence for a host, with its spaces escaped.
            let is_host = !host.is_empty() && !host.contains(['%', ' ']);
            matches!(url.protocol().as_str(), "http:" | "https:") && is_host
        }
        Err(_) => false,
    }
}
