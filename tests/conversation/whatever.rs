//! Whatever happens: nothing panics, nothing hangs, nothing is sent twice at once.
