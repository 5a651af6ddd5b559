//! Typed structs out of a [`Value`], by one declarative macro.
//!
//! Reading is total: a missing field, a null, or a value of another type
//! reads as the field's default, and fields that nobody named are passed
//! over. What makes a whole reply unreadable is decided by the codec, not here.
//!
//! ```ignore
//! record! {
//!     /// The words on a text field.
//!     pub struct Labels {
//!         /// Shown while the field is empty.
//!         pub placeholder: Option<String> = "placeholder",
//!         /// Whether it may be left empty.
//!         pub is_required: bool = "isRequired" or true,
//!     }
//! }
//! ```

use super::{Value, number_to_text, parse_number};

/// What can be read out of a JSON value; `None` where the value is of
/// another kind.
pub trait Read: Sized {
    /// Reads the value.
    fn read(value: &Value) -> Option<Self>;
}

/// What can stand as a field of a record: it has a reading for "missing".
pub trait Field: Sized {
    /// Reads the field of an object.
    fn field(value: Option<&Value>) -> Self;
}

impl<T: Read> Field for Option<T> {
    fn field(value: Option<&Value>) -> Self {
        value.and_then(T::read)
    }
}

/// Elements that cannot be read are passed over: one bad item loses no other.
impl<T: Read> Field for Vec<T> {
    fn field(value: Option<&Value>) -> Self {
        let items = value.and_then(Value::as_array).unwrap_or_default();
        items.iter().filter_map(T::read).collect()
    }
}

impl Field for bool {
    fn field(value: Option<&Value>) -> Self {
        matches!(value, Some(Value::Bool(true)))
    }
}

/// Numbers are taken for text too: ids and values come in both forms.
impl Field for String {
    fn field(value: Option<&Value>) -> Self {
        value.and_then(String::read).unwrap_or_default()
    }
}

impl Field for Value {
    fn field(value: Option<&Value>) -> Self {
        value.cloned().unwrap_or_default()
    }
}

impl Read for Value {
    fn read(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}

impl Read for bool {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

impl Read for String {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number_to_text(*number)),
            _ => None,
        }
    }
}

/// A number, or a text that is one, with a decimal point or comma. Anything
/// else, such as a `{{variable}}` that was never filled in, is absent; so are
/// NaN and the infinities.
impl Read for f64 {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => number.is_finite().then_some(*number),
            Value::String(text) => parse_number(&text.trim().replacen(',', ".", 1)),
            _ => None,
        }
    }
}

/// Declares a struct with its wire names, and how it is read.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$doc:meta])* pub $field:ident : $type:ty = $key:literal $(or $default:expr)?),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $name {
            /// The names of the fields on the wire.
            pub const KEYS: &'static [&'static str] = &[$($key),*];

            /// Reads the fields of an object; all have their defaults where it is none.
            pub fn of(value: &$crate::model::Value) -> Self {
                $name { $($field: $crate::model::read::record!(@field value, $type, $key $(, $default)?),)* }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::of(&$crate::model::Value::Null)
            }
        }

        impl $crate::model::read::Read for $name {
            fn read(value: &$crate::model::Value) -> Option<Self> {
                value.as_object().map(|_| Self::of(value))
            }
        }

        impl $crate::model::read::Field for $name {
            fn field(value: Option<&$crate::model::Value>) -> Self {
                Self::of(value.unwrap_or(&$crate::model::Value::Null))
            }
        }
    };
    (@field $value:ident, $type:ty, $key:literal) => {
        <$type as $crate::model::read::Field>::field($value.get($key))
    };
    (@field $value:ident, $type:ty, $key:literal, $default:expr) => {
        <Option<$type> as $crate::model::read::Field>::field($value.get($key)).unwrap_or_else(|| $default)
    };
}
pub(crate) use record;

/// Declares a closed set of words: anything else reads as absent.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// Every word, as it stands on the wire.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }

        impl $crate::model::read::Read for $name {
            fn read(value: &$crate::model::Value) -> Option<Self> {
                match value.as_str()? {
                    $($word => Some($name::$variant),)*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use words;
