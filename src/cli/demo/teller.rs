//! The telling: plain words at the terminal, at most 80 columns wide.

use std::io::Write;

use super::letter::Incoming;

/// How wide the telling is.
const WIDTH: usize = 78;

/// How many lines of a mail are shown.
const LINES_MAX: usize = 11;

/// Tells the story to whoever looks on.
pub(super) struct Teller<'a> {
    out: &'a mut dyn Write,
    scenes: u32,
    /// Whether the last line was an empty one.
    is_after_gap: bool,
}

impl std::fmt::Debug for Teller<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Teller")
            .field("scenes", &self.scenes)
            .finish_non_exhaustive()
    }
}

impl<'a> Teller<'a> {
    /// A teller with a story before it.
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            scenes: 0,
            is_after_gap: false,
        }
    }

    /// The beginning of a scene.
    pub(super) fn scene(&mut self, title: &str) -> anyhow::Result<()> {
        self.scenes = self.scenes.saturating_add(1);
        let head = format!("{}. {title}", self.scenes);
        let line = "-".repeat(head.chars().count());
        if !self.is_after_gap {
            self.line("")?;
        }
        self.line(&format!("{head}\n{line}"))
    }

    /// A paragraph.
    pub(super) fn say(&mut self, words: &str) -> anyhow::Result<()> {
        for line in wrapped(words, WIDTH) {
            self.line(&line)?;
        }
        Ok(())
    }

    /// What somebody writes: the subject and their own words.
    pub(super) fn writes(&mut self, subject: &str, text: &str) -> anyhow::Result<()> {
        self.mail("  > ", subject, text)
    }

    /// What came: the subject and the first lines of the mail as it lies in the mailbox.
    pub(super) fn gets(&mut self, mail: &Incoming) -> anyhow::Result<()> {
        self.mail("  | ", mail.subject(), mail.text())
    }

    /// A line as it is.
    pub(super) fn line(&mut self, words: &str) -> anyhow::Result<()> {
        self.is_after_gap = words.is_empty();
        writeln!(self.out, "{words}")?;
        // Told as it happens, also into a pipe.
        Ok(self.out.flush()?)
    }

    fn mail(&mut self, edge: &str, subject: &str, text: &str) -> anyhow::Result<()> {
        let room = WIDTH.saturating_sub(edge.chars().count());
        for line in wrapped(&format!("Subject: {subject}"), room) {
            self.line(&format!("{edge}{line}"))?;
        }
        // The mark that answers are written above says nothing to a person who looks on.
        let words = text
            .lines()
            .skip_while(|line| line.trim().is_empty() || line.starts_with("---"));
        let mut lines = Vec::new();
        for line in words {
            let is_blank = line.trim().is_empty();
            if is_blank && lines.is_empty() {
                continue;
            }
            if is_blank {
                lines.push(String::new());
            }
            lines.extend(wrapped(line, room));
        }
        for line in lines.iter().take(LINES_MAX) {
            self.line(format!("{edge}{line}").trim_end())?;
        }
        if lines.len() > LINES_MAX {
            self.line(&format!("{edge}..."))?;
        }
        self.line("")
    }
}

/// Breaks words into lines of at most `width` characters.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if line.chars().count().saturating_add(length) < width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_never_wider_than_the_terminal() {
        let words = "Обращение зарегистрировано под номером IT-1001. ".repeat(9);
        let lines = wrapped(&words, 40);
        assert!(
            lines.iter().all(|line| line.chars().count() <= 40),
            "{lines:?}"
        );
        assert_eq!(lines.join(" "), words.trim_end());
    }
}
