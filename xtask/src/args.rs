//! The few arguments that commands take: flags and options, each asked for by name.

use anyhow::{Result, bail};

/// Arguments not asked for yet. [`Args::finish`] refuses what is left.
#[derive(Debug)]
pub struct Args(Vec<String>);

impl Args {
    /// The arguments after the program's name.
    pub fn new(args: impl IntoIterator<Item = String>) -> Self {
        Self(args.into_iter().collect())
    }

    /// The command: the first argument.
    pub fn command(&mut self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Whether `--name` was given.
    pub fn flag(&mut self, name: &str) -> bool {
        let found = self.0.iter().position(|arg| arg == name);
        found.map(|at| self.0.remove(at)).is_some()
    }

    /// The value of `--name value` or `--name=value`.
    pub fn option(&mut self, name: &str) -> Result<Option<String>> {
        let with_value = |arg: &String| {
            let rest = arg.strip_prefix(name)?;
            rest.strip_prefix('=').map(str::to_owned)
        };
        if let Some(at) = self.0.iter().position(|arg| with_value(arg).is_some()) {
            return Ok(with_value(&self.0.remove(at)));
        }
        let Some(at) = self.0.iter().position(|arg| arg == name) else {
            return Ok(None);
        };
        if at + 1 >= self.0.len() {
            bail!("{name} needs a value");
        }
        self.0.remove(at);
        Ok(Some(self.0.remove(at)))
    }

    /// Refuses arguments that nobody asked for.
    pub fn finish(&self) -> Result<()> {
        match self.0.first() {
            Some(unknown) => {
                bail!("unknown argument `{unknown}` (`cargo xtask` lists what there is)")
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_read_in_both_spellings() {
        for line in ["test --browser all --x", "test --browser=all --x"] {
            let mut args = args(line);
            assert_eq!(args.command().as_deref(), Some("test"));
            assert!(args.flag("--x"));
            assert!(!args.flag("--x"));
            assert_eq!(args.option("--browser").unwrap().as_deref(), Some("all"));
            args.finish().unwrap();
        }
    }

    #[test]
    fn what_nobody_asked_for_is_refused() {
        assert!(args("--what").finish().is_err());
        assert!(args("--port").option("--port").is_err());
    }
}
