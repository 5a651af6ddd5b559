//! Files.

use crate::model::read::record;

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
