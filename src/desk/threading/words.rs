//! Tickets that a mail names in words: tags and numbers in its subject, the line that our letters end with in its text.

use crate::{
    desk::{
        arrival::Arrival,
        similarity::near_subject,
        subject::{Hint, bare, mentions, tags_in},
        token::Key,
    },
    model::{ids::TicketNumber, ticket::Ticket},
};

/// How many tickets of the text are looked up.
const BODY_MAX: usize = 8;

/// What stands before the tag in the last lines of our letters to requesters (`templates/mail/*/*.txt`).
const OUR_WORDS: [&str; 2] = ["обращение", "request"];

/// The tickets a mail names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::desk) struct InWords {
    /// By tags in the subject, in order.
    pub(in crate::desk) tags: Vec<TicketNumber>,
    /// By the line our letters end with, quoted or not. A tag elsewhere in a text is somebody's remark.
    pub(in crate::desk) lines: Vec<TicketNumber>,
    /// By numbers in the subject without check letters.
    numbers: Vec<Hint>,
    /// The subject without prefixes and tags.
    subject: String,
}

impl InWords {
    pub(in crate::desk) fn of(arrival: &Arrival, key: &Key) -> Self {
        let mail = &arrival.reading.message;
        let subject = mail.subject.as_deref().unwrap_or("");
        let mentioned = mentions(subject, key);
        // Who forwards a letter of ours writes of that ticket, not in it.
        let text = mail.text.as_deref().filter(|_| mail.forwarded.is_none());
        Self {
            tags: mentioned.tags,
            lines: our_lines(text.unwrap_or(""), key),
            numbers: mentioned.hints,
            subject: bare(subject, key).as_str().to_owned(),
        }
    }

    /// All of them: what is to be looked up.
    pub(in crate::desk) fn all(&self) -> impl Iterator<Item = TicketNumber> {
        let numbers = self.numbers.iter().map(|hint| hint.number);
        let tags = self.tags.iter().chain(&self.lines);
        tags.copied().chain(numbers)
    }

    /// The numbers in the subject without check letters.
    pub(super) fn numbers(&self) -> impl Iterator<Item = TicketNumber> {
        self.numbers.iter().map(|hint| hint.number)
    }

    /// Whether that number is meant to be this ticket's: with its prefix, or, as `№ 1042` may be an invoice, in a
    /// subject that is otherwise the ticket's or nothing.
    pub(super) fn means(&self, ticket: &Ticket) -> bool {
        let mut meant = self
            .numbers
            .iter()
            .filter(|one| one.number == ticket.number);
        meant.any(|hint| hint.has_prefix(&ticket.prefix) || self.is_about(ticket))
    }

    fn is_about(&self, ticket: &Ticket) -> bool {
        let number = ticket.number.to_string();
        let rest = self.subject.replace(&number, " ");
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
        rest.is_empty() || near_subject(rest, ticket.subject.as_str())
    }
}

/// The tags in lines of ours; none where they name several tickets, since then they are about something else.
fn our_lines(text: &str, key: &Key) -> Vec<TicketNumber> {
    let mut found: Vec<TicketNumber> = Vec::new();
    for line in text.lines() {
        let Some((before, tag)) = line.split_once('[') else {
            continue;
        };
        let before = before.trim_end().to_lowercase();
        if !OUR_WORDS.iter().any(|word| before.ends_with(word)) {
            continue;
        }
        for number in tags_in(&format!("[{tag}"), key) {
            if !found.contains(&number) {
                found.push(number);
            }
        }
        if found.len() > BODY_MAX {
            break;
        }
    }
    found.truncate(BODY_MAX);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixture::{KEY, mail};

    /// A mail with that subject and text, in which `{7}` stands for the tag of ticket 7.
    fn of(subject: &str, text: &str) -> InWords {
        let with_tags = |words: &str| {
            [7, 8, 1042].iter().fold(words.to_owned(), |words, number| {
                let tag = KEY.tag("IT", TicketNumber(*number));
                words.replace(&format!("{{{number}}}"), &tag)
            })
        };
        let mut arrival = mail(1, "olga@customers.test", &with_tags(text));
        arrival.reading.message.subject = Some(with_tags(subject));
        InWords::of(&arrival, &KEY)
    }

    #[track_caller]
    fn check_lines(text: &str, expected: &[i64]) {
        let found = of("x", text).lines;
        let found: Vec<i64> = found.iter().map(|number| number.0).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn only_our_own_line_names_a_ticket_in_a_text() {
        check_lines("Да.\n> -- \n> Обращение {7}.", &[7]);
        check_lines("ИТ-поддержка, it@uni.test. Обращение {7}.", &[7]);
        check_lines("| Request {7}.\n", &[7]);
        check_lines(">>Request {7}.\n> Request {7}.", &[7]);
        check_lines("> Обращение {7}.\n> Обращение {8}.", &[7, 8]);
        // Somebody's remark, another's tag, no tag at all.
        check_lines("Как в {7}, опять не печатает.", &[]);
        check_lines("> Тема: {7} Принтер", &[]);
        check_lines("Обращение [IT-7-0000].", &[]);
        check_lines("Обращение IT-7.", &[]);
    }

    #[test]
    fn a_forwarded_letter_is_written_about() {
        let mut arrival = mail(
            1,
            "olga@customers.test",
            &format!("Обращение {}.", KEY.tag("IT", TicketNumber(7))),
        );
        assert_eq!(InWords::of(&arrival, &KEY).lines, [TicketNumber(7)]);
        arrival.reading.message.forwarded = Some(Box::default()).map(|b: Box<_>| *b);
        assert_eq!(InWords::of(&arrival, &KEY).lines, []);
    }
}
