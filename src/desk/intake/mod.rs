//! What the site says of mail before anybody reads it: which machines may ask for something, which mail is spam by the
//! judgement of the site's own filter, which files nobody is to be sent.

mod files;

use super::{
    arrival::{Again, Arrival, Automatic},
    policy::{AsksFor, IntakePolicy, MailboxPolicy, Says, SpamMark},
    reason::Reason,
};
use crate::model::{
    address::{Address, NamedAddress},
    message::IncomingMessage,
};

/// The configured machine that wrote this mail, and for whom.
#[must_use]
pub fn automatic(mail: &IncomingMessage, mailbox: &MailboxPolicy) -> Option<Automatic> {
    let from = mail.from.as_ref()?.parsed()?;
    let sender = mailbox.automatic.iter().find(|one| one.address == from)?;
    let requester = match &sender.requester {
        AsksFor::Itself => None,
        AsksFor::ReplyTo => mail.reply_to.first().cloned(),
        AsksFor::Field(name) => in_field(mail.text.as_deref().unwrap_or(""), name),
    };
    let requester = requester.filter(|named| named.parsed().is_some_and(|who| who != from));
    Some(Automatic { requester })
}

/// The address in the first line `Name: ...`; a form may decorate the name and write words around the address.
fn in_field(text: &str, name: &str) -> Option<NamedAddress> {
    let name = name.trim().to_lowercase();
    text.lines().take(FIELD_LINES_MAX).find_map(|line| {
        let (field, value) = line.split_once([':', '：'])?;
        let field = field.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
        if field.to_lowercase() != name {
            return None;
        }
        let mut words = value.split(|c: char| c.is_whitespace() || "<>\"()[]«»,;".contains(c));
        let address =
            words.find_map(|word| Address::parse(word.trim_start_matches("mailto:")).ok())?;
        Some(NamedAddress::new("", &address))
    })
}

/// How many lines of a form are looked at.
const FIELD_LINES_MAX: usize = 500;

/// The field by which the site's filter calls a mail spam, as `name: value`. `values` gives those of a header field.
#[must_use]
pub fn spam_mark(marks: &[SpamMark], values: impl Fn(&str) -> Vec<String>) -> Option<String> {
    marks.iter().find_map(|mark| {
        let found = values(&mark.header);
        let value = found.iter().find(|value| mark.says.is_said(value))?;
        let short: String = value.chars().take(SHOWN_MAX).collect();
        Some(format!("{}: {short}", mark.header))
    })
}

/// How much of such a field is shown.
const SHOWN_MAX: usize = 80;

impl Says {
    fn is_said(&self, value: &str) -> bool {
        let value = value.trim().to_lowercase();
        match self {
            Self::Value(wanted) => {
                let wanted = wanted.to_lowercase();
                let first = value
                    .split(|c: char| c.is_whitespace() || ",;".contains(c))
                    .next();
                value == wanted || first == Some(wanted.as_str())
            }
            Self::Contains(wanted) => value.contains(&wanted.to_lowercase()),
            Self::AtLeast(least) => number_in(&value).is_some_and(|number| number >= *least),
        }
    }
}

/// The whole number that a value begins with, perhaps behind words: `5`, `5.7`, `score=12`.
fn number_in(value: &str) -> Option<i64> {
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let is_negative = value
        .get(..start)
        .is_some_and(|before| before.ends_with('-'));
    let digits = value.get(start..)?;
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let number: i64 = digits.get(..end)?.parse().ok()?;
    Some(if is_negative {
        number.saturating_neg()
    } else {
        number
    })
}

/// Why this mail is not taken, and by what: kept apart until the administrator says what becomes of it. What was shown
/// to people before is only looked at for what is known by now and was not then.
#[must_use]
pub fn kept_apart(arrival: &Arrival, policy: &IntakePolicy) -> Option<(Reason, String)> {
    if arrival.again == Some(Again::Released) {
        return None;
    }
    if let Some(virus) = &arrival.virus {
        return Some((Reason::Virus, virus.clone()));
    }
    if arrival.again.is_some() {
        return None;
    }
    if let Some(mark) = &arrival.spam_mark {
        return Some((Reason::Spam, mark.clone()));
    }
    let files = &arrival.reading.message.attachments;
    let mut refused = files
        .iter()
        .filter_map(|file| files::refused(file, &policy.refuse_files));
    Some((Reason::FileRefused, refused.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{
        fixture::{address, mail, policy},
        policy::AutomaticSender,
    };

    #[track_caller]
    fn check_mark(says: Says, value: &str, expected: bool) {
        let mark = SpamMark {
            header: "X-Spam".to_owned(),
            says,
        };
        let values = |name: &str| match name {
            "X-Spam" => vec!["first".to_owned(), value.to_owned()],
            _ => Vec::new(),
        };
        let found = spam_mark(std::slice::from_ref(&mark), values);
        assert_eq!(found.is_some(), expected, "{mark:?} {value}");
    }

    #[test]
    fn what_filters_write() {
        let value = |words: &str| Says::Value(words.to_owned());
        check_mark(value("YES"), "YES", true);
        check_mark(value("yes"), " Yes, score=12.1 required=5 ", true);
        check_mark(value("YES"), "no", false);
        check_mark(value("YES"), "yesterday", false);
        check_mark(
            Says::Contains("SFV:SPM".to_owned()),
            "CIP:1.2.3.4;sfv:spm;SCL:5",
            true,
        );
        check_mark(
            Says::Contains("SFV:SPM".to_owned()),
            "CIP:1.2.3.4;SFV:NSPM",
            false,
        );
        check_mark(Says::AtLeast(5), "5", true);
        check_mark(Says::AtLeast(5), "6.2", true);
        check_mark(Says::AtLeast(5), "4.9", false);
        check_mark(Says::AtLeast(5), "score=12", true);
        check_mark(Says::AtLeast(5), "-9", false);
        check_mark(Says::AtLeast(5), "none", false);
    }

    #[track_caller]
    fn check_requester(requester: AsksFor, text: &str, expected: Option<&str>) {
        let mut mailbox = policy().mailboxes.remove(&"it".into()).expect("a mailbox");
        mailbox.automatic.push(AutomaticSender {
            address: address("form@uni.test"),
            requester,
        });
        let mut arrival = mail(1, "form@uni.test", text);
        arrival.reading.message.reply_to =
            vec![NamedAddress::new("", &address("olga@mail.example"))];
        let found = automatic(&arrival.reading.message, &mailbox).expect("it is named");
        let found = found.requester.map(|named| named.address);
        assert_eq!(found.as_deref(), expected, "{text}");
        let other = mail(1, "olga@uni.test", text);
        assert_eq!(automatic(&other.reading.message, &mailbox), None);
    }

    #[test]
    fn for_whom_a_machine_asks() {
        check_requester(AsksFor::Itself, "", None);
        check_requester(AsksFor::ReplyTo, "", Some("olga@mail.example"));
        let field = || AsksFor::Field("Почта".to_owned());
        check_requester(
            field(),
            "Имя: Ольга\nПочта: olga@uni.test\n",
            Some("olga@uni.test"),
        );
        check_requester(
            field(),
            "*почта*:\u{a0}Ольга <olga@uni.test>",
            Some("olga@uni.test"),
        );
        check_requester(field(), "Почта: нет", None);
        check_requester(field(), "Почта: form@uni.test", None);
        check_requester(field(), "Почта кафедры: olga@uni.test", None);
    }
}
