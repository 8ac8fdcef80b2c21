//! What is to be explained, however a person writes it.

use regex::Regex;

use crate::model::ids::{MessageId, RawId, TicketNumber};

/// What is to be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    Ticket(TicketNumber),
    Mail(RawId),
    Message(MessageId),
    Directory,
}

/// A ticket's number, bare or as in its tag; a stored mail's number; a Message-ID with or without its brackets, which
/// may also be a person's address; or the people directory.
pub(super) fn parse(words: &str) -> Result<Asked, String> {
    let words = words.trim();
    if ["directory", "справочник"].contains(&words) {
        return Ok(Asked::Directory);
    }
    let number = |digits: &str| digits.parse::<i64>().ok();
    if let Some(raw) = ["#", "mail:"]
        .iter()
        .find_map(|start| words.strip_prefix(start))
        .and_then(number)
    {
        return Ok(Asked::Mail(RawId(raw)));
    }
    let tag = Regex::new(r"^\[?(?:\p{L}[\p{L}\p{N}]{0,7}-)?(\d{1,12})(?:-[\p{L}\p{N}]{4})?\]?$")
        .map_err(|error| error.to_string())?;
    if let Some(number) = tag
        .captures(words)
        .and_then(|found| found.get(1))
        .and_then(|digits| number(digits.as_str()))
    {
        return Ok(Asked::Ticket(TicketNumber(number)));
    }
    let id = words.strip_prefix('<').unwrap_or(words);
    let id = id.strip_suffix('>').unwrap_or(id).trim();
    if id.is_empty() || (id == words && !id.contains('@')) {
        return Err(
            "a Message-ID, a ticket (1042, IT-1042), a stored mail (mail:7), an address or \"directory\" is expected"
                .to_owned(),
        );
    }
    Ok(Asked::Message(MessageId(id.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, asked: Asked) {
        assert_eq!(parse(words), Ok(asked));
    }

    #[test]
    fn people_write_it_in_many_ways() {
        let ticket = || Asked::Ticket(TicketNumber(1042));
        check("1042", ticket());
        check("IT-1042", ticket());
        check("[IT-1042-K7Q4]", ticket());
        check("ИТ-1042-K7Q4", ticket());
        check("#7", Asked::Mail(RawId(7)));
        check("mail:7", Asked::Mail(RawId(7)));
        let id = || Asked::Message(MessageId("a.b@uni.test".to_owned()));
        check("a.b@uni.test", id());
        check(" <a.b@uni.test>", id());
        check("directory", Asked::Directory);
        check("<odd>", Asked::Message(MessageId("odd".to_owned())));
        assert!(parse("printer").is_err());
        assert!(parse("<>").is_err());
    }
}
