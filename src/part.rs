//! Parts of the module that are fetched only when they are met.
//!
//! A function that [`part!`] declares is a way into such a part: what it
//! alone needs goes into a file of its own when the module is split
//! (`cargo xtask dist`), and the first call fetches it. All calls are
//! `async`, and one whose part cannot be had gives [`Missing`]; a later call
//! tries again. What is not split, such as a test, has all of it at hand.

/// A part that could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Missing {
        Missing
    }
}

/// Declares a way into a part: `part! { inputs: pub fn date(…) -> Node { … } }`.
macro_rules! part {
    ($part:ident: $(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $type:ty),* $(,)?) -> $out:ty $body:block) => {
        $(#[$meta])*
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($part, fallible)]
        $vis fn $name($($arg: $type),*) -> Result<$out, $crate::part::Missing> {
            Ok($body)
        }

        $(#[$meta])*
        #[cfg(not(feature = "split"))]
        $vis async fn $name($($arg: $type),*) -> Result<$out, $crate::part::Missing> {
            Ok($body)
        }
    };
}
pub(crate) use part;
