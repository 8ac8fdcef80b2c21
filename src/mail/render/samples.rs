//! Samples: mails with everything in them, and with as little as possible, so that every branch of every template is
//! walked once at start.

use super::{
    sample_asides::{challenges, offers, originals, quarantines, undelivered},
    sample_cards::cards,
    sample_codes::{ALARMS, HAPPENINGS, HELD},
    sample_counts::idle_rules,
    sample_directors::directors,
    sample_escalations::escalations,
    sample_forms::{filled_acknowledgements, filled_cards, form_lists},
    sample_late::{digests, late, passports, queues, tried},
    sample_lists::{article_drafts, duties, found, found_articles, heads, work_lists},
    sample_origins::{crossed, whose},
    sample_own::{undone, whys},
    sample_pay_file::pay_files,
    sample_payroll::payrolls,
    sample_reports::reports,
    sample_reviews::{months, weeks},
    sample_verbs::{NOT_DONE, VERBS},
    sample_wishes::{acknowledgements, told},
    sample_words::Maker,
};
use crate::model::{
    language::Language,
    outgoing::{Body, Canned, HelpLine, HelpList, TranscriptLine},
};

/// Mails of every sort, times in `zone`: for each template at least one full and one sparse.
#[must_use]
pub fn samples(language: Language, zone: &str) -> Vec<Body> {
    let makers = [
        acknowledgements,
        filled_acknowledgements,
        cards,
        filled_cards,
        form_lists,
        follow_ups,
        answers,
        told,
        news,
        transcripts,
        helps,
        found,
        found_articles,
        undone,
        whys,
        article_drafts,
        heads,
        nps,
        challenges,
        whose,
        crossed,
        escalations,
        originals,
        undelivered,
        offers,
        quarantines,
        digests,
        late,
        queues,
        passports,
        payrolls,
        pay_files,
        reports,
        weeks,
        months,
        idle_rules,
        directors,
        tried,
        work_lists,
        duties,
        alarms,
    ];
    let make = Maker {
        is_russian: language == Language::Ru,
        zone,
    };
    makers.iter().flat_map(|all| all(&make)).collect()
}

fn nps(make: &Maker<'_>) -> Vec<Body> {
    [make.ticket(), make.bare_ticket()]
        .map(|ticket| Body::Nps { ticket })
        .into()
}

fn follow_ups(make: &Maker<'_>) -> Vec<Body> {
    let full = |what: &str| Body::FollowUp {
        ticket: make.ticket(),
        what: what.to_owned(),
        author: make.requester(),
        author_address: Some("m.sokolova@uni.test".to_owned()),
        marks: vec!["unproven".to_owned()],
        text: make.say(
            "Занятие перенесли на 16:30.",
            "The class has been moved to 16:30.",
        ),
        rating: Some(5),
        files: vec!["IMG_2042.jpg".to_owned()],
        files_left_out: vec!["video.mp4".to_owned()],
        warnings: vec!["text_truncated".to_owned(), "too_deep".to_owned()],
        assignee: Some(make.agent()),
        copied: Vec::new(),
    };
    let bare = |what: &str| Body::FollowUp {
        ticket: make.bare_ticket(),
        what: what.to_owned(),
        author: "m.sokolova@uni.test".to_owned(),
        author_address: None,
        marks: Vec::new(),
        text: String::new(),
        rating: None,
        files: Vec::new(),
        files_left_out: Vec::new(),
        warnings: Vec::new(),
        assignee: None,
        copied: Vec::new(),
    };
    let mut bodies: Vec<Body> = HAPPENINGS
        .iter()
        .flat_map(|what| [full(what), bare(what)])
        .collect();
    let mut unhappy = bare("confirmed");
    if let Body::FollowUp { rating, .. } = &mut unhappy {
        *rating = Some(1);
    }
    bodies.push(unhappy);
    let mut followed = full("reply");
    if let Body::FollowUp { ticket, .. } = &mut followed {
        ticket.is_followed = true;
    }
    bodies.push(followed);
    let mut reminder = full("due_soon");
    if let Body::FollowUp { copied, .. } = &mut reminder {
        copied.push(make.agent());
    }
    bodies.push(reminder);
    bodies
}

/// What canned answers are tried on: tickets with everything and with as little as possible.
pub(super) fn answers_for_canned(language: Language) -> Vec<Body> {
    answers(&Maker {
        is_russian: language == Language::Ru,
        zone: "UTC",
    })
}

