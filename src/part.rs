//! Parts of the module that are fetched only when they are met.
//!
//! A function that [`part!`] declares is a way into such a part: what it
//! alone needs goes into a file of its own when the module is split
//! (`cargo xtask dist`), and the first call fetches it. All calls are
//! `async`, and one whose part cannot be had gives [`Missing`]; a later call
//! tries again. What is not split, such as a test, has all of it at hand.
//!
//! ```ignore
//! part! { fields as fetch_fields: pub fn date(ui: Ui) -> Node { … } }
//! let node = date(ui).await?;
//! ```

use std::future::Future;
use std::pin::Pin;

/// A part that could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

/// What a way into a part gives where the work itself takes time.
pub type Work<T> = Pin<Box<dyn Future<Output = T>>>;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Missing {
        Missing
    }
}

/// Declares a way into a part, and a function that fetches the part ahead of the first call.
macro_rules! part {
    ($part:ident as $fetch:ident: $(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $type:ty),* $(,)?) -> $out:ty $body:block) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($part, fallible, preload(#[allow(dead_code, reason = "one way in is enough to fetch a part")] $fetch))]
        $(#[$meta])*
        $vis fn $name($($arg: $type),*) -> Result<$out, $crate::part::Missing> {
            Ok($body)
        }

        $(#[$meta])*
        #[cfg(not(feature = "split"))]
        $vis async fn $name($($arg: $type),*) -> Result<$out, $crate::part::Missing> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        #[allow(dead_code, reason = "one way in is enough to fetch a part")]
        $vis async fn $fetch() -> Result<(), $crate::part::Missing> {
            Ok(())
        }
    };
}
pub(crate) use part;
