//! An answer to a letter about a payroll month.

use super::orders::{asks_again, is_approval};
use crate::desk::{
    arrival::Arrival,
    command::{folded, read_yes_no},
    decision::Given,
    own_words::{OwnWords, own_words},
    token::PayrollMark,
};
use crate::model::{
    address::Address, file_name::is_about_month, ids::MessageId, message::Attachment,
};

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

    /// The letter that it answers although that was somebody else's, and whose it was: letters are forwarded, and lists have
    /// members.
    #[must_use]
    pub fn anothers_payroll_letter(&self, given: &Given<'_>) -> Option<(PayrollMark, Address)> {
        let subject = self.reading.message.subject.as_deref().unwrap_or("");
        let is_named = |id: &&MessageId| id.as_str().starts_with("okno.kpi-");
        if !subject.contains("[kpi:") && self.parents().find(is_named).is_none() {
            return None;
        }
        let heads = given.policy.agents.values().map(|agent| &agent.address);
        let lists = given.policy.payrolls.values();
        let mut readers = heads.chain(lists.flat_map(|list| &list.to));
        readers.find_map(|reader| {
            let named = given.key.payroll_in(subject, reader);
            let named = named.map(|(mark, _)| mark).or_else(|| {
                let mut ids = self.parents();
                ids.find_map(|id| given.key.payroll_of(id, reader))
            });
            Some((named?, reader.clone()))
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

    /// What it says: its author's own words; where there are none, the button's. Nothing where these words cannot be told from
    /// what they answer.
    #[must_use]
    pub fn payroll_words(&self, behind: &str) -> String {
        match own_words(self) {
            OwnWords::Clear(words) => words,
            OwnWords::None => pressed(behind).unwrap_or_default().to_owned(),
            OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => String::new(),
        }
    }

    /// What somebody asks who answers such a letter: their own words, or all of the mail where nobody can say which of its words
    /// are theirs.
    #[must_use]
    pub fn payroll_question(&self) -> String {
        let words = match own_words(self) {
            OwnWords::Clear(words) => words,
            OwnWords::None => String::new(),
            OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => {
                let whole = self.reading.message.text.clone().unwrap_or_default();
                match is_all_quoted(&whole) {
                    true => String::new(),
                    false => whole,
                }
            }
        };
        words.trim().to_owned()
    }
}

/// Whether nothing stands in a text but what is quoted, and the line that says whose words these are.
fn is_all_quoted(text: &str) -> bool {
    let lines = text.lines().map(str::trim);
    let mut own = lines.filter(|line| !line.is_empty() && !line.starts_with('>'));
    let first = own.next();
    own.next().is_none() && first.is_none_or(|line| line.ends_with(':'))
}

/// The word of a button, where that stands behind the code in a subject, and nothing else does but what a gateway adds.
#[must_use]
pub fn pressed(behind: &str) -> Option<&str> {
    let mut word = behind.trim();
    for (open, close) in [('[', ']'), ('(', ')')] {
        if word.ends_with(close) {
            word = word.rsplit_once(open).map_or(word, |(before, _)| before);
        }
    }
    let word = word.trim();
    let words = folded(word);
    let plain = words.trim_start_matches('#');
    let is_button = is_approval(plain)
        || asks_again(plain)
        || read_yes_no(plain).is_some()
        || matches!(plain, "получено" | "received");
    is_button.then_some(word)
}

/// Whether a file of a mail may be one of figures: a table, and none of those that okno itself sends about a month, which some
/// programs attach again when a letter is answered.
#[must_use]
pub fn is_figures(file: &Attachment) -> bool {
    file.is_table() && !is_about_month(file.name.as_deref().unwrap_or_default())
}
