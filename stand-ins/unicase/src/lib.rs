//! Text that compares without regard to ASCII case.
//!
//! It stands in for the crate of the same name, which the Markdown parser uses
//! for one thing: to find the address of `[text][Label]` under `[label]: …`.
//! That crate folds case for all of Unicode, and its table would be a
//! twentieth of the whole `text` module. Labels with letters beyond ASCII have
//! to be written alike in both places here. What else the workspace uses it for
//! (file names' extensions, in the tests' tools) is ASCII.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Deref;

/// A text that is equal to others in whatever ASCII case.
#[derive(Clone, Copy, Default)]
pub struct UniCase<S>(S);

impl<S: AsRef<str>> UniCase<S> {
    /// Wraps a text.
    pub const fn new(text: S) -> UniCase<S> {
        UniCase(text)
    }
}

impl<S> UniCase<S> {
    /// Wraps a text that is known to be ASCII.
    pub const fn ascii(text: S) -> UniCase<S> {
        UniCase(text)
    }

    /// Wraps a text that is known not to be.
    pub const fn unicode(text: S) -> UniCase<S> {
        UniCase(text)
    }
}

/// As the text itself, which code that is generated from it relies on.
impl<S: fmt::Debug> fmt::Debug for UniCase<S> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<S> Deref for UniCase<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.0
    }
}

impl<S: AsRef<str>> AsRef<str> for UniCase<S> {
    fn as_ref(&self) -> &str {
        self.0.as_ref()
    }
}

impl<S: AsRef<str>> From<S> for UniCase<S> {
    fn from(text: S) -> UniCase<S> {
        UniCase(text)
    }
}

impl<A: AsRef<str>, B: AsRef<str>> PartialEq<UniCase<B>> for UniCase<A> {
    fn eq(&self, other: &UniCase<B>) -> bool {
        self.0.as_ref().eq_ignore_ascii_case(other.0.as_ref())
    }
}

impl<A: AsRef<str>, B: AsRef<str>> PartialOrd<UniCase<B>> for UniCase<A> {
    fn partial_cmp(&self, other: &UniCase<B>) -> Option<Ordering> {
        Some(folded(self.as_ref()).cmp(folded(other.as_ref())))
    }
}

impl<S: AsRef<str>> Ord for UniCase<S> {
    fn cmp(&self, other: &UniCase<S>) -> Ordering {
        folded(self.as_ref()).cmp(folded(other.as_ref()))
    }
}

fn folded(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

impl<S: AsRef<str>> Eq for UniCase<S> {}

impl<S: AsRef<str>> Hash for UniCase<S> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        for byte in folded(self.as_ref()) {
            hasher.write_u8(byte);
        }
        hasher.write_u8(0xff);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ascii_case_does_not_matter() {
        let labels: HashSet<UniCase<&str>> = ["Foo", "é"].into_iter().map(UniCase::new).collect();
        assert!(labels.contains(&UniCase::new("fOO")));
        assert!(labels.contains(&UniCase::new("é")));
        assert!(!labels.contains(&UniCase::new("fo")));
    }
}
