//! The table of what an agent may say about a ticket. Orders about a queue, and words that stand alone in a mail of their own
//! (figures, payroll), have tables of their own.

use super::{
    form::{EXTRA, Form, Group, HEADS, OWN, PLAIN, TAKING, Takes},
    verb::Verb,
};
use crate::desk::permission::Act;

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
        group: Some(Group::Owner),
        ..TAKING
    },
    Form {
        verb: Verb::Wait,
        ru: &["жду", "ждём", "ждем", "ожидание"],
        en: &["wait", "waiting"],
        example: ("до пятницы поставщика", "until Friday the vendor"),
        takes: Takes::Maybe,
        group: Some(Group::State),
        governs_text: true,
        ..EXTRA
    },
    Form {
        verb: Verb::Close,
        ru: &["закрыть", "закрыто"],
        en: &["close", "closed"],
        group: Some(Group::State),
        governs_text: true,
        act: Act::Resolve,
        ..EXTRA
    },
    Form {
        verb: Verb::Spam,
        ru: &["спам"],
        en: &["spam"],
        group: Some(Group::State),
        governs_text: true,
        ..EXTRA
    },
    Form {
        verb: Verb::NotSpam,
        ru: &["не спам"],
        en: &["not spam"],
        group: Some(Group::State),
        ..EXTRA
    },
    Form {
        verb: Verb::Transfer,
        ru: &["передать", "передать в"],
        en: &["transfer", "transfer to"],
        example: ("бухгалтерия", "accounting"),
        group: Some(Group::Owner),
        ..TAKING
    },
    Form {
        verb: Verb::Escalate,
        ru: &["эскалация", "эскалировать"],
        en: &["escalate"],
        example: (
            "бухгалтерия оплачен ли счёт 214",
            "accounting is bill 214 paid",
        ),
        takes: Takes::Argument,
        governs_text: true,
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Deadline,
        ru: &["срок"],
        en: &["deadline", "due"],
        example: ("15.12 18:00 ждём поставку", "15.12 18:00 delivery is late"),
        group: Some(Group::Deadline),
        ..TAKING
    },
    Form {
        verb: Verb::Class,
        ru: &["класс"],
        en: &["class"],
        example: ("срочное", "urgent"),
        group: Some(Group::Class),
        ..TAKING
    },
    Form {
        verb: Verb::Priority,
        ru: &["приоритет"],
        en: &["priority"],
        example: ("высокий", "high"),
        group: Some(Group::Priority),
        ..TAKING
    },
    Form {
        verb: Verb::Category,
        ru: &["категория"],
        en: &["category"],
        example: ("принтеры", "printers"),
        group: Some(Group::Category),
        ..TAKING
    },
    Form {
        verb: Verb::Cause,
        ru: &["причина"],
        en: &["cause"],
        example: ("износ", "wear"),
        group: Some(Group::Cause),
        ..TAKING
    },
    Form {
        verb: Verb::Field,
        ru: &["поле"],
        en: &["field"],
        example: ("Период: 2025", "Period: 2025"),
        ..TAKING
    },
    Form {
        verb: Verb::Merge,
        ru: &["объединить", "объединить с"],
        en: &["merge", "merge with"],
        example: ("IT-1042", "IT-1042"),
        group: Some(Group::State),
        ..TAKING
    },
    Form {
        verb: Verb::Link,
        ru: &["связать", "связать с"],
        en: &["link", "link with", "link to"],
        example: ("IT-1042", "IT-1042"),
        ..TAKING
    },
    Form {
        verb: Verb::Split,
        ru: &["разделить", "выделить"],
        en: &["split", "split off"],
        example: ("заменить картридж в 214", "a new cartridge for room 214"),
        ..TAKING
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
        ..TAKING
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
        governs_text: true,
        act: Act::Answer,
        ..TAKING
    },
    Form {
        verb: Verb::Knowledge,
        ru: &["кб", "база знаний"],
        en: &["kb", "knowledge base"],
        example: ("пароль почта", "password mailbox"),
        takes: Takes::Maybe,
        act: Act::Search,
        ..EXTRA
    },
    Form {
        verb: Verb::History,
        ru: &["история"],
        en: &["history"],
        act: Act::Search,
        ..EXTRA
    },
    Form {
        verb: Verb::Find,
        ru: &["найти", "поиск", "искать"],
        en: &["find", "search"],
        example: ("пароль почта", "password mailbox"),
        act: Act::Search,
        ..TAKING
    },
    Form {
        verb: Verb::Send,
        ru: &["отправить"],
        en: &["send"],
        act: Act::Answer,
        ..PLAIN
    },
    Form {
        verb: Verb::Approve,
        ru: &["утвердить"],
        en: &["approve"],
        group: Some(Group::Approval),
        act: Act::Decide,
        ..PLAIN
    },
    Form {
        verb: Verb::Reject,
        ru: &["отклонить"],
        en: &["reject"],
        group: Some(Group::Approval),
        act: Act::Decide,
        ..PLAIN
    },
    Form {
        verb: Verb::Publish,
        ru: &["опубликовать"],
        en: &["publish"],
        group: Some(Group::Article),
        act: Act::Change,
        ..PLAIN
    },
    Form {
        verb: Verb::Discard,
        ru: &["не публиковать"],
        en: &["discard", "do not publish"],
        group: Some(Group::Article),
        act: Act::Change,
        ..PLAIN
    },
    Form {
        verb: Verb::Distribution,
        ru: &["распределение"],
        en: &["distribution"],
        example: ("по очереди", "turn"),
        ..HEADS
    },
    Form {
        verb: Verb::Exclude,
        ru: &["исключить"],
        en: &["exclude"],
        example: ("@anna", "@anna"),
        ..HEADS
    },
    Form {
        verb: Verb::Include,
        ru: &["вернуть"],
        en: &["include"],
        example: ("@anna", "@anna"),
        ..HEADS
    },
    Form {
        verb: Verb::Limit,
        ru: &["лимит"],
        en: &["limit"],
        example: ("@anna 8", "@anna 8"),
        ..HEADS
    },
    Form {
        verb: Verb::DayOff,
        ru: &["выходной"],
        en: &["day off", "dayoff"],
        example: ("31.12.2026", "31.12.2026"),
        ..HEADS
    },
    Form {
        verb: Verb::Absent,
        ru: &["отсутствую", "в отпуске", "на больничном"],
        en: &["absent", "away"],
        example: ("до 15.12 замещает boris", "until 15 December deputy boris"),
        takes: Takes::Argument,
        group: Some(Group::Absence),
        ..OWN
    },
    Form {
        verb: Verb::Back,
        ru: &["вернулся", "вернулась"],
        en: &["back"],
        group: Some(Group::Absence),
        ..OWN
    },
    Form {
        verb: Verb::Settings,
        ru: &["настройки"],
        en: &["settings"],
        example: ("отчёты всегда", "reports always"),
        takes: Takes::Maybe,
        ..OWN
    },
    Form {
        verb: Verb::Snooze,
        ru: &["напомнить", "отложить"],
        en: &["snooze", "remind"],
        example: ("до пятницы", "until Friday"),
        takes: Takes::Argument,
        group: Some(Group::Snooze),
        ..OWN
    },
    Form {
        verb: Verb::Subscribe,
        ru: &["подписаться", "следить"],
        en: &["subscribe", "follow"],
        group: Some(Group::Following),
        ..OWN
    },
    Form {
        verb: Verb::Unsubscribe,
        ru: &["отписаться", "не следить"],
        en: &["unsubscribe", "unfollow"],
        group: Some(Group::Following),
        ..OWN
    },
    Form {
        verb: Verb::Why,
        ru: &["почему"],
        en: &["why"],
        act: Act::ReadHistory,
        ..EXTRA
    },
    Form {
        verb: Verb::Undo,
        ru: &["отменить", "отмена"],
        en: &["undo"],
        governs_text: true,
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
