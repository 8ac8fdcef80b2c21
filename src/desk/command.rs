//! Words that act. A command counts only alone on its line, or after `#`; a note begins with its colon
//! (DOMAIN, decision 3). Only the new text of a mail is looked at, never a quote or a signature.

use super::permission::Act;

/// What an agent may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Command {
    /// `взять`, `take`: I am responsible.
    Take,
    /// `решено`, `done`: it is done; the text is the resolution.
    Done,
    /// `добавить`, `add`, perhaps with an address: somebody who has written may read along.
    Add,
    /// `полностью`, `full`: I want to read the requester's last mail whole.
    Full,
}

impl Command {
    /// The name stored with a refusal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Done => "done",
            Self::Add => "add",
            Self::Full => "full",
        }
    }

    /// What whoever gives it must be allowed to do.
    #[must_use]
    pub const fn act(self) -> Act {
        match self {
            Self::Take => Act::Take,
            Self::Done => Act::Resolve,
            Self::Add => Act::Change,
            Self::Full => Act::ReadHistory,
        }
    }
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
}

/// An agent's mail, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentMail {
    /// The commands, in order, each with the word as written.
    pub commands: Vec<(Command, String)>,
    /// Words behind `#` that are no command.
    pub unknown: Vec<String>,
    /// What the requester is to read.
    pub answer: String,
    /// What only agents may read.
    pub note: Option<String>,
    /// The first line nearly says *note*: nothing of this may go out before the agent has said what was meant.
    pub maybe_note: bool,
}

const TAKE: &[&str] = &["взять", "беру", "взял", "взяла", "take"];
const DONE: &[&str] = &["решено", "готово", "сделано", "done", "solved", "resolved"];
const ADD: &[&str] = &["добавить", "add"];
const STOP: &[&str] = &["стоп", "stop"];
const FULL: &[&str] = &["полностью", "full"];
const NOTE: &[&str] = &["заметка", "note"];
const YES: &[&str] = &[
    "да",
    "подтверждаю",
    "готово",
    "решено",
    "yes",
    "ok",
    "ок",
    "confirm",
    "confirmed",
];
const MINE: &[&str] = &[
    "да",
    "да это я",
    "да мои",
    "да моё",
    "это я",
    "yes",
    "yes mine",
    "yes it was me",
    "yes it is me",
];
const NOT_MINE: &[&str] = &[
    "нет",
    "нет не я",
    "нет не мои",
    "не я",
    "no",
    "no not me",
    "no not mine",
    "not me",
];
const NO: &[&str] = &[
    "нет",
    "не решено",
    "не работает",
    "no",
    "not solved",
    "not done",
];
const THANKS: &[&str] = &[
    "спасибо",
    "благодарю",
    "спс",
    "thanks",
    "thank",
    "thx",
    "you",
    "большое",
    "огромное",
    "вам",
    "вас",
    "за",
    "помощь",
    "very",
    "much",
    "many",
    "for",
    "your",
    "help",
];
const THANKS_CORE: &[&str] = &["спасибо", "благодарю", "спс", "thanks", "thank", "thx"];

