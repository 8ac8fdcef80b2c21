//! Words that act. A command counts only alone on its line, or after `#`, which it needs before an argument; a note
//! begins with its colon (DOMAIN, decision 3). Only the new text of a mail is looked at, never a quote or a signature.

mod form;
mod line;
mod plan;
mod queue_words;
pub(super) mod score;
mod slip;
mod table;
mod verb;
pub mod when;
mod wish;
mod words;

pub use form::{Form, Group, Takes};
pub use verb::Verb;
pub use wish::{Asked, Wish, read_wish};

pub(super) use line::folded;
pub(super) use queue_words::{
    LIMIT_MAX, as_ordered, as_taken_back, limit_in, method_choices, method_named, taken_back,
};
pub(super) use slip::is_slip_of;

use line::{Line, is_nearly_note};
use words::{HELPED, MINE, NO, NOT_MINE, STOP, THANKS, THANKS_CORE, YES};

use super::{permission::Act, subject::mentions, token::Key};
use crate::model::{ids::TicketNumber, language::Language};

/// Something an agent asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// What.
    pub verb: Verb,
    /// What stands behind it; empty where nothing does.
    pub argument: String,
    /// The line as written.
    pub written: String,
}

/// A line that was meant to be a command and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The line as written, its beginning.
    pub written: String,
    /// The command that was perhaps meant.
    pub near: Option<Verb>,
}

/// What a requester may say to a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OneWord {
    /// `да`, thanks: all is well.
    Confirmed,
    /// 1 to 5: all is well, and this is how well.
    Rated(u8),
    /// `нет`: it is not.
    Returned,
}

impl OneWord {
    /// What whoever says it must be allowed to do.
    #[must_use]
    pub const fn act(self) -> Act {
        match self {
            Self::Confirmed => Act::Confirm,
            Self::Rated(_) => Act::Rate,
            Self::Returned => Act::Return,
        }
    }

    /// The name in buttons.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "yes",
            Self::Returned => "no",
            Self::Rated(1) => "rate_1",
            Self::Rated(2) => "rate_2",
            Self::Rated(3) => "rate_3",
            Self::Rated(4) => "rate_4",
            Self::Rated(_) => "rate_5",
        }
    }

    /// How it is said, in that language.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Confirmed, Language::Ru) => "да",
            (Self::Confirmed, Language::En) => "yes",
            (Self::Returned, Language::Ru) => "нет",
            (Self::Returned, Language::En) => "no",
            (Self::Rated(1), _) => "1",
            (Self::Rated(2), _) => "2",
            (Self::Rated(3), _) => "3",
            (Self::Rated(4), _) => "4",
            (Self::Rated(_), _) => "5",
        }
    }
}

/// What a requester's whole new text says of a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict<'t> {
    /// The word or digit.
    pub word: OneWord,
    /// What stands below a digit; empty where nothing does.
    pub comment: &'t str,
}

/// An agent's mail, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentMail {
    /// The commands, in order, each once.
    pub commands: Vec<Command>,
    /// Lines that were meant to be commands and are none.
    pub unknown: Vec<Unknown>,
    /// What the requester is to read.
    pub answer: String,
    /// What only agents may read.
    pub note: Option<String>,
    /// The first line nearly says *note*: nothing of this may go out before the agent has said what was meant.
    pub maybe_note: bool,
}

impl AgentMail {
    /// The words that stand behind verbs, and all others but notes.
    #[must_use]
    pub fn apart(&self) -> (String, String) {
        let takes_text = |command: &&Command| command.verb.form().takes == Takes::Text;
        let spoken = self.commands.iter().filter(takes_text);
        let spoken: Vec<&str> = spoken.map(|command| command.argument.as_str()).collect();
        let lines = self.answer.lines().map(str::to_owned);
        let (said, others): (Vec<String>, Vec<String>) =
            lines.partition(|line| !line.is_empty() && spoken.contains(&line.as_str()));
        (joined(&said), joined(&others))
    }
}

