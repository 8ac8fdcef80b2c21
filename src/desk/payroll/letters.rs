//! An answer to a letter about a payroll month.

use crate::desk::{
    arrival::Arrival,
    decision::Given,
    own_words::{OwnWords, own_words},
    token::PayrollMark,
};
use crate::model::address::Address;

impl Arrival {
    /// The letter that it answers, of those to its author: by its code in the subject, with what stands behind that, else by
    /// the letter's own id.
    #[must_use]
    pub fn payroll_letter(&self, given: &Given<'_>) -> Option<(PayrollMark, &str)> {
        let (author, _) = self.author()?;
        // An agent may write from another address of theirs.
        let agent = given.policy.agent_of(&author);
        let agent = agent.and_then(|agent| given.policy.agents.get(agent));
        let known = agent.map(|agent| agent.address.clone());
        let readers: Vec<Address> = known.into_iter().chain([author]).collect();
        let subject = self.reading.message.subject.as_deref().unwrap_or("");
        let mut readers = readers.iter();
        readers.find_map(|reader| {
            let named = given.key.payroll_in(subject, reader);
            named.or_else(|| {
                let mut ids = self.parents();
                let mark = ids.find_map(|id| given.key.payroll_of(id, reader))?;
                Some((mark, ""))
            })
        })
    }

    /// What stands behind the command that asks for an accountants' file once more, where a mail says nothing else:
    /// `#прислать 2026-10`.
    #[must_use]
    pub fn asks_for_file(&self) -> Option<String> {
        self.lone_command(&["#прислать", "#resend"])
    }

    /// What the lines say that say employee numbers, where a mail says nothing else: `#номер @anna 000123`.
    #[must_use]
    pub fn numbers_said(&self) -> Option<Vec<String>> {
        let OwnWords::Clear(words) = own_words(self) else {
            return None;
        };
        let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
        let read = |line: &str| {
            let (word, rest) = line.split_once(char::is_whitespace)?;
            let is_meant = matches!(word.to_lowercase().as_str(), "#номер" | "#number");
            is_meant.then(|| rest.trim().to_owned())
        };
        let said: Vec<String> = lines.map(read).collect::<Option<_>>()?;
        (!said.is_empty()).then_some(said)
    }

    /// What stands behind one of these words, in lower case, where a mail says nothing but that line.
    #[must_use]
    pub fn lone_command(&self, named: &[&str]) -> Option<String> {
        let words = match own_words(self) {
            OwnWords::Clear(words) => words,
            OwnWords::None => self.reading.message.subject.clone()?,
            OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => return None,
        };
        let mut lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
        let line = lines.next().filter(|_| lines.next().is_none())?;
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let word = word.to_lowercase();
        named.contains(&word.as_str()).then(|| rest.to_owned())
    }

    /// What it says: the button's words, else its author's own; nothing where these cannot be told from what they answer.
    #[must_use]
    pub fn payroll_words(&self, behind: &str) -> String {
        match (behind, own_words(self)) {
            ("", OwnWords::Clear(words)) => words,
            (
                "",
                OwnWords::None | OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached,
            ) => String::new(),
            (behind, _) => behind.to_owned(),
        }
    }
}