/// Takes an agent's new text apart.
#[must_use]
pub fn read_agent_mail(text: &str) -> AgentMail {
    let mut mail = AgentMail::default();
    let mut answer: Vec<&str> = Vec::new();
    let mut note: Vec<&str> = Vec::new();
    let mut is_note = false;
    let mut is_first = true;
    for line in text.lines() {
        let words = folded(line);
        if let Some(rest) = after_note_word(line) {
            is_note = true;
            note.push(rest);
        } else if let Some(command) = command_of(&words) {
            mail.commands.push((command, line.trim().to_owned()));
        } else if let Some(unknown) = unknown_command(line) {
            mail.unknown.push(unknown);
        } else {
            mail.maybe_note |= is_first && is_nearly_note(&words);
            if is_note { &mut note } else { &mut answer }.push(line);
        }
        is_first &= words.is_empty();
    }
    mail.answer = joined(&answer);
    mail.note = is_note.then(|| joined(&note));
    mail
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

fn command_of(words: &str) -> Option<Command> {
    let word = words.strip_prefix('#').map_or(words, str::trim_start);
    if TAKE.contains(&word) {
        return Some(Command::Take);
    }
    if DONE.contains(&word) {
        return Some(Command::Done);
    }
    if FULL.contains(&word) {
        return Some(Command::Full);
    }
    let (verb, whom) = word.split_once(' ').unwrap_or((word, ""));
    let is_address = whom.is_empty() || (whom.contains('@') && !whom.contains(' '));
    (ADD.contains(&verb) && is_address).then_some(Command::Add)
}

fn unknown_command(line: &str) -> Option<String> {
    let word = line.trim().strip_prefix('#')?;
    let is_word = word.chars().next().is_some_and(char::is_alphabetic);
    is_word.then(|| line.trim().chars().take(60).collect())
}

/// What stands behind `заметка:` at the beginning of a line, with or without `#`.
fn after_note_word(line: &str) -> Option<&str> {
    let (head, rest) = line.split_once(':').or_else(|| line.split_once('：'))?;
    let word = folded(head);
    let word = word
        .strip_prefix('#')
        .map_or(word.as_str(), str::trim_start);
    NOTE.contains(&word).then(|| rest.trim_start())
}

/// Whether a first line was perhaps meant to say *note*: the word without its colon, or one letter off before a colon.
fn is_nearly_note(words: &str) -> bool {
    let head = words
        .split([':', '：', ';', '.', ',', '-', '—'])
        .next()
        .unwrap_or("")
        .trim();
    let head = head.strip_prefix('#').unwrap_or(head).trim();
    let is_marked = words.len() > head.len() || head.len() == words.len();
    is_marked
        && !head.contains(' ')
        && NOTE
            .iter()
            .any(|note| head == *note || (head.chars().count() > 3 && is_one_slip(head, note)))
}

/// Whether two words differ by one letter left out, put in, changed, or by two neighbours swapped.
fn is_one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return a == b;
    }
    let same_head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let same_tail = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let longest = a.len().max(b.len());
    let is_one_edit = same_head.saturating_add(same_tail) >= longest.saturating_sub(1);
    let is_swap = a.len() == b.len()
        && same_head.saturating_add(same_tail) >= longest.saturating_sub(2)
        && a.get(same_head) == b.get(same_head.saturating_add(1))
        && a.get(same_head.saturating_add(1)) == b.get(same_head);
    is_one_edit || is_swap
}

/// Lower case, one space between words, no closing dots.
fn folded(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words
        .to_lowercase()
        .trim_end_matches(['.', '!', ' '])
        .to_owned()
}

fn joined(lines: &[&str]) -> String {
    lines.join("\n").trim_matches('\n').trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, commands: &[Command], answer: &str, note: Option<&str>) {
        let mail = read_agent_mail(text);
        assert_eq!(
            mail.commands
                .iter()
                .map(|(command, _)| *command)
                .collect::<Vec<_>>(),
            commands,
            "{text}"
        );
        assert_eq!(
            (mail.answer.as_str(), mail.note.as_deref(), mail.maybe_note),
            (answer, note, false),
            "{text}"
        );
    }

    #[test]
    fn a_command_counts_only_alone_on_its_line() {
        check("взять", &[Command::Take], "", None);
        check(
            "Взять.\n\nСейчас посмотрю.",
            &[Command::Take],
            "Сейчас посмотрю.",
            None,
        );
        check(
            "Заменили картридж.\nрешено",
            &[Command::Done],
            "Заменили картридж.",
            None,
        );
        check(
            "#done\nToner replaced.",
            &[Command::Done],
            "Toner replaced.",
            None,
        );
        check("Добавить", &[Command::Add], "", None);
        check("add Olga@Uni.test", &[Command::Add], "", None);
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

    #[test]
    fn a_word_behind_a_hash_that_is_no_command_is_told() {
        let mail = read_agent_mail("#решенно\nВсё");
        assert_eq!(mail.unknown, ["#решенно"]);
        assert_eq!(mail.answer, "Всё");
        assert!(read_agent_mail("#1042 is a number").unknown.is_empty());
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
}
