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
        if given.policy.payrolls.is_empty() {
            return None;
        }
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
