//! Samples of what is about mails rather than tickets: shown for information, held, kept apart, not delivered.

use super::{
    sample_codes::{FAILED, OFFER_ANSWERS},
    sample_words::{Maker, address},
};
use crate::model::outgoing::{
    Body, HeldMail, QuarantineAnswer, QuarantineLetter, QuarantinedItem, RefusalLetter, ShownCopy,
};

pub(super) fn offers(make: &Maker<'_>) -> Vec<Body> {
    let full = Body::Offer(ShownCopy {
        queue: make.ticket().queue,
        code: "[mail:17:k7q4m2p9s1]".to_owned(),
        address: address("it@uni.test"),
        about: make.ticket().subject,
        author: make.requester(),
        author_address: "m.sokolova@uni.test".to_owned(),
        to: vec!["dean@uni.test".to_owned()],
        marks: vec!["outside".to_owned()],
        text: make.request(),
        files: vec!["IMG_2041.jpg".to_owned()],
        files_left_out: vec!["video.mp4".to_owned()],
        warnings: vec!["text_truncated".to_owned()],
    });
    let bare = Body::Offer(ShownCopy {
        queue: make.ticket().queue,
        code: "[mail:17:k7q4m2p9s1]".to_owned(),
        address: address("it@uni.test"),
        about: String::new(),
        author: "m.sokolova@uni.test".to_owned(),
        author_address: "m.sokolova@uni.test".to_owned(),
        to: Vec::new(),
        marks: Vec::new(),
        text: String::new(),
        files: Vec::new(),
        files_left_out: Vec::new(),
        warnings: Vec::new(),
    });
    let answer = |outcome: &str, ticket| Body::OfferAnswer {
        outcome: outcome.to_owned(),
        about: make.ticket().subject,
        ticket,
    };
    let refusal = |about| {
        Body::Refusal(RefusalLetter {
            queue: make.ticket().queue,
            address: address("it@uni.test"),
            about,
        })
    };
    let refused = [refusal(make.ticket().subject), refusal(String::new())];
    let mut all = vec![full, bare, answer("already", Some(make.ticket()))];
    all.extend(refused);
    all.extend(OFFER_ANSWERS.map(|outcome| answer(outcome, None)));
    all
}

pub(super) fn quarantines(make: &Maker<'_>) -> Vec<Body> {
    let item = |work, problem: &str| QuarantinedItem {
        work,
        at: Some(make.when(0)),
        author: "win@prizes.example".to_owned(),
        subject: make.say("Вы выиграли", "You have won"),
        problem: problem.to_owned(),
    };
    let bare = QuarantinedItem {
        work: 15,
        at: None,
        author: String::new(),
        subject: String::new(),
        problem: "died_twice".to_owned(),
    };
    let broken = item(18, "the reading is not JSON");
    let list = |items, more| {
        Body::Quarantine(QuarantineLetter {
            object: "it".to_owned(),
            code: "[quarantine:29843100:k7q4m2p9s1]".to_owned(),
            address: address("it@uni.test"),
            items,
            more,
        })
    };
    let answer = |is_believed, released, discarded, (begun, unknown)| {
        Body::QuarantineAnswer(QuarantineAnswer {
            about: make.say("Re: Карантин", "Re: Quarantine"),
            is_believed,
            released,
            discarded,
            begun,
            unknown,
        })
    };
    let spam = item(12, "spam: x-spam-flag: YES");
    let closed = item(16, "not_allowed: win@prizes.example → it");
    let unproven = item(17, "not_proven_here: m.sokolova@uni.test → it");
    let file = item(13, "file_refused: setup.exe");
    let virus = item(14, "virus: Eicar-Test-Signature");
    vec![
        list(
            vec![spam, file, virus, bare.clone(), closed, unproven, broken],
            7,
        ),
        list(vec![bare], 0),
        answer(true, vec![12], vec![13, 14], (vec![15], vec![99])),
        answer(true, Vec::new(), Vec::new(), (Vec::new(), vec![99])),
        answer(true, Vec::new(), Vec::new(), (vec![15], vec![99])),
        answer(true, Vec::new(), Vec::new(), (Vec::new(), Vec::new())),
        answer(false, Vec::new(), Vec::new(), (Vec::new(), Vec::new())),
    ]
}

