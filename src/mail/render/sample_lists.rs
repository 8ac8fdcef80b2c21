//! Samples of work lists and of what is said of their answers.

use super::{sample_codes::TICKET_STATES, sample_words::Maker};
use crate::model::outgoing::{
    ArticleLetter, Body, Button, DutyLetter, FoundArticles, FoundTicket, FoundTickets, HeadLetter,
    OfferedMail, Overruled, WorkLine, WorkList, WorkListAnswer,
};

/// Headings, as codes.
const SECTIONS: [&str; 12] = [
    "moved",
    "asks",
    "owner",
    "draft",
    "rated",
    "recounted",
    "due",
    "free",
    "own",
    "waiting",
    "withheld",
    "done",
];

fn buttons(all: [&str; 2]) -> Vec<Button> {
    let button = |what: &str| Button {
        what: what.to_owned(),
        word: what.to_owned(),
        subject: format!("Re: [IT-1042-K7Q4] [do:1042:0a0mq51h123456789] {what}"),
    };
    all.map(button).into()
}

pub(super) fn heads(make: &Maker<'_>) -> Vec<Body> {
    let letter = |what: &str| HeadLetter {
        what: what.to_owned(),
        ticket: make.ticket(),
        requester: make.requester(),
        agent: Some(make.agent()),
        assignee: Some(make.agent()),
        first_answer: Some(make.when(1)),
        moved_from: (what == "moved").then(|| make.when(1)),
        words: make.say("ждём поставку", "delivery is late"),
        instead_of: match what {
            "moved" => make.requester(),
            _ => String::new(),
        },
    };
    let bare = HeadLetter {
        ticket: make.bare_ticket(),
        agent: None,
        assignee: None,
        first_answer: None,
        words: String::new(),
        ..letter("emergency")
    };
    [letter("emergency"), bare, letter("moved")]
        .map(Body::Head)
        .into()
}

pub(super) fn work_lists(make: &Maker<'_>) -> Vec<Body> {
    let line = |(number, section): (u64, &str)| WorkLine {
        number,
        section: section.to_owned(),
        opens_section: true,
        ticket: make.ticket(),
        is_free: matches!(section, "due" | "free"),
        is_late: section == "due",
        until: (section == "waiting").then(|| make.when(3)),
        moved_from: (section == "moved").then(|| make.when(1)),
        rating: (section == "rated").then_some(1),
        words: match section {
            "moved" => make.say("ждём поставку", "delivery is late"),
            "asks" => make.say("Разработка: падает импорт", "Development: the import fails"),
            "draft" => make.say("Снимите защитную ленту.", "Take off the tape."),
            "recounted" => "3".to_owned(),
            "rated" => make.say("Ждали неделю.", "We waited for a week."),
            _ => String::new(),
        },
        done: match section {
            "own" | "done" => make.say("взять; #категория принтеры", "take; #category printers"),
            _ => String::new(),
        },
        buttons: match section {
            "done" => Vec::new(),
            "moved" => buttons(["approve", "reject"]),
            "draft" => buttons(["publish", "discard"]),
            _ => buttons(["take", "done"]),
        },
    };
    let full = WorkList {
        instead_of: vec![make.agent()],
        queue: make.ticket().queue,
        lines: (1..).zip(SECTIONS).map(line).collect(),
        address: make.ticket().address,
        mails: vec![OfferedMail {
            about: make.say("Конкурс проектов", "Call for projects"),
            author: "rector@uni.test".to_owned(),
            code: "[mail:17:k7q4m2p9s1]".to_owned(),
        }],
        overruled: vec![Overruled {
            queue: make.ticket().queue,
            order: make.say("#выходной 31.12.2026", "#day off 31.12.2026"),
        }],
        more: 7,
    };
    let bare = WorkLine {
        ticket: make.bare_ticket(),
        is_late: false,
        ..line((1, "free"))
    };
    let sparse = WorkList {
        instead_of: Vec::new(),
        queue: make.ticket().queue,
        lines: vec![bare],
        address: make.ticket().address,
        mails: Vec::new(),
        overruled: Vec::new(),
        more: 0,
    };
    let answers = work_list_answers();
    let lists = [Body::WorkList(full), Body::WorkList(sparse)];
    lists.into_iter().chain(answers).collect()
}

/// What is said of answers to them.
fn work_list_answers() -> impl Iterator<Item = Body> {
    let answers: [(&str, &[&str]); 5] = [
        ("", &["9 решено", "2 позвонить"]),
        ("not_trusted", &[]),
        ("gone", &[]),
        ("no_lines", &[]),
        ("no_commands", &["2 позвонить"]),
    ];
    answers.into_iter().map(|(why, lines)| {
        Body::WorkListAnswer(WorkListAnswer {
            about: "Re: okno".to_owned(),
            why: why.to_owned(),
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        })
    })
}

