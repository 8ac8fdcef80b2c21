//! Addresses leave the log: what servers and databases say in their errors often names people.

use std::{
    borrow::Cow,
    io::{self, Write},
    sync::LazyLock,
};

use regex::Regex;

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let ends = r#"\s<>"'«»,;()\[\]"#;
    Regex::new(&format!("[^{ends}:=@]+@([^{ends}@:]+)")).ok()
});

/// The words with the person's part of every address taken out: `*@uni.test`.
pub(super) fn redacted(words: &str) -> Cow<'_, str> {
    match ADDRESS.as_ref() {
        Some(address) => address.replace_all(words, "*@$1"),
        None => Cow::Borrowed("(withheld)"),
    }
}

/// stderr, for lines that have passed [`redacted`].
#[derive(Debug)]
pub(super) struct Stderr;

impl Write for Stderr {
    /// The layer hands every event over whole.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let words = String::from_utf8_lossy(line);
        io::stderr().write_all(redacted(&words).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, left: &str) {
        assert_eq!(redacted(words), left);
    }

    #[test]
    fn people_are_taken_out_and_domains_stay() {
        check(
            "the password of it@uni.test: «no»",
            "the password of *@uni.test: «no»",
        );
        check(
            "550 5.1.1 <olga.s+x@uni.test>: Recipient refused",
            "550 5.1.1 <*@uni.test>: Recipient refused",
        );
        check("to=анна@пример.test,b@c.test", "to=*@пример.test,*@c.test");
        check("mails=3 at 12:00 @ home", "mails=3 at 12:00 @ home");
    }
}