pub(super) fn undelivered(make: &Maker<'_>) -> Vec<Body> {
    let one = |ticket, status: Option<&str>, diagnostic: &str| Body::Undelivered {
        ticket,
        recipient: address("m.sokolova@uni.test"),
        status: status.map(str::to_owned),
        diagnostic: diagnostic.to_owned(),
        undone: String::new(),
        silenced_until: None,
        payroll: None,
        queue: String::new(),
        month: String::new(),
    };
    let of_payroll = |month: &str, undone: &str| Body::Undelivered {
        ticket: None,
        recipient: address("payroll@uni.test"),
        status: Some("5.2.2".to_owned()),
        diagnostic: "552 5.2.2 Mailbox full".to_owned(),
        undone: undone.to_owned(),
        silenced_until: None,
        payroll: Some("it".into()),
        queue: String::new(),
        month: month.to_owned(),
    };
    let of_month = Body::Undelivered {
        ticket: None,
        recipient: address("darya@uni.test"),
        status: Some("5.1.1".to_owned()),
        diagnostic: "550 5.1.1 User unknown".to_owned(),
        undone: "month".to_owned(),
        silenced_until: None,
        payroll: None,
        queue: make.say("ИТ-поддержка", "IT support"),
        month: "2026-10".to_owned(),
    };
    let lost = |undone: &str, silenced_until| Body::Undelivered {
        ticket: Some(make.ticket()),
        recipient: address("m.sokolova@uni.test"),
        status: Some("5.1.1".to_owned()),
        diagnostic: "550 5.1.1 User unknown".to_owned(),
        undone: undone.to_owned(),
        silenced_until,
        payroll: None,
        queue: String::new(),
        month: String::new(),
    };
    FAILED
        .iter()
        .map(|(status, words)| one(Some(make.ticket()), Some(status), words))
        .chain([
            one(Some(make.bare_ticket()), None, ""),
            one(None, Some("5.1.1"), "550 5.1.1 User unknown"),
            lost("answer", Some(make.when(1440))),
            lost("resolution", None),
            of_payroll("2026-10", ""),
            of_payroll("", ""),
            of_payroll("2026-10", "head"),
            of_month,
        ])
        .collect()
}

pub(super) fn challenges(make: &Maker<'_>) -> Vec<Body> {
    let mail = |ticket, hours| HeldMail {
        ticket,
        at: make.when(hours),
    };
    let two = vec![mail(make.ticket(), -3), mail(make.bare_ticket(), -2)];
    let asked = |mails, again: Option<&str>| Body::Challenge {
        agent: make.agent(),
        mails,
        other_address: None,
        is_automatic: false,
        code: "K7Q4-M2XZ".to_owned(),
        address: address("it@uni.test"),
        until: make.when(72),
        again: again.map(str::to_owned),
    };
    let mut of_address = asked(vec![mail(make.ticket(), -3)], None);
    if let Body::Challenge { other_address, .. } = &mut of_address {
        *other_address = Some("anna@mail[.]example".to_owned());
    }
    let of_absence = |mails: &[HeldMail]| {
        let mut body = asked(mails.to_vec(), None);
        if let Body::Challenge { is_automatic, .. } = &mut body {
            *is_automatic = true;
        }
        body
    };
    vec![
        of_absence(&two),
        of_absence(&[mail(make.ticket(), -3)]),
        of_address,
        asked(two, None),
        asked(vec![mail(make.ticket(), -3)], None),
        asked(vec![mail(make.ticket(), -3)], Some("unclear")),
        asked(vec![mail(make.ticket(), -3)], Some("expired")),
    ]
}

pub(super) fn originals(make: &Maker<'_>) -> Vec<Body> {
    let full = Body::Original {
        ticket: make.ticket(),
        author: make.requester(),
        author_address: "m.sokolova@uni.test".to_owned(),
        marks: vec!["outside".to_owned()],
        text: make.request(),
        files_left_out: Vec::new(),
        warnings: vec!["original_attached".to_owned()],
    };
    let bare = Body::Original {
        ticket: make.bare_ticket(),
        author: "m.sokolova@uni.test".to_owned(),
        author_address: "m.sokolova@uni.test".to_owned(),
        marks: Vec::new(),
        text: String::new(),
        files_left_out: vec!["original.eml".to_owned()],
        warnings: Vec::new(),
    };
    vec![full, bare]
}