/// Takes an agent's new text apart.
#[must_use]
pub fn read_agent_mail(text: &str) -> AgentMail {
    let mut mail = AgentMail::default();
    let mut answer: Vec<String> = Vec::new();
    let mut note: Option<Vec<String>> = None;
    let mut is_first = true;
    for line in text.lines() {
        match line::read(line) {
            Line::Note(rest) => note.get_or_insert_default().push(rest.to_owned()),
            Line::Command(command) => {
                if command.verb.form().takes == Takes::Text && !command.argument.is_empty() {
                    answer.push(command.argument.clone());
                }
                // Where its text is to stand.
                if command.verb == Verb::Answer {
                    answer.push(command.written.clone());
                }
                let is_known = |other: &Command| {
                    other.verb == command.verb && other.argument == command.argument
                };
                if !mail.commands.iter().any(is_known) {
                    mail.commands.push(command);
                }
            }
            Line::Unknown(unknown) => mail.unknown.push(unknown),
            Line::Words => {
                mail.maybe_note |= is_first && is_nearly_note(&folded(line));
                note.as_mut().unwrap_or(&mut answer).push(line.to_owned());
            }
        }
        is_first &= line.trim().is_empty();
    }
    mail.answer = joined(&answer);
    mail.note = note.map(|note| joined(&note));
    mail
}

/// The ticket that an argument names: by its tag, by prefix and number, or by the number alone.
#[must_use]
pub fn ticket_named(words: &str, key: &Key) -> Option<TicketNumber> {
    let named = mentions(words, key);
    let hints = named.hints.iter().map(|hint| hint.number);
    let digits = words.trim().trim_start_matches(['#', '№']).trim();
    let mut all = named.tags.iter().copied().chain(hints);
    all.next().or_else(|| digits.parse().ok().map(TicketNumber))
}

/// What the requester says to a resolution, if the whole new text says only that.
#[must_use]
pub fn read_one_word(text: &str) -> Option<OneWord> {
    let words = folded(text);
    let is_question = text.contains('?');
    if let Ok(score @ 1..=5) = words.parse::<u8>() {
        return Some(OneWord::Rated(score));
    }
    if is_question {
        return None;
    }
    if YES.contains(&words.as_str()) {
        return Some(OneWord::Confirmed);
    }
    if NO.contains(&words.as_str()) {
        return Some(OneWord::Returned);
    }
    is_pure_thanks(&words).then_some(OneWord::Confirmed)
}

/// The same, and a digit alone on the first line with a comment below. Whatever asks something is no verdict: it is to
/// be read as words.
#[must_use]
pub fn read_verdict(text: &str) -> Option<Verdict<'_>> {
    let text = text.trim();
    if let Some(word) = read_one_word(text) {
        return Some(Verdict { word, comment: "" });
    }
    let (first, comment) = text.split_once('\n')?;
    match read_one_word(first) {
        Some(word @ OneWord::Rated(_)) if !text.contains('?') => Some(Verdict {
            word,
            comment: comment.trim(),
        }),
        Some(OneWord::Rated(_) | OneWord::Confirmed | OneWord::Returned) | None => None,
    }
}

/// Whether the whole new text is thanks and nothing else.
#[must_use]
pub fn is_thanks(text: &str) -> bool {
    !text.contains('?') && is_pure_thanks(&folded(text))
}

/// The name in buttons of what [`is_helped`] reads.
pub(super) const HELPED_CODE: &str = "helped";

/// How it is said, in that language.
pub(super) const fn helped_word(language: Language) -> &'static str {
    match language {
        Language::Ru => "это помогло",
        Language::En => "that solved it",
    }
}

/// Whether the whole new text says that what an acknowledgement has shown was the answer.
#[must_use]
pub fn is_helped(text: &str) -> bool {
    let words = folded(text).replace(',', "");
    !text.contains('?') && HELPED.contains(&words.as_str())
}

/// Whether the whole new text asks for no more mail.
#[must_use]
pub fn is_stop(text: &str) -> bool {
    let words = folded(text);
    let word = words.strip_prefix('#').map_or(&*words, str::trim_start);
    STOP.contains(&word)
}

