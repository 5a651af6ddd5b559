//! An owner with a handle.

use leptos::prelude::Owner;

/// What is started within a scope stops when the scope is dropped.
#[must_use = "dropping a scope stops what was started within it"]
#[derive(Debug)]
pub struct Scope(Owner);

impl Scope {
    /// A scope under the current owner, and what the function made within it.
    pub fn new<T>(f: impl FnOnce() -> T) -> (Scope, T) {
        let owner = Owner::current().map(|o| o.child()).unwrap_or_default();
        let made = owner.with(f);
        (Scope(owner), made)
    }

    /// Runs a function within the scope.
    pub fn run<T>(&self, f: impl FnOnce() -> T) -> T {
        self.0.with(f)
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        self.0.cleanup();
    }
}
