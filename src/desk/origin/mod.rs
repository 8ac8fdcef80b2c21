//! Whose request an agent brings: a personal mail forwarded to the queue is its author's, and a mail that begins with
//! `От: ivanov@uni.test` is that person's, who has called. Only what the agent's mail says is read here; nothing of it
//! proves anything of the person it names.

mod age;
mod answer;
mod names;

pub(super) use age::is_older;
pub use answer::Answer;
pub(super) use answer::read_answer;
pub use names::{is_meant, words_of};

use super::arrival::Arrival;
use crate::model::{
    address::{Address, NamedAddress},
    ids::{AgentName, PersonId, TicketNumber},
    message::Forwarded,
};

/// No longer a name is looked for, in bytes.
const NAME_MAX: usize = 200;

/// How the line begins that says whose a mail is, folded.
const FROM: [&str; 2] = ["от", "from"];

/// How an agent brings somebody's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The person wrote to the agent, who passes the mail on.
    Forwarded,
    /// The person has called or come by.
    WrittenDown,
    /// It was part of another request of theirs.
    Split,
}

impl Way {
    /// The name that templates know.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Forwarded => "forwarded",
            Self::WrittenDown => "written_down",
            Self::Split => "split",
        }
    }
}

/// A request that an agent brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Brought {
    pub(super) way: Way,
    /// Who brings it.
    pub(super) agent: AgentName,
    /// The same, as a person.
    pub(super) by: PersonId,
    /// What the agent wrote for colleagues; empty where nothing.
    pub(super) note: String,
    /// The request.
    pub(super) text: String,
    /// Its subject, where another one than the mail's own.
    pub(super) subject: Option<String>,
    /// The ticket that it was part of.
    pub(super) of: Option<TicketNumber>,
}

impl Brought {
    /// Whether the files of the agent's mail are the request's, and its lines those of a form: beside a command they are for
    /// the ticket that the mail is about.
    pub(super) fn is_whole_mail(&self) -> bool {
        self.way != Way::Split
    }
}

/// What an agent's mail says of a request that it brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// How it is brought.
    pub way: Way,
    /// Whose it is; a name alone has no address.
    pub from: Option<NamedAddress>,
    /// The agent has said so in so many words, whatever stands in the forwarded mail.
    pub is_explicit: bool,
    /// What the agent wrote above, without that line.
    pub own: String,
    /// What the person wrote; empty where all that there is are the agent's words.
    pub text: String,
    /// Its subject, where another one than the mail's own.
    pub subject: Option<String>,
    /// Its date, as it stands there.
    pub date: Option<String>,
    /// A machine or a list sent it.
    pub is_automatic: bool,
}

/// What this mail says; `None`: it brings nobody's request.
#[must_use]
pub fn read(arrival: &Arrival) -> Option<Said> {
    let forwarded = arrival.reading.message.forwarded.as_ref();
    let own = match forwarded {
        Some(forwarded) => forwarded.note.as_deref().unwrap_or_default(),
        None => arrival.new_text(),
    };
    let line = from_line(own);
    if forwarded.is_none() && line.is_none() {
        return None;
    }
    let is_explicit = line.is_some();
    let (named, own) = match line {
        Some((named, rest)) => (Some(named), rest),
        None => (None, own),
    };
    let field = |of: fn(&Forwarded) -> Option<String>| forwarded.and_then(of);
    Some(Said {
        way: match forwarded {
            Some(_) => Way::Forwarded,
            None => Way::WrittenDown,
        },
        from: named.or_else(|| forwarded.and_then(|one| one.from.clone())),
        is_explicit,
        own: own.to_owned(),
        text: field(|one| one.text.clone()).unwrap_or_default(),
        subject: field(|one| one.subject.clone()),
        date: field(|one| one.date.clone()),
        is_automatic: forwarded.is_some_and(|one| one.is_automatic),
    })
}