/// What is said to the question whether mails are one's own: the whole new text, and nothing that could be anything else.
#[must_use]
pub fn read_yes_no(text: &str) -> Option<bool> {
    let words = folded(text).replace(',', "");
    if MINE.contains(&words.as_str()) {
        return Some(true);
    }
    NOT_MINE.contains(&words.as_str()).then_some(false)
}

/// Thanks and nothing else, in at most six words.
fn is_pure_thanks(words: &str) -> bool {
    let all: Vec<&str> = words
        .split([' ', ',', '!', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    all.len() <= 6
        && all.iter().any(|word| THANKS_CORE.contains(word))
        && all
            .iter()
            .all(|word| THANKS.contains(word) || YES.contains(word))
}

fn joined(lines: &[String]) -> String {
    lines.join("\n").trim_matches('\n').trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, commands: &[Verb], answer: &str, note: Option<&str>) {
        let mail = read_agent_mail(text);
        let verbs: Vec<Verb> = mail.commands.iter().map(|command| command.verb).collect();
        assert_eq!(verbs, commands, "{text}");
        assert_eq!(
            (mail.answer.as_str(), mail.note.as_deref(), mail.maybe_note),
            (answer, note, false),
            "{text}"
        );
        assert_eq!(mail.unknown, [], "{text}");
    }

    #[test]
    fn a_command_counts_only_alone_on_its_line() {
        check("взять", &[Verb::Take], "", None);
        check(
            "Взять.\n\nСейчас посмотрю.",
            &[Verb::Take],
            "Сейчас посмотрю.",
            None,
        );
        check(
            "Заменили картридж.\nрешено",
            &[Verb::Done],
            "Заменили картридж.",
            None,
        );
        check(
            "#done\nToner replaced.",
            &[Verb::Done],
            "Toner replaced.",
            None,
        );
        // Said twice in two words, it is still meant once.
        check("Готово.\nрешено", &[Verb::Done], "", None);
        check("Добавить", &[Verb::Add], "", None);
        check("add Olga@Uni.test", &[Verb::Add], "", None);
        check("добавить бумагу", &[], "добавить бумагу", None);
        check("Нужно взять справку", &[], "Нужно взять справку", None);
        check("It is done by Monday", &[], "It is done by Monday", None);
    }

    #[test]
    fn a_note_stays_inside() {
        check("заметка: он уже писал", &[], "", Some("он уже писал"));
        check(
            "Note: call the vendor\nand ask Anna",
            &[],
            "",
            Some("call the vendor\nand ask Anna"),
        );
        check("#заметка: раз", &[], "", Some("раз"));
        check(
            "Ответ заявителю.\nзаметка: своим",
            &[],
            "Ответ заявителю.",
            Some("своим"),
        );
        check(
            "Заметка про принтер: он сломан",
            &[],
            "Заметка про принтер: он сломан",
            None,
        );
    }

    #[test]
    fn a_first_line_that_nearly_says_note_is_held() {
        for text in [
            "зметка: он грубит",
            "заметка\nон грубит",
            "замекта: он",
            "not: he is rude\n",
            "Заметка; он грубит",
        ] {
            let held = read_agent_mail(text).maybe_note;
            assert_eq!(held, !text.starts_with("not:"), "{text}");
        }
        assert!(read_agent_mail("note he").commands.is_empty());
        assert!(read_agent_mail("notes: he").maybe_note);
    }

    #[track_caller]
    fn asks(text: &str, verb: Verb, argument: &str) {
        let mail = read_agent_mail(text);
        let said = mail.commands.first().expect(text);
        assert_eq!(
            (said.verb, said.argument.as_str()),
            (verb, argument),
            "{text}"
        );
    }

    #[test]
    fn an_argument_needs_a_hash() {
        asks("#назначить Анна Петрова", Verb::Assign, "Анна Петрова");
        asks(" #assign: anna", Verb::Assign, "anna");
        asks("#Убрать Ivan@Uni.test", Verb::Remove, "Ivan@Uni.test");
        check("назначить anna", &[], "назначить anna", None);
        check("назначить", &[], "назначить", None);
        let mail = read_agent_mail(
            "#решено Заменили картридж.
Удачи!",
        );
        assert_eq!(
            mail.answer,
            "Заменили картридж.
Удачи!"
        );
    }

    #[test]
    fn ordinary_words_are_no_commands() {
        for prose in [
            "Жду вас завтра с паспортом",
            "Решено перенести на среду.",
            "Готова.",
            "2",
            "Добавить бумагу?",
            "Справка:",
            "Справка",
            "Take care",
            "None",
            "#1042 is a number",
            "Взять можно в 12 кабинете",
        ] {
            check(prose, &[], prose, None);
        }
    }

    #[test]
    fn a_slip_is_no_command_and_no_words() {
        for (text, near) in [
            ("#решенно", Some(Verb::Done)),
            ("решенно", Some(Verb::Done)),
            ("Взтяь.", Some(Verb::Take)),
            ("#взять пожалуйста", Some(Verb::Take)),
            ("#пожарить", None),
        ] {
            let mail = read_agent_mail(&format!("{text}\nВсё"));
            let unknown = Unknown {
                written: text.to_owned(),
                near,
            };
            assert_eq!(mail.unknown, [unknown], "{text}");
            assert_eq!(mail.answer, "Всё", "{text}");
        }
    }

    #[test]
    fn what_contradicts_is_found() {
        let mail = read_agent_mail("взять\n#назначить boris\nготово\nвзять\nполностью");
        assert_eq!(mail.commands.len(), 4, "the same twice is once");
        let against: Vec<usize> = mail
            .commands
            .iter()
            .map(|command| mail.against(command).count())
            .collect();
        assert_eq!(against, [1, 1, 0, 0]);
    }

    #[track_caller]
    fn says(text: &str, verdict: Option<OneWord>) {
        assert_eq!(read_one_word(text), verdict, "{text}");
    }

    #[test]
    fn a_requester_answers_with_one_word() {
        says("Да", Some(OneWord::Confirmed));
        says("yes!", Some(OneWord::Confirmed));
        says("5", Some(OneWord::Rated(5)));
        says("6", None);
        says("нет", Some(OneWord::Returned));
        says("Спасибо большое за помощь!", Some(OneWord::Confirmed));
        says("Thank you very much", Some(OneWord::Confirmed));
        says("Спасибо, но не печатает", None);
        says("Да?", None);
        says("Да, но второй принтер тоже сломался", None);
        says("", None);
    }

    #[test]
    fn a_digit_may_have_a_comment_below() {
        for (text, score, comment) in [
            ("4", Some(4), ""),
            ("4\nно долго", Some(4), "но долго"),
            (
                "5!\n\nВсё отлично.\nСпасибо!",
                Some(5),
                "Всё отлично.\nСпасибо!",
            ),
            ("2.\nTook too long.", Some(2), "Took too long."),
            // Prose, and what asks something, is read as words.
            ("4 но долго", None, ""),
            ("2 копии, пожалуйста", None, ""),
            ("2\nА когда привезут третий?", None, ""),
            ("6\nлучше всех", None, ""),
            ("да\nно принтер опять молчит", None, ""),
            ("нет\nвсё хорошо", None, ""),
            ("Жду вас завтра с паспортом", None, ""),
            ("Решено перенести", None, ""),
        ] {
            let read = read_verdict(text);
            let said = read.and_then(|verdict| match verdict.word {
                OneWord::Rated(score) => Some(score),
                OneWord::Confirmed | OneWord::Returned => None,
            });
            let below = read.map_or("", |verdict| verdict.comment);
            assert_eq!((said, below), (score, comment), "{text}");
            assert_eq!(read.is_some(), score.is_some(), "{text}");
        }
    }

    #[test]
    fn thanks_are_thanks_alone() {
        for text in [
            "Спасибо!",
            "большое спасибо за помощь",
            "Thank you very much.",
            "ок, спасибо",
        ] {
            assert!(is_thanks(text), "{text}");
        }
        for text in [
            "да",
            "ок",
            "Спасибо, а когда?",
            "Спасибо, но не работает",
            "",
        ] {
            assert!(!is_thanks(text), "{text}");
        }
    }
}
