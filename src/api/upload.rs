//! Where a file goes: asked of the server first, then sent there.

use super::decode::DecodeError;
use super::{Codec, Request};
use crate::model::Value;
use crate::model::read::{Field, record};

/// How a server gives out upload addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uploads {
    /// The third version: the server looks up what the session asks for.
    Third,
    /// The second, for servers that know no third: always a form.
    Second,
}

record! {
    /// A file, as the server is told of it.
    pub struct FileInfo {
        /// Its name.
        pub name: String = "fileName",
        /// Its media type; empty where the browser knows none.
        pub media_type: String = "fileType",
        /// Its size in bytes.
        pub size: f64 = "fileSize" or 0.0,
        /// The block that asks for it.
        pub block_id: String = "blockId",
    }
}

/// Where a file goes.
#[derive(Clone, Debug, PartialEq)]
pub struct UploadTarget {
    /// Where it is sent.
    pub url: String,
    /// The fields that go before it in a form; `None` means the bare file is PUT.
    pub form: Option<Vec<(String, String)>>,
    /// Its address afterwards, which is what the answer says.
    pub file_url: String,
    /// The largest size in MB, where the server says so.
    pub max_size: Option<f64>,
}

impl Codec {
    /// Asks where a file goes.
    pub fn upload(&self, session: &str, file: &FileInfo) -> Request {
        let text = |text: &str| Some(Value::from(text));
        let (path, body) = match self.uploads {
            Uploads::Third => (
                "/api/v3/generate-upload-url",
                Value::object([
                    ("fileName", text(&file.name)),
                    ("sessionId", text(session)),
                    ("blockId", text(&file.block_id)),
                    ("fileType", text(&file.media_type)),
                    ("fileSize", Some(file.size.into())),
                ]),
            ),
            Uploads::Second => (
                "/api/v2/generate-upload-url",
                Value::object([
                    ("sessionId", text(session)),
                    ("fileName", text(&file.name)),
                    ("fileType", text(&file.media_type)),
                ]),
            ),
        };
        self.post(self.target().url(&[path]), body)
    }

    /// How the server gives out upload addresses.
    pub fn uploads(&self) -> Uploads {
        self.uploads
    }

    /// Learns from the status of an answer to [`Codec::upload`]; whether to
    /// ask again, in the form of before. Where neither is there, the next file
    /// begins anew: a 404 may have been an accident of the moment.
    pub fn learn_uploads(&mut self, status: u16) -> bool {
        let (next, again) = match (self.uploads, status) {
            (Uploads::Third, 404) => (Uploads::Second, true),
            (Uploads::Second, 404) => (Uploads::Third, false),
            (known, _) => (known, false),
        };
        self.uploads = next;
        again
    }

    /// Reads the answer to [`Codec::upload`].
    ///
    /// # Errors
    /// Where it says no address to send to, or none to refer to.
    pub fn decode_upload(&self, value: &Value) -> Result<UploadTarget, DecodeError> {
        let text = |key: &str| match value.get(key).and_then(Value::as_str) {
            Some(text) if !text.is_empty() => Ok(String::from(text)),
            _ => Err(DecodeError::NoUpload),
        };
        let url = text("presignedUrl")?;
        let mut form = Vec::new();
        let fields = value.get("formData").and_then(Value::as_object);
        for (key, field) in fields.unwrap_or_default() {
            form.push((key.clone(), String::field(Some(field))));
        }
        let as_form = !form.is_empty() || self.uploads == Uploads::Second;
        Ok(UploadTarget {
            url,
            form: as_form.then_some(form),
            file_url: text("fileUrl")?,
            max_size: Option::field(value.get("maxFileSize")),
        })
    }
}