/// The first line, where it says whose the mail is, and what follows it.
fn from_line(text: &str) -> Option<(NamedAddress, &str)> {
    let text = text.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (head, value) = first.split_once([':', '：'])?;
    let head = head.trim().trim_start_matches('#').to_lowercase();
    let value = value.trim();
    let is_one = FROM.contains(&head.trim()) && !value.is_empty() && value.len() <= NAME_MAX;
    is_one.then(|| (named(value), rest.trim_start_matches(['\r', '\n'])))
}

/// A person as people write one: an address, a name, or both; programs write `mailto:` between.
pub(super) fn named(written: &str) -> NamedAddress {
    let is_apart = |c: char| c.is_whitespace() || "<>()[]\"';,".contains(c);
    let plain = |word: &str| word.trim_start_matches("mailto:").to_owned();
    let mut words = written.split(is_apart).filter(|word| word.contains('@'));
    let address = words.next().map(plain).unwrap_or_default();
    let before = match address.is_empty() {
        true => written,
        false => written.split(&address).next().unwrap_or_default(),
    };
    let before = before.replace("mailto:", " ");
    let name = before.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(|c: char| "<>()[]\"';,«»“”".contains(c) || c == ' ');
    NamedAddress {
        name: Some(name.to_owned()).filter(|name| !name.is_empty()),
        address,
    }
}

/// Whom the decision on this mail may look for: by address, or by name.
pub(super) fn looked_for(arrival: &Arrival) -> Vec<NamedAddress> {
    let said = read(arrival).and_then(|said| said.from);
    let answered = match read_answer(arrival.new_text()) {
        Some(Answer::Named(named)) => Some(named),
        Some(Answer::Number(_) | Answer::Own) | None => None,
    };
    said.into_iter().chain(answered).collect()
}

/// The address of somebody named so, where one is written at all.
pub(super) fn written_address(named: &NamedAddress) -> Option<Result<Address, ()>> {
    let is_written = named.address.contains('@');
    is_written.then(|| named.parsed().ok_or(()))
}

/// Whether a machine writes from such an address, by what it calls itself.
pub(super) fn is_machine(address: &Address) -> bool {
    const NAMES: [&str; 12] = [
        "noreply",
        "no-reply",
        "no_reply",
        "donotreply",
        "do-not-reply",
        "mailer-daemon",
        "postmaster",
        "bounce",
        "bounces",
        "notification",
        "notifications",
        "robot",
    ];
    let local = address
        .as_str()
        .rsplit_once('@')
        .map_or("", |(local, _)| local);
    let local = local.split('+').next().unwrap_or_default().to_lowercase();
    NAMES.contains(&local.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixture::{address, mail};

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str, &str)>) {
        let said = read(&mail(1, "anna@uni.test", text));
        let said = said.as_ref().map(|said| {
            let from = said.from.as_ref().expect("somebody");
            (
                from.name.as_deref().unwrap_or(""),
                from.address.as_str(),
                said.own.as_str(),
            )
        });
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn the_first_line_says_who_has_called() {
        check(
            "От: ivanov@uni.test\n\nНе печатает.",
            Some(("", "ivanov@uni.test", "Не печатает.")),
        );
        check(
            "\n#from: Ivan Ivanov <ivanov@uni.test>\r\nIt does not print.",
            Some(("Ivan Ivanov", "ivanov@uni.test", "It does not print.")),
        );
        check(
            "От: Иванов Иван\nЗвонит.",
            Some(("Иванов Иван", "", "Звонит.")),
        );
        // What Outlook makes of an address that is typed.
        check(
            "От: ivanov@uni.test<mailto:ivanov@uni.test>\nЗвонит.",
            Some(("", "ivanov@uni.test", "Звонит.")),
        );
        check("От:\nЗвонит.", None);
        check("Звонит.\nОт: ivanov@uni.test", None);
        check("Отчёт: готов", None);
        check("От имени кафедры: просим помочь", None);
    }

    #[test]
    fn machines_call_themselves_so() {
        for (from, is_one) in [
            ("No-Reply@shop.example", true),
            ("bounces+17@lists.example", true),
            ("ivanov@uni.test", false),
            ("reply@uni.test", false),
        ] {
            assert_eq!(is_machine(&address(from)), is_one, "{from}");
        }
    }
}
