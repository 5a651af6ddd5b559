//! A streamed answer cut into its parts.
//!
//! Each line is a code, a colon and JSON: code `0` is text, code `3` an error
//! (a text that is itself the JSON of a log line). All other codes are for
//! others, and lines of no form at all are passed over. A server that could
//! not begin answers with one JSON object instead, and a success status.

use crate::model::read::{Field, Read};
use crate::model::{Log, Value};

/// A part of a streamed answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// More text.
    Text(String),
    /// It broke off, and why.
    Error(Log),
    /// It did not begin: the server refused, in one JSON object.
    Refused(Log),
}

/// Cuts a streamed answer into its parts, however it is cut on the way.
pub struct Parts {
    parse: fn(&str) -> Option<Value>,
    rest: Vec<u8>,
}

impl core::fmt::Debug for Parts {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        f.write_str("Parts")
    }
}

impl Parts {
    /// Reads the JSON of its lines by `parse`.
    pub fn new(parse: fn(&str) -> Option<Value>) -> Parts {
        Parts {
            parse,
            rest: Vec::new(),
        }
    }

    /// Takes the bytes that came, and gives the parts that are whole.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Part> {
        self.rest.extend_from_slice(bytes);
        let Some(end) = self.rest.iter().rposition(|byte| *byte == b'\n') else {
            return Vec::new();
        };
        let after = self.rest.split_off(end);
        let whole = core::mem::replace(&mut self.rest, after);
        // What is kept begins with the line break, which makes an empty line.
        whole
            .split(|byte| *byte == b'\n')
            .filter_map(|line| self.part(line))
            .collect()
    }

    /// Gives what is left when nothing more comes.
    pub fn finish(self) -> Option<Part> {
        let line = self.rest.strip_prefix(b"\n").unwrap_or(&self.rest);
        self.part(line)
    }

    fn part(&self, line: &[u8]) -> Option<Part> {
        let line = String::from_utf8_lossy(line);
        if line.starts_with('{') {
            return Some(Part::Refused(refused(&(self.parse)(&line)?)));
        }
        let (code, payload) = line.split_once(':')?;
        match code {
            "0" => {
                let text = String::read(&(self.parse)(payload)?)?;
                Some(Part::Text(text))
            }
            "3" => {
                let text = String::field((self.parse)(payload).as_ref());
                let log = (self.parse)(&text).filter(|log| log.as_object().is_some());
                let failed = || Log::error("While streaming a message", &text);
                Some(Part::Error(log.map_or_else(failed, |log| refused(&log))))
            }
            _ => None,
        }
    }
}

/// An error as a log line: it says `description`, or `message`.
fn refused(value: &Value) -> Log {
    let mut log = Log::of(value);
    if log.description.is_empty() {
        log.description = String::field(value.get("message"));
    }
    if log.description.is_empty() {
        log.description = "Message streaming returned an error".into();
    }
    // What stands at `status` may be an HTTP status.
    log.status = Some("error".into());
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<Value> {
        serde_json::from_str(text).ok()
    }

    fn parts(bytes: &[u8], size: usize) -> Vec<Part> {
        let mut parts = Parts::new(parse);
        let mut all = Vec::new();
        for chunk in bytes.chunks(size) {
            all.extend(parts.push(chunk));
        }
        all.extend(parts.finish());
        all
    }

    fn text(parts: &[Part]) -> String {
        let mut all = String::new();
        for part in parts {
            match part {
                Part::Text(text) => all.push_str(text),
                Part::Error(log) | Part::Refused(log) => panic!("{log:?}"),
            }
        }
        all
    }

    #[test]
    fn a_stream_reads_the_same_however_it_is_cut() {
        let stream = "f:{\"messageId\":\"step-1\"}\n0:\"H\u{e9}\\n\"\n0:\"l\u{1F600}lo\"\ne:{\"finishReason\":\"stop\"}\nd:{}\n";
        for size in 1..stream.len() {
            assert_eq!(
                text(&parts(stream.as_bytes(), size)),
                "H\u{e9}\nl\u{1F600}lo"
            );
        }
    }

    #[test]
    fn a_last_line_without_its_end_counts() {
        assert_eq!(text(&parts(b"0:\"a\"\n0:\"b\"", 3)), "ab");
    }

    #[test]
    fn lines_of_no_form_are_passed_over() {
        let stream =
            b"\nhello\n:\n0:\n0:{\nzz:1\n0:[1]\n9:{\"toolCallId\":\"x\"}\n\xff\xfe\n0:\"ok\"\n";
        assert_eq!(text(&parts(stream, 4)), "ok");
    }

    #[test]
    fn an_error_part_is_a_log_line_in_a_text() {
        let stream = br#"3:"{\"context\":\"While streaming\",\"description\":\"No credit\",\"details\":\"d\"}""#;
        let log = match parts(stream, 7).pop() {
            Some(Part::Error(log)) => log,
            other => panic!("{other:?}"),
        };
        assert_eq!(log.description, "No credit");
        assert_eq!(log.context.as_deref(), Some("While streaming"));
        let log = match parts(b"3:\"plain words\"\n", 9).pop() {
            Some(Part::Error(log)) => log,
            other => panic!("{other:?}"),
        };
        assert_eq!(log.description, "plain words");
    }

    #[test]
    fn an_object_instead_of_a_stream_is_an_error() {
        let body = br#"{"message":"Could not find credentials","status":404}"#;
        for size in [1, 100] {
            match parts(body, size).as_slice() {
                [Part::Refused(log)] => {
                    assert_eq!(log.description, "Could not find credentials");
                    assert_eq!(log.status.as_deref(), Some("error"));
                }
                other => panic!("{other:?}"),
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_at_all_panic(bytes: Vec<u8>, size in 1usize..9) {
            parts(&bytes, size);
        }
    }
}
