//! How verbs are written: one table of their words, what may follow each, what it needs, and which of them cannot be meant
//! at once.

use super::verb::Verb;
use crate::desk::permission::Act;

/// What may follow a verb on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// Words for whom the text of the mail is for: they join it.
    Text,
    /// An argument, or none.
    Maybe,
    /// An argument: the verb alone is not a command, but a word like any other.
    Argument,
}

/// Verbs of one group say what becomes of one thing: two different ones in one mail contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Where the ticket stands.
    State,
    /// Who is responsible.
    Owner,
    /// What it repeats.
    Repeats,
    /// By when it is promised.
    Deadline,
    /// What it is, one group for each thing.
    Class,
    /// The same.
    Priority,
    /// The same.
    Category,
    /// The same.
    Cause,
}

/// How a verb is written and what it is.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The verb.
    pub verb: Verb,
    /// All its words, folded; the first one is shown.
    pub(super) ru: &'static [&'static str],
    pub(super) en: &'static [&'static str],
    /// An example of what follows, shown behind the word.
    pub(super) example: (&'static str, &'static str),
    /// What may follow.
    pub takes: Takes,
    /// With which others it cannot be said.
    pub group: Option<Group>,
    /// Whether the words of the mail belong to it: where it is refused, they go to nobody.
    pub governs_text: bool,
    /// Whether a queue must switch it on.
    pub is_extra: bool,
    /// What whoever says it must be allowed to do.
    pub act: Act,
}

pub(super) const PLAIN: Form = Form {
    verb: Verb::Help,
    ru: &[],
    en: &[],
    example: ("", ""),
    takes: Takes::Nothing,
    group: None,
    governs_text: false,
    is_extra: false,
    act: Act::Change,
};

/// The table, in the order in which help lists it.
pub(super) const FORMS: &[Form] = &[
    Form {
        verb: Verb::Take,
        ru: &["взять", "беру", "взял", "взяла", "взято", "возьму"],
        en: &["take", "taken", "mine"],
        group: Some(Group::Owner),
        act: Act::Take,
        ..PLAIN
    },
    Form {
        verb: Verb::Done,
        ru: &["решено", "готово", "сделано", "выполнено"],
        en: &["done", "solved", "resolved"],
        takes: Takes::Text,
        group: Some(Group::State),
        governs_text: true,
        act: Act::Resolve,
        ..PLAIN
    },
    Form {
        verb: Verb::Assign,
        ru: &["назначить", "поручить"],
        en: &["assign"],
        example: ("anna", "anna"),
        takes: Takes::Argument,
        group: Some(Group::Owner),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Wait,
        ru: &["жду", "ждём", "ждем", "ожидание"],
        en: &["wait", "waiting"],
        example: ("до пятницы поставщика", "until Friday the vendor"),
        takes: Takes::Maybe,
        group: Some(Group::State),
        governs_text: true,
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Close,
        ru: &["закрыть", "закрыто"],
        en: &["close", "closed"],
        group: Some(Group::State),
        governs_text: true,
        is_extra: true,
        act: Act::Resolve,
        ..PLAIN
    },
    Form {
        verb: Verb::Spam,
        ru: &["спам"],
        en: &["spam"],
        group: Some(Group::State),
        governs_text: true,
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::NotSpam,
        ru: &["не спам"],
        en: &["not spam"],
        group: Some(Group::State),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Transfer,
        ru: &["передать", "передать в"],
        en: &["transfer", "transfer to"],
        example: ("бухгалтерия", "accounting"),
        takes: Takes::Argument,
        group: Some(Group::Owner),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Deadline,
        ru: &["срок"],
        en: &["deadline", "due"],
        example: ("15.12 18:00 ждём поставку", "15.12 18:00 delivery is late"),
        takes: Takes::Argument,
        group: Some(Group::Deadline),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Class,
        ru: &["класс"],
        en: &["class"],
        example: ("срочное", "urgent"),
        takes: Takes::Argument,
        group: Some(Group::Class),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Priority,
        ru: &["приоритет"],
        en: &["priority"],
        example: ("высокий", "high"),
        takes: Takes::Argument,
        group: Some(Group::Priority),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Category,
        ru: &["категория"],
        en: &["category"],
        example: ("принтеры", "printers"),
        takes: Takes::Argument,
        group: Some(Group::Category),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Cause,
        ru: &["причина"],
        en: &["cause"],
        example: ("износ", "wear"),
        takes: Takes::Argument,
        group: Some(Group::Cause),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Merge,
        ru: &["объединить", "объединить с"],
        en: &["merge", "merge with"],
        example: ("IT-1042", "IT-1042"),
        takes: Takes::Argument,
        group: Some(Group::State),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Link,
        ru: &["связать", "связать с"],
        en: &["link", "link with", "link to"],
        example: ("IT-1042", "IT-1042"),
        takes: Takes::Argument,
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Add,
        ru: &["добавить"],
        en: &["add"],
        example: ("ivan@uni.example", "ivan@uni.example"),
        takes: Takes::Maybe,
        ..PLAIN
    },
    Form {
        verb: Verb::Remove,
        ru: &["убрать"],
        en: &["remove"],
        example: ("ivan@uni.example", "ivan@uni.example"),
        takes: Takes::Argument,
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Full,
        ru: &["полностью", "целиком"],
        en: &["full"],
        act: Act::ReadHistory,
        ..PLAIN
    },
    Form {
        verb: Verb::Repeat,
        ru: &["повтор"],
        en: &["repeat"],
        example: ("IT-1042", "IT-1042"),
        takes: Takes::Maybe,
        group: Some(Group::Repeats),
        ..PLAIN
    },
    Form {
        verb: Verb::NotRepeat,
        ru: &["не повтор"],
        en: &["not repeat"],
        group: Some(Group::Repeats),
        ..PLAIN
    },
    Form {
        verb: Verb::Answer,
        ru: &["ответ", "шаблон"],
        en: &["answer", "canned", "template"],
        example: ("пароль", "password"),
        takes: Takes::Argument,
        governs_text: true,
        is_extra: true,
        act: Act::Answer,
        ..PLAIN
    },
    Form {
        verb: Verb::History,
        ru: &["история"],
        en: &["history"],
        is_extra: true,
        act: Act::Search,
        ..PLAIN
    },
    Form {
        verb: Verb::Find,
        ru: &["найти", "поиск", "искать"],
        en: &["find", "search"],
        example: ("пароль почта", "password mailbox"),
        takes: Takes::Argument,
        is_extra: true,
        act: Act::Search,
        ..PLAIN
    },
    Form {
        verb: Verb::Send,
        ru: &["отправить"],
        en: &["send"],
        act: Act::Answer,
        ..PLAIN
    },
    Form {
        verb: Verb::Help,
        ru: &["помощь", "команды"],
        en: &["help", "commands"],
        act: Act::ReadHistory,
        ..PLAIN
    },
];

impl Form {
    /// All words of all verbs, folded, each with its verb.
    pub(super) fn words() -> impl Iterator<Item = (&'static str, &'static Self)> {
        FORMS.iter().flat_map(|form| {
            let words = form.ru.iter().chain(form.en);
            words.map(move |word| (*word, form))
        })
    }
}
