//! What is read only when it is met.
//!
//! Most conversations meet few of the many inputs and actions that there are.
//! What is said of them is kept as it came, and becomes the typed struct in
//! the part of the module that knows what to do with it: a page that never
//! meets it does not pay for its reading either.

use core::fmt;
use core::marker::PhantomData;

use super::read::Field;
use super::{Log, Value};

/// What can be made of the whole of an input or of an action's payload.
pub trait Whole: Sized {
    /// Reads it. What is out of bounds is left out, and is logged.
    fn whole(value: &Value, logs: &mut Vec<Log>) -> Self;
}

/// A `T` that has not been read yet.
pub struct Later<T> {
    value: Value,
    what: PhantomData<fn() -> T>,
}

impl<T: Whole> Later<T> {
    /// Keeps what it will be read from.
    pub fn new(value: &Value) -> Later<T> {
        Later {
            value: value.clone(),
            what: PhantomData,
        }
    }

    /// What it will be read from.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Reads it, with log lines on what was out of bounds.
    pub fn read(&self) -> (T, Vec<Log>) {
        let mut logs = Vec::new();
        (T::whole(&self.value, &mut logs), logs)
    }
}

impl<T: Whole> Field for Later<T> {
    fn field(value: Option<&Value>) -> Later<T> {
        Later::new(value.unwrap_or(&Value::Null))
    }
}

// Derived, these would ask the same of `T`.

impl<T> Clone for Later<T> {
    fn clone(&self) -> Later<T> {
        Later {
            value: self.value.clone(),
            what: PhantomData,
        }
    }
}

impl<T> PartialEq for Later<T> {
    fn eq(&self, other: &Later<T>) -> bool {
        self.value == other.value
    }
}

impl<T> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.value.fmt(f)
    }
}
