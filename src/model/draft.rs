//! What a draft holds beside the text that stands in a field: what is searched
//! for among choices, or which files were picked.
//!
//! A draft without either is the text alone, as it always was. A draft comes
//! back from storage, where anything may stand, so reading it is total.

/// Stands before and after what is beside the text: nobody types it.
const MARK: &str = "\u{1}";

/// Ends each line of what is said of a file.
const END: char = '\n';

/// The draft of a text, and of what stands beside it.
// Inlined, since what several parts share goes into the main module.
#[inline(always)]
pub fn draft_beside(beside: &str, text: &str) -> String {
    match beside.is_empty() {
        true => text.into(),
        false => [MARK, beside, MARK, text].concat(),
    }
}

/// Takes out of a draft what stands beside its text. What is left is the text,
/// if there is any.
#[inline(always)]
pub fn take_beside(draft: &mut Option<String>) -> String {
    let marked = draft.as_deref().and_then(|it| it.strip_prefix(MARK));
    let end = marked.and_then(|it| it.bytes().position(|byte| byte == MARK.as_bytes()[0]));
    let (Some(marked), Some(end)) = (marked, end) else {
        return String::new();
    };
    let part = |part: Option<&str>| String::from(part.unwrap_or_default());
    let (beside, text) = (part(marked.get(..end)), part(marked.get(end + 1..)));
    *draft = Some(text).filter(|text| !text.is_empty());
    beside
}

/// A file that was picked, as a draft names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptFile {
    /// Where its bytes are kept.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it was uploaded, if it was.
    pub url: Option<String>,
}

/// What a draft says of files.
pub fn write_files(files: &[KeptFile]) -> String {
    let mut lines = String::new();
    for file in files {
        for line in [
            &file.key,
            &file.name,
            file.url.as_ref().unwrap_or(&String::new()),
        ] {
            // A name may hold anything, and this is no more than a line.
            lines.extend(line.chars().filter(|c| !c.is_control()));
            lines.push(END);
        }
    }
    lines
}

/// The files that a draft names.
pub fn read_files(lines: &str) -> Vec<KeptFile> {
    let mut files = Vec::new();
    let mut lines = lines.split(END).map(String::from);
    while let (Some(key), Some(name), Some(url)) = (lines.next(), lines.next(), lines.next()) {
        let url = Some(url).filter(|url| !url.is_empty());
        files.push(KeptFile { key, name, url });
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A draft as (what stands beside the text, the text).
    fn taken(draft: &str) -> (String, Option<String>) {
        let mut draft = Some(draft.into());
        (take_beside(&mut draft), draft)
    }

    fn file(key: &str, name: &str, url: Option<&str>) -> KeptFile {
        KeptFile {
            key: key.into(),
            name: name.into(),
            url: url.map(String::from),
        }
    }

    #[test]
    fn a_draft_of_an_older_version_is_its_text() {
        for text in ["Ada", "apple\nbanana\n", "two\nlines", "\u{1}", "\u{1}half"] {
            assert_eq!(taken(text), (String::new(), Some(text.into())));
        }
        assert_eq!(take_beside(&mut None), "");
    }

    #[test]
    fn a_draft_with_nothing_beside_it_reads_as_older_versions_wrote_it() {
        assert_eq!(draft_beside("", "apple\n"), "apple\n");
        assert_eq!(draft_beside("", ""), "");
    }

    #[test]
    fn what_stands_beside_a_text_reads_back() {
        for (beside, text) in [
            ("gol", "apple\nbanana\n"),
            ("co", "Mau\u{1}ve"),
            (" a b ", "x"),
        ] {
            let read = taken(&draft_beside(beside, text));
            assert_eq!(read, (beside.into(), Some(text.into())));
        }
        assert_eq!(taken(&draft_beside("gol", "")), ("gol".into(), None));
    }

    #[test]
    fn files_read_back_in_their_order() {
        let files = [
            file("17-1", "a shade.txt", None),
            file("17-2", "", Some("https://bot.example.com/b?c")),
            file("17-3", "\u{202e}txt.ö", None),
        ];
        let draft = draft_beside(&write_files(&files), "See\nthis");
        let (beside, text) = taken(&draft);
        assert_eq!(read_files(&beside), files);
        assert_eq!(text.as_deref(), Some("See\nthis"));
    }

    #[test]
    fn a_name_cannot_pass_for_another_file() {
        let files = [
            file("17-1", "a\n\n17-2\nb\u{1}c", None),
            file("17-3", "d", None),
        ];
        let read = read_files(&write_files(&files));
        assert_eq!(
            read,
            [file("17-1", "a17-2bc", None), file("17-3", "d", None)]
        );
    }

    #[test]
    fn what_others_left_there_names_no_more_than_it_says() {
        assert_eq!(read_files(""), []);
        assert_eq!(read_files("key\nname"), []);
        assert_eq!(read_files("key\nname\n\nkey"), [file("key", "name", None)]);
    }
}
