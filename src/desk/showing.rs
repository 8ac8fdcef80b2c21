//! How somebody's mail is shown in a letter of ours: what is said of its sender, and that nothing in the words of a
//! suspicious one can be followed by a careless click.

use super::{
    arrival::Arrival,
    draft::{DecisionBuilder, TicketDraft},
    identity::{self, Speaker},
    notify,
    policy::Policy,
    trust::Ground,
};
use crate::model::{
    event::Trust,
    inert::inert,
    outgoing::{Enclosures, TicketFacts, Words},
};

/// How the mail of this sender is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Showing {
    ground: Ground,
    trust: Trust,
    is_outside: bool,
    has_anothers_token: bool,
}

impl Showing {
    /// Of a mail that this person wrote.
    pub(super) fn of(speaker: &Speaker, draft: &DecisionBuilder<'_>) -> Self {
        Self::under(speaker, draft.given.policy)
    }

    fn under(speaker: &Speaker, policy: &Policy) -> Self {
        Self {
            ground: speaker.ground,
            trust: speaker.trust,
            has_anothers_token: speaker.has_anothers_token,
            is_outside: !policy.trust.is_own(speaker.address.domain()),
        }
    }

    /// Of a mail that came in before, by what it shows of its author itself.
    pub(super) fn again(arrival: &Arrival, draft: &DecisionBuilder<'_>) -> Self {
        let (ground, policy) = (identity::ground(arrival, draft), draft.given.policy);
        let author = arrival.author();
        let is_own = author.is_some_and(|(address, _)| policy.trust.is_own(address.domain()));
        Self {
            ground,
            trust: ground.trust(),
            is_outside: !is_own,
            has_anothers_token: false,
        }
    }

    /// Somebody's words.
    pub(super) fn words(self, words: &str) -> String {
        match self.trust {
            Trust::Suspicious => inert(words),
            Trust::Claimed | Trust::Token | Trust::Proven => words.to_owned(),
        }
    }

    /// What an acknowledgement says of tickets: it goes to where only somebody claims to write from, so that a link in their
    /// subject must not come from us.
    pub(super) fn acknowledged(self, facts: &mut TicketFacts) {
        if self.trust >= Trust::Token {
            return;
        }
        if is_link(&facts.subject) {
            facts.subject = inert(&facts.subject);
        }
        if let Some(form) = &mut facts.form {
            let values = form.fields.iter_mut().map(|field| &mut field.value);
            let lacking = form.missing.iter_mut().map(|field| &mut field.value);
            for words in values.chain(lacking).chain(&mut form.question) {
                if is_link(words) {
                    *words = inert(words);
                }
                *words = shortened(words);
            }
        }
    }

    /// Whether the formatting of their mail goes along with their words: where those are not made inert.
    pub(super) fn formatted(
        self,
        arrival: &Arrival,
        files: Option<Enclosures>,
    ) -> Option<Enclosures> {
        match self.trust {
            Trust::Suspicious => files,
            Trust::Claimed | Trust::Token | Trust::Proven => arrival.formatted(files, Words::Shown),
        }
    }

    /// Names of files.
    pub(super) fn names(self, names: Vec<String>) -> Vec<String> {
        names.iter().map(|name| self.words(name)).collect()
    }

    /// What is said of the sender in passing, as codes: `outside`, `unproven`. Where the site's servers judge nothing,
    /// that nothing is proven goes without saying.
    pub(super) fn marks(self) -> Vec<String> {
        let is_unproven = self.trust == Trust::Claimed && self.ground != Ground::NoServers;
        let marks = [(self.is_outside, "outside"), (is_unproven, "unproven")];
        marks
            .into_iter()
            .filter(|(is_so, _)| *is_so)
            .map(|(_, mark)| mark.to_owned())
            .collect()
    }

    /// What an agent should know before acting on the mail, as codes, the gravest first; `files` is what goes along.
    pub(super) fn warnings(self, arrival: &Arrival, files: &[String]) -> Vec<String> {
        let said_already = if self.ground == Ground::SeveralAuthors {
            "multiple_from"
        } else if self.ground == Ground::NoAuthor {
            "no_from"
        } else {
            ""
        };
        let of_sender = match self.trust {
            Trust::Suspicious => vec![self.ground.code(), "suspicious"],
            Trust::Claimed | Trust::Token | Trust::Proven => Vec::new(),
        };
        let odd = notify::warnings(arrival, files);
        let of_token = self.has_anothers_token.then_some("token_of_another");
        let of_sender = of_sender.into_iter().chain(of_token).map(str::to_owned);
        of_sender
            .chain(odd.into_iter().filter(|code| code != said_already))
            .collect()
    }
}

fn is_link(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.contains("://") || lower.contains("www.")
}

/// How much of a value is repeated to where somebody only claims to write from, in characters.
const VALUE_MAX: usize = 300;

fn shortened(value: &str) -> String {
    match value.char_indices().nth(VALUE_MAX) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

impl TicketDraft<'_, '_> {
    /// The addresses of those who read along: whoever answers should know who else gets it.
    pub(super) fn readers(&self, showing: Showing) -> Vec<String> {
        let people = self.snapshot().readers();
        people
            .filter_map(|person| self.person_by_id(person))
            .map(|person| showing.words(self.address_of(person).as_str()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        desk::fixture::{address, mail, policy},
        model::ids::PersonId,
    };

    #[track_caller]
    fn check(ground: Ground, from: &str, marks: &[&str], warnings: &[&str], words: &str) {
        let speaker = Speaker {
            person: PersonId(1),
            agent: None,
            trust: ground.trust(),
            ground,
            address: address(from),
            route: None,
            has_anothers_token: false,
        };
        let mut arrival = mail(1, from, "");
        arrival.reading.message.oddities =
            vec!["multiple_from".to_owned(), "many_received".to_owned()];
        let showing = Showing::under(&speaker, &policy());
        assert_eq!(showing.marks(), marks);
        assert_eq!(showing.warnings(&arrival, &[]), warnings);
        assert_eq!(showing.words("see www.evil.example"), words);
    }

    #[test]
    fn what_is_said_of_a_sender() {
        let live = "see www.evil.example";
        let inert = "see www[.]evil[.]example";
        let odd = &["multiple_from"][..];
        check(Ground::Dmarc, "olga@uni.test", &[], odd, live);
        check(
            Ground::NotProven,
            "olga@chem.uni.test",
            &["unproven"],
            odd,
            live,
        );
        check(
            Ground::NotJudged,
            "olga@mail.example",
            &["outside", "unproven"],
            odd,
            live,
        );
        check(
            Ground::NoServers,
            "olga@mail.example",
            &["outside"],
            odd,
            live,
        );
        check(
            Ground::OwnDomainForged,
            "olga@uni.test",
            &[],
            &["own_domain_forged", "suspicious", "multiple_from"],
            inert,
        );
        // What the ground says already is not said twice.
        check(
            Ground::SeveralAuthors,
            "olga@mail.example",
            &["outside"],
            &["several_authors", "suspicious"],
            inert,
        );
    }
}
