//! What an agent answers to the question whose a mail is: a number of the list, an address, a name, or *mine*.

use super::{NAME_MAX, named};
use crate::model::address::NamedAddress;

/// How it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The person of that number in the list, from 1.
    Number(usize),
    /// Somebody else.
    Named(NamedAddress),
    /// The agent, who asks for themselves.
    Own,
}

const OWN: [&str; 8] = [
    "мне",
    "моё",
    "мое",
    "мой вопрос",
    "от меня",
    "mine",
    "me",
    "my own",
];

/// The answer, where the whole new text is one line that says one thing.
pub(in crate::desk) fn read_answer(text: &str) -> Option<Answer> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (line, None) = (lines.next()?, lines.next()) else {
        return None;
    };
    if line.len() > NAME_MAX || line.contains('?') {
        return None;
    }
    let line = match line.split_once(':') {
        Some((head, value)) if is_from(head) => value.trim(),
        Some(_) | None => line,
    };
    let words = crate::desk::command::folded(line.trim_start_matches('#'));
    if words.is_empty() {
        return None;
    }
    if let Ok(number) = words.trim_end_matches(')').parse() {
        return Some(Answer::Number(number));
    }
    if OWN.contains(&words.as_str()) {
        return Some(Answer::Own);
    }
    let named = named(line.trim_end_matches(['.', '!']));
    (named.name.is_some() || !named.address.is_empty()).then_some(Answer::Named(named))
}

fn is_from(head: &str) -> bool {
    let head = head.trim().trim_start_matches('#').to_lowercase();
    super::FROM.contains(&head.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Answer>) {
        assert_eq!(read_answer(text), expected, "{text}");
    }

    fn somebody(name: Option<&str>, address: &str) -> Option<Answer> {
        Some(Answer::Named(NamedAddress {
            name: name.map(str::to_owned),
            address: address.to_owned(),
        }))
    }

    #[test]
    fn one_line_says_who_it_is() {
        check("2", Some(Answer::Number(2)));
        check("\n1.\n", Some(Answer::Number(1)));
        check("#1", Some(Answer::Number(1)));
        check("Мне.", Some(Answer::Own));
        check("ivanov@uni.test", somebody(None, "ivanov@uni.test"));
        check("От: ivanov@uni.test.", somebody(None, "ivanov@uni.test"));
        check("Иванов Иван", somebody(Some("Иванов Иван"), ""));
        check("Это Иванов?", None);
        check("ivanov@uni.test\nОн звонил.", None);
        check("", None);
    }
}
