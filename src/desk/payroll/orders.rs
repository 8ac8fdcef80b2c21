//! What a head says to a draft: a line an order.

use crate::{
    desk::command::{folded, ticket_named},
    desk::token::Key,
    model::{ids::TicketNumber, scoring::KNOWN},
};

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ordered {
    /// The draft is right.
    Approve(Which),
    /// The accountants are sent their file once more.
    Resend,
    /// Why an indicator is what it is.
    Explain {
        /// Which, by its code: `SLA_STD`.
        figure: String,
        /// Why.
        why: String,
    },
    /// A request counts otherwise.
    Correct {
        /// Which request.
        ticket: TicketNumber,
        /// What is to become of it.
        how: Asked,
        /// Why.
        why: String,
    },
}

/// Of which parts of a draft that is said: a deputy may decide on those of several heads, and has a letter about each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Nothing is said of it: one's own.
    Own,
    /// All of them.
    All,
    /// Whichever has that queue, as somebody wrote it.
    Of(String),
}

/// What is to become of a request, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// It does not count.
    Exclude,
    /// It is somebody else's.
    Attribute(String),
    /// That it was late does not count.
    Excuse,
    /// It is of another class.
    Class(String),
    /// It counts as if nothing had been corrected.
    Restore,
}

/// Whether words ask for a file once more. They are folded.
#[must_use]
pub fn asks_again(words: &str) -> bool {
    matches!(
        words,
        "прислать"
            | "пришлите"
            | "прислать ещё раз"
            | "прислать еще раз"
            | "resend"
            | "send again"
    )
}

/// What is missing in a line that begins like an order, as a code.
pub type Unclear = &'static str;

/// No mail orders more.
const LINES_MAX: usize = 200;

/// The orders among these words, each with its line.
#[must_use]
pub fn orders_in(words: &str, key: &Key) -> Vec<(String, Result<Ordered, Unclear>)> {
    let lines = words.lines().take(LINES_MAX).map(str::trim);
    let read = |line: &str| Some((line.to_owned(), order_in(line, key)?));
    lines.filter_map(read).collect()
}

/// Of which parts these words say that they are right. They are folded.
fn approved(words: &str) -> Option<Which> {
    let (verb, which) = words.split_once(' ').unwrap_or((words, ""));
    let approves = matches!(
        verb,
        "утвердить" | "утверждаю" | "утверждено" | "approve" | "approved"
    );
    match which.trim() {
        _ if !approves => None,
        "" => Some(Which::Own),
        "всё" | "все" | "all" => Some(Which::All),
        queue if queue.contains(' ') => None,
        queue => Some(Which::Of(queue.to_owned())),
    }
}

/// Whether these words say that all or a part is right. They are folded.
#[must_use]
pub fn is_approval(words: &str) -> bool {
    approved(words).is_some()
}

/// What is less is a number of days or of mails, and names no request.
const FIRST_TICKET: i64 = 1000;

fn order_in(line: &str, key: &Key) -> Option<Result<Ordered, Unclear>> {
    let line = line.trim_start_matches('#');
    let whole = folded(line);
    if let Some(which) = approved(&whole) {
        return Some(Ok(Ordered::Approve(which)));
    }
    if asks_again(&whole) {
        return Some(Ok(Ordered::Resend));
    }
    let mut parts = line.splitn(3, char::is_whitespace);
    let verb = folded(parts.next()?);
    let named = parts.next();
    let ticket = named.and_then(|named| ticket_named(named.trim_end_matches([',', ';']), key));
    let rest = parts.next().unwrap_or_default().trim();
    if matches!(verb.as_str(), "причина" | "reason") {
        return explained(named?, rest);
    }
    let named = |how: fn(String) -> Asked| match rest.split_once(char::is_whitespace) {
        Some((name, why)) => (how(name.trim_start_matches('@').to_owned()), why.trim()),
        None => (how(rest.trim_start_matches('@').to_owned()), ""),
    };
    let (how, why) = match verb.as_str() {
        "исключить" | "exclude" => (Asked::Exclude, rest),
        "простить" | "excuse" => (Asked::Excuse, rest),
        "вернуть" | "restore" => (Asked::Restore, rest),
        "класс" | "class" => named(Asked::Class),
        // A plain word: without a request behind it it is part of a sentence.
        "за" | "credit" if ticket.is_some() => named(Asked::Attribute),
        _ => return None,
    };
    let Some(ticket) = ticket else {
        return Some(Err("no_ticket"));
    };
    if names_another(why, key) {
        return Some(Err("two_tickets"));
    }
    // A reason is a word at least.
    if !why.chars().any(char::is_alphabetic) {
        return Some(Err("no_reason"));
    }
    Some(Ok(Ordered::Correct {
        ticket,
        how,
        why: why.to_owned(),
    }))
}