fn answers(make: &Maker<'_>) -> Vec<Body> {
    let reply = |ticket, files_left_out: Vec<String>| Body::Reply {
        ticket,
        agent: make.agent(),
        text: make.answer(),
        canned: Vec::new(),
        is_asked: !files_left_out.is_empty(),
        is_shared: !files_left_out.is_empty(),
        files_left_out,
    };
    let resolution = |ticket, text, files_left_out: Vec<String>| Body::Resolution {
        ticket,
        asks_rating: !files_left_out.is_empty(),
        agent: make.agent(),
        text,
        canned: Vec::new(),
        closes: make.when(75),
        files_left_out,
    };
    let left_out = vec!["video.mp4".to_owned()];
    let with_canned = |ticket| {
        Body::Reply {
        ticket,
        agent: make.agent(),
        text: make.say(
            "Мария, здравствуйте!\n#ответ пароль\nАнна",
            "Hello Mary,\n#answer password\nAnna",
        ),
        canned: vec![Canned {
            written: make.say("#ответ пароль", "#answer password"),
            template: make.say(
                "{{ name }}, пароль по обращению {{ number }} сбросим{% if due %} {{ due_by }}{% endif %}.",
                "{{ name }}, the password of {{ number }} will be reset{% if due %} {{ due_by }}{% endif %}.",
            ),
            has_variables: true,
            requester: make.requester(),
        }],
        is_asked: false,
        is_shared: false,
        files_left_out: Vec::new(),
    }
    };
    vec![
        reply(make.ticket(), left_out.clone()),
        reply(make.bare_ticket(), Vec::new()),
        with_canned(make.ticket()),
        with_canned(make.bare_ticket()),
        resolution(make.ticket(), make.answer(), left_out),
        resolution(make.bare_ticket(), String::new(), Vec::new()),
    ]
}

fn news(make: &Maker<'_>) -> Vec<Body> {
    let news = |ticket, what: &str, why: String| Body::News {
        ticket,
        what: what.to_owned(),
        before: (!why.is_empty()).then(|| make.when(-24)),
        why,
    };
    let why = make.say("ждём поставку картриджей", "the cartridges are late");
    vec![
        news(make.ticket(), "deadline", why),
        news(make.bare_ticket(), "deadline", String::new()),
        news(make.sibling(), "transferred", String::new()),
        news(make.bare_ticket(), "transferred", String::new()),
    ]
}

fn transcripts(make: &Maker<'_>) -> Vec<Body> {
    let line = |why: &str, form: String| TranscriptLine {
        written: make.say("#назначить Петрова", "#assign Petrova"),
        is_done: why.is_empty(),
        why: why.to_owned(),
        detail: make.agent(),
        form,
    };
    let transcript = |ticket, lines, words: &str| Body::Transcript {
        ticket,
        is_all_done: false,
        held: String::new(),
        lines,
        words: words.to_owned(),
    };
    let form = make.say("#назначить anna", "#assign anna");
    let mut all = vec![line("", String::new())];
    all.extend(NOT_DONE.map(|why| line(why, String::new())));
    all.push(line("unknown_command", form));
    let held = |why: &str| Body::Transcript {
        ticket: make.bare_ticket(),
        is_all_done: false,
        held: why.to_owned(),
        lines: Vec::new(),
        words: String::new(),
    };
    let one = vec![line("unknown_command", String::new())];
    let mut bodies = vec![
        transcript(make.ticket(), all, "sent"),
        transcript(make.ticket(), one.clone(), "held"),
        transcript(make.bare_ticket(), one, ""),
    ];
    bodies.extend(HELD.map(held));
    bodies.push(Body::Transcript {
        ticket: make.ticket(),
        is_all_done: true,
        held: String::new(),
        lines: vec![line("", String::new())],
        words: "sent".to_owned(),
    });
    bodies
}

fn helps(make: &Maker<'_>) -> Vec<Body> {
    let lines = VERBS.into_iter().map(|verb| HelpLine {
        form: format!("#{verb}"),
        verb: verb.to_owned(),
    });
    vec![Body::Help(HelpList {
        ticket: make.ticket(),
        lines: lines.collect(),
    })]
}

fn alarms(make: &Maker<'_>) -> Vec<Body> {
    let alarm = |name: &str, detail: String, over| Body::Alarm {
        alarm: name.to_owned(),
        object: match name {
            "directory" => "people.csv",
            "flood" | "cap" | "guessing" => "m.sokolova@uni.test",
            "storm" => "IT-1042",
            "scanner" => "house",
            "calendar" => "it",
            "disowned" => "anna@uni.test",
            "recount" => "1042",
            _ => "it",
        }
        .to_owned(),
        detail,
        since: make.when(0),
        over,
    };
    let words = |name: &str| {
        match name {
        "fuse" => "200".to_owned(),
        "directory" => make.say(
            "people.csv:17: адрес anna@uni.test уже стоит в строке 12\npeople.csv:20: «olga» — не адрес почты",
            "people.csv:17: the address anna@uni.test stands on line 12 already\npeople.csv:20: \"olga\" is not a mail \
             address",
        ),
        "flood" => "IT-1042".to_owned(),
        "disowned" => "IT-1042, mail:17; IT-1043, mail:19 (petrova[@]home[.]example)".to_owned(),
        "scanner" => "Connection refused (os error 111)".to_owned(),
        "calendar" => "2026-12-31".to_owned(),
        _ => "NO [AUTHENTICATIONFAILED] Authentication failed.".to_owned(),
    }
    };
    ALARMS
        .iter()
        .flat_map(|name| {
            [
                alarm(name, words(name), false),
                alarm(name, String::new(), true),
            ]
        })
        .collect()
}