pub(super) fn found(make: &Maker<'_>) -> Vec<Body> {
    let one = |state: &str| FoundTicket {
        label: "IT-1017".to_owned(),
        subject: make.say("Принтер печатает пустые листы", "Blank pages"),
        queue: make.ticket().queue,
        requester: make.requester(),
        opened: make.when(-120),
        state: state.to_owned(),
        agent: Some(make.agent()),
    };
    let bare = FoundTicket {
        subject: String::new(),
        agent: None,
        ..one("new")
    };
    let tickets = TICKET_STATES.map(one).into_iter().chain([bare]);
    let full = |what: &str, words: String| FoundTickets {
        ticket: make.ticket(),
        what: what.to_owned(),
        words,
        tickets: tickets.clone().collect(),
        is_more: true,
        is_partial: what == "find",
    };
    let looked = || make.say("пустые листы", "blank pages");
    let all = [full("find", looked()), full("history", make.requester())];
    let none = |full: &FoundTickets| FoundTickets {
        ticket: make.bare_ticket(),
        tickets: Vec::new(),
        is_more: false,
        ..full.clone()
    };
    let nothing: Vec<FoundTickets> = all.iter().map(none).collect();
    all.into_iter().chain(nothing).map(Body::Found).collect()
}

/// Why a command about oneself comes to nothing, as codes.
const NOT_SAID: [&str; 13] = [
    "confidential_team",
    "not_trusted",
    "as_it_is",
    "no_day",
    "no_such_choice",
    "no_such_agent",
    "no_date",
    "past_date",
    "no_such_deputy",
    "several_agents",
    "nothing_to_do",
    "no_such_setting",
    "other",
];

pub(super) fn duties(make: &Maker<'_>) -> Vec<Body> {
    let letter = |what: &str| DutyLetter {
        what: what.to_owned(),
        queue: make.ticket().queue,
        agent: make.agent(),
        from: None,
        until: Some(make.when(20)),
        deputy: None,
        why: String::new(),
        detail: String::new(),
        written: String::new(),
        tells_all: false,
        drafts_at_once: false,
        list: "queue".to_owned(),
        lines: Vec::new(),
        more: 0,
    };
    let line = handed_over(make);
    let bare = WorkLine {
        ticket: make.bare_ticket(),
        ..line.clone()
    };
    let ahead = DutyLetter {
        from: Some(make.when(6)),
        deputy: Some(make.agent()),
        ..letter("absent")
    };
    let listed = |what: &str| DutyLetter {
        lines: vec![line.clone(), bare.clone()],
        more: 3,
        ..letter(what)
    };
    let settings = |list: &str, tells_all| DutyLetter {
        list: list.to_owned(),
        tells_all,
        drafts_at_once: tells_all,
        ..letter("settings")
    };
    let refused = |why: &str| DutyLetter {
        why: why.to_owned(),
        detail: make.agent(),
        written: make.say("#отсутствую до вчера", "#absent until yesterday"),
        ..letter("not_done")
    };
    let mut all = vec![
        letter("absent"),
        ahead,
        letter("back"),
        DutyLetter {
            written: make.say("#лимит @anna 8", "#limit @anna 8"),
            detail: make.say("#лимит @anna отменить", "#limit @anna undo"),
            ..letter("queue_changed")
        },
        DutyLetter {
            written: make.say("#лимит @anna отменить", "#limit @anna undo"),
            ..letter("queue_change_over")
        },
        DutyLetter {
            written: make.say("#выходной 17.11.2026 отменить", "#day off 17.11.2026 undo"),
            detail: "past_day".to_owned(),
            ..letter("queue_change_over")
        },
        listed("handed_over"),
        listed("free"),
        letter("not_sure"),
        settings("queue", false),
        settings("8:30", true),
        settings("never", false),
    ];
    all.extend(NOT_SAID.map(refused));
    all.into_iter().map(Body::Duty).collect()
}

fn handed_over(make: &Maker<'_>) -> WorkLine {
    WorkLine {
        number: 1,
        section: "own".to_owned(),
        opens_section: true,
        ticket: make.ticket(),
        is_free: false,
        is_late: false,
        until: None,
        moved_from: None,
        rating: None,
        words: String::new(),
        done: String::new(),
        buttons: Vec::new(),
    }
}

pub(super) fn found_articles(make: &Maker<'_>) -> Vec<Body> {
    let full = FoundArticles {
        ticket: make.ticket(),
        words: make.say("пустые листы", "blank pages"),
        articles: vec![make.article(), make.bare_article()],
        can_be_called: true,
    };
    let uncalled = FoundArticles {
        articles: vec![make.bare_article()],
        can_be_called: false,
        ..full.clone()
    };
    let none = FoundArticles {
        ticket: make.bare_ticket(),
        articles: Vec::new(),
        ..full.clone()
    };
    [full, uncalled, none].map(Body::FoundArticles).to_vec()
}

pub(super) fn article_drafts(make: &Maker<'_>) -> Vec<Body> {
    let letter = |ticket| ArticleLetter {
        ticket,
        agent: make.agent(),
        title: make.article().title,
        text: make.article().text,
    };
    [letter(make.ticket()), letter(make.bare_ticket())]
        .map(Body::ArticleDraft)
        .to_vec()
}
