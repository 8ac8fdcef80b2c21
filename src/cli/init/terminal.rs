//! The conversation: asking again until an answer is sound, and never where nobody is there.

use std::{
    io::{BufRead, Write},
    process::Command,
};

use anyhow::{Context as _, anyhow, bail};

use crate::model::language::Language;

/// The two ends of a conversation.
pub struct Terminal<'t> {
    /// What the person types.
    pub input: &'t mut dyn BufRead,
    /// What the person reads.
    pub out: &'t mut dyn Write,
    /// Whether there is a person at all; without one nothing is asked.
    pub is_interactive: bool,
    /// Whether `input` is the process's own terminal, which can be told not to show a password.
    pub hides_passwords: bool,
}

impl std::fmt::Debug for Terminal<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Terminal")
            .field("is_interactive", &self.is_interactive)
            .finish_non_exhaustive()
    }
}

impl Terminal<'_> {
    /// Says something.
    ///
    /// # Errors
    /// Nobody takes it.
    pub fn say(&mut self, words: &str) -> anyhow::Result<()> {
        self.out
            .write_all(words.as_bytes())
            .and_then(|()| self.out.flush())
            .context("Cannot write to the terminal")
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        let length = self
            .input
            .read_line(&mut line)
            .context("Cannot read from the terminal")?;
        if length == 0 {
            bail!("The answers ended before the questions did; nothing was written");
        }
        let line = line.strip_suffix('\n').unwrap_or(&line);
        Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
    }

    /// A line that is not shown while it is typed, where that can be had (stty of coreutils).
    pub(super) fn hidden_line(&mut self) -> anyhow::Result<String> {
        let is_hidden = self.hides_passwords && stty("-echo");
        let line = self.line();
        if is_hidden {
            if !stty("echo") {
                self.say("\nCannot show what is typed again; type: stty echo")?;
            }
            self.say("\n")?;
        }
        line
    }
}

fn stty(setting: &str) -> bool {
    Command::new("stty")
        .arg(setting)
        .status()
        .is_ok_and(|status| status.success())
}

/// A question, and the flag that answers it.
pub(super) struct Question<'q> {
    pub flag: &'static str,
    pub given: Option<&'q String>,
    pub words: &'static str,
    pub default: Option<String>,
    pub check: Check,
}

/// What makes an answer sound, and what to say to a person where it is not.
#[derive(Clone, Copy)]
pub(super) struct Check {
    pub test: fn(&str) -> Result<(), String>,
    pub ru: &'static str,
    pub en: &'static str,
}

/// A run of questions.
pub(super) struct Interview<'i, 't> {
    pub language: Language,
    pub terminal: &'i mut Terminal<'t>,
    /// Whether there is a person to ask.
    pub asks: bool,
    /// Whether a default stands for an answer.
    pub takes_defaults: bool,
    /// The flags of what could not be answered.
    pub missing: Vec<&'static str>,
}

impl Interview<'_, '_> {
    /// The answer; an empty text where it is missing, which is remembered.
    pub(super) fn answer(&mut self, question: Question<'_>) -> anyhow::Result<String> {
        if let Some(given) = question.given {
            let given = given.trim();
            return match sound(given, question.check.test) {
                Ok(()) => Ok(given.to_owned()),
                Err(words) => Err(anyhow!("Cannot use {}: {words}", question.flag)),
            };
        }
        if self.asks {
            return self.ask(&question);
        }
        match question.default {
            Some(default) if self.takes_defaults => Ok(default),
            Some(_) | None => {
                self.missing.push(question.flag);
                Ok(String::new())
            }
        }
    }

    fn ask(&mut self, question: &Question<'_>) -> anyhow::Result<String> {
        let default = question
            .default
            .as_ref()
            .map(|default| format!(" [{default}]"))
            .unwrap_or_default();
        loop {
            self.terminal
                .say(&format!("{}{default}: ", question.words))?;
            let line = self.terminal.line()?.trim().to_owned();
            let answer = match &question.default {
                Some(default) if line.is_empty() => default.clone(),
                Some(_) | None => line,
            };
            if sound(&answer, question.check.test).is_ok() {
                return Ok(answer);
            }
            let hint = match self.language {
                Language::Ru => question.check.ru,
                Language::En => question.check.en,
            };
            self.terminal.say(&format!("  {hint}\n"))?;
        }
    }
}

fn sound(answer: &str, check: fn(&str) -> Result<(), String>) -> Result<(), String> {
    if answer.trim().is_empty() {
        return Err("an answer is needed".to_owned());
    }
    if answer.chars().any(char::is_control) {
        return Err("the answer has a control character in it".to_owned());
    }
    check(answer)
}