/// Whether a reason begins with one more request: *1042 1043 a drill*, *1042 and 1043 a drill*. Each is a line of its own.
fn names_another(why: &str, key: &Key) -> bool {
    let mut words = why.split_whitespace();
    let joins = |word: &&str| {
        matches!(
            folded(word).as_str(),
            "" | "и" | "and" | "," | "+" | "&" | "или" | "or" | "-" | "–" | "—"
        )
    };
    let first = words.by_ref().find(|word| !joins(word)).unwrap_or_default();
    let first = first.trim_start_matches([',', '+', '&', '-', '–', '—']);
    let first = first.trim_end_matches([',', '.', ';', ':']);
    let named = ticket_named(first, key);
    named.is_some_and(|number| number.0 >= FIRST_TICKET)
}

/// `SLA_STD сервер стоял два дня`. Without a code it is a sentence.
fn explained(code: &str, why: &str) -> Option<Result<Ordered, Unclear>> {
    let is_of_code =
        |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
    let code = code.trim_end_matches(':');
    // Codes that everybody knows may be written small; what else is small is a word of a sentence.
    let known = KNOWN.iter().map(|known| known.code);
    let known = known
        .chain(["NPS"])
        .find(|own| own.eq_ignore_ascii_case(code));
    let code = known.unwrap_or(code);
    let begins = code.starts_with(|letter: char| letter.is_ascii_uppercase());
    if !begins || !code.chars().all(is_of_code) {
        return None;
    }
    if !why.chars().any(char::is_alphabetic) {
        return Some(Err("no_reason"));
    }
    Some(Ok(Ordered::Explain {
        figure: code.to_owned(),
        why: why.to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<Result<Ordered, Unclear>>) {
        assert_eq!(order_in(line, &Key::new([7; 32])), expected, "{line}");
    }

    fn correct(how: Asked, why: &str) -> Option<Result<Ordered, Unclear>> {
        Some(Ok(Ordered::Correct {
            ticket: TicketNumber(1042),
            how,
            why: why.to_owned(),
        }))
    }

    #[test]
    fn what_a_head_may_say() {
        check("Утверждаю.", Some(Ok(Ordered::Approve(Which::Own))));
        check("#approve", Some(Ok(Ordered::Approve(Which::Own))));
        check("Утвердить всё", Some(Ok(Ordered::Approve(Which::All))));
        let it = Which::Of("it".to_owned());
        check("Утвердить IT", Some(Ok(Ordered::Approve(it))));
        check("#прислать", Some(Ok(Ordered::Resend)));
        check("Resend.", Some(Ok(Ordered::Resend)));
        check("Прислать файл Борису", None);
        check("Утверждаю, но не всё", None);
        check("исключить 1042 учения", correct(Asked::Exclude, "учения"));
        check("#exclude №1042 a drill", correct(Asked::Exclude, "a drill"));
        check(
            "за 1042 @anna она и решила",
            correct(Asked::Attribute("anna".to_owned()), "она и решила"),
        );
        check(
            "класс 1042 срочный авария у провайдера",
            correct(Asked::Class("срочный".to_owned()), "авария у провайдера"),
        );
        check(
            "простить 1042 не было света",
            correct(Asked::Excuse, "не было света"),
        );
        check(
            "restore 1042 my mistake",
            correct(Asked::Restore, "my mistake"),
        );
    }

    #[test]
    fn why_an_indicator_is_what_it_is() {
        let explain = |why: &str| {
            Some(Ok(Ordered::Explain {
                figure: "SLA_STD".to_owned(),
                why: why.to_owned(),
            }))
        };
        check("причина SLA_STD: стоял сервер", explain("стоял сервер"));
        check(
            "#reason SLA_STD a server was down",
            explain("a server was down"),
        );
        check("причина sla_std стоял сервер", explain("стоял сервер"));
        check("reason the server was down", None);
    }

    #[test]
    fn what_is_missing_is_said() {
        check("исключить 1042", Some(Err("no_reason")));
        check("за 1042 @anna", Some(Err("no_reason")));
        check("исключить это", Some(Err("no_ticket")));
        check("причина SLA_STD", Some(Err("no_reason")));
        for two in [
            "исключить 1042 1043 учения",
            "исключить 1042 и 1043 учения",
            "простить 1042, №1043 не было света",
            "exclude 1042 and #1043 a drill",
            "за 1042 @anna 1043 она и решила",
            "вернуть 1042 — 1045 ошиблась",
        ] {
            check(two, Some(Err("two_tickets")));
        }
        check(
            "простить 1042 2 дня не было света",
            correct(Asked::Excuse, "2 дня не было света"),
        );
        check("Причина в том, что стоял сервер", None);
        check("За работу спасибо", None);
        check("Всё верно", None);
    }
}
