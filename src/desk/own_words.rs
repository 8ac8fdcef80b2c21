//! What an agent has written, and nothing of what they were sent. A requester's mail that seems to hold nothing new is
//! kept whole; an agent's never is: the whole would be the card, with colleagues' notes in it.

use super::arrival::Arrival;
use crate::model::boundary::is_boundary;

/// An agent's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OwnWords {
    /// These, and nobody else's among them.
    Clear(String),
    /// None: only a quote came back, perhaps with files.
    None,
    /// Some stand within or below the quoted card; which, nobody can say for sure.
    Unclear,
    /// Nothing in it could be told apart: it was read the plain way.
    NotRead,
    /// A whole mail is attached: some programs attach what they answer, and that is the card.
    MailAttached,
}

/// The words of an agent's mail that may leave the house.
pub(super) fn own_words(arrival: &Arrival) -> OwnWords {
    if arrival.is_read_plainly() {
        return OwnWords::NotRead;
    }
    let reply = arrival.new_text();
    let whole = arrival.reading.message.text.as_deref().unwrap_or("");
    let files = &arrival.reading.message.attachments;
    if files
        .iter()
        .any(|file| file.media_type.starts_with("message/"))
    {
        return OwnWords::MailAttached;
    }
    if is_written_below(whole) && !is_all_below(whole, reply) {
        return OwnWords::Unclear;
    }
    let holds_card = reply.lines().any(is_boundary);
    if holds_card || reply.trim().is_empty() {
        return OwnWords::None;
    }
    // An answer between quoted lines comes with the lines it answers, and those are the card's.
    if reply.lines().any(|line| line.trim_start().starts_with('>')) {
        return OwnWords::Unclear;
    }
    OwnWords::Clear(reply.to_owned())
}

/// Whether lines that are not quoted follow a quoted boundary, other than a signature.
fn is_written_below(text: &str) -> bool {
    let is_quoted = |line: &&str| line.trim_start().starts_with('>');
    let mut lines = text
        .lines()
        .skip_while(|line| !(is_quoted(line) && is_boundary(line)));
    if lines.next().is_none() {
        return false;
    }
    lines
        .take_while(|line| *line != "-- " && *line != "--")
        .any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('>'))
}

/// Whether all that was written stands below the quoted card, as Thunderbird has it at first: the card is quoted line by
/// line to its end, and an empty line comes before the words. A quoted line that some program has broken leaves its rest
/// unmarked, and then nobody can say whose it is.
fn is_all_below(text: &str, reply: &str) -> bool {
    let is_quoted = |line: &&str| line.trim_start().starts_with('>');
    let is_empty = |line: &&str| line.trim().is_empty();
    let lines: Vec<&str> = text
        .lines()
        .skip_while(|line| !(is_quoted(line) && is_boundary(line)))
        .collect();
    let end = lines.iter().rposition(is_quoted).unwrap_or_default();
    let (card, below) = lines.split_at(end);
    // The card's own empty lines may stand without a mark.
    let is_whole = card.iter().all(|line| is_quoted(line) || is_empty(line));
    let is_apart = below.get(1).is_some_and(is_empty);
    let mut written = below
        .iter()
        .skip(1)
        .filter(|line| !is_empty(line))
        .map(|line| line.trim());
    let mut reply = reply.lines().filter(|line| !is_empty(line)).peekable();
    let has_words = reply.peek().is_some();
    is_whole && is_apart && has_words && reply.all(|line| written.next() == Some(line.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::message::{IncomingMessage, Reading};

    #[track_caller]
    fn check(reply: &str, text: &str, expected: &OwnWords) {
        let message = IncomingMessage {
            reply: Some(reply.to_owned()),
            text: Some(text.to_owned()),
            ..IncomingMessage::default()
        };
        let arrival = Arrival {
            raw: crate::model::ids::RawId(1),
            mailbox: "it".into(),
            at: jiff::Timestamp::UNIX_EPOCH,
            again: None,
            automatic: None,
            spam_mark: None,
            virus: None,
            is_line: false,
            reading: Reading {
                message,
                ..Reading::default()
            },
        };
        assert_eq!(own_words(&arrival), *expected, "{text}");
    }

    #[test]
    fn only_what_is_surely_the_agents_goes_out() {
        let quote = "> --- Ответьте выше этой строки ---\n> Заметка: он грубит";
        check(
            "Да.",
            &format!("Да.\n\n{quote}"),
            &OwnWords::Clear("Да.".to_owned()),
        );
        check(
            "Да.",
            &format!("Да.\n\n{quote}\n\n-- \nАнна"),
            &OwnWords::Clear("Да.".to_owned()),
        );
        check(quote, quote, &OwnWords::None);
        check("", "", &OwnWords::None);
        check(
            "Ниже.",
            &format!("Ниже.\n{quote}\nСюда."),
            &OwnWords::Unclear,
        );
        // As Thunderbird has it, and where a line of the card was broken.
        check(
            "Сюда.",
            &format!("ИТ пишет:\n{quote}\n\nСюда.\n\n-- \nАнна"),
            &OwnWords::Clear("Сюда.".to_owned()),
        );
        check(
            "и опаздывает.\n\nСюда.",
            &format!("ИТ пишет:\n{quote}\nи опаздывает.\n\nСюда."),
            &OwnWords::Unclear,
        );
        check(
            "и опаздывает.\nСюда.",
            &format!("ИТ пишет:\n{quote}\nи опаздывает.\n> Срок\n\nСюда."),
            &OwnWords::Unclear,
        );
        check(
            "Выше.",
            &format!("Выше.\n{quote}\n\nНиже."),
            &OwnWords::Unclear,
        );
        check(
            "Ниже.\n> Когда?\nЗавтра.",
            "Ниже.\n> Когда?\nЗавтра.",
            &OwnWords::Unclear,
        );
        let unquoted = "--- Ответьте выше этой строки ---\nКарточка";
        check(
            "Да.",
            &format!("Да.\nОт: ИТ\nТема: x\n{unquoted}"),
            &OwnWords::Clear("Да.".to_owned()),
        );
        check(unquoted, unquoted, &OwnWords::None);
    }
}
