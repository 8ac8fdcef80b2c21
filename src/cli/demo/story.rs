//! The story: what people write, and what comes out. Each scene checks what it tells.

use anyhow::{Context as _, ensure};
use jiff::Timestamp;

use super::{
    cast::{ACCOUNTS, ANNA, BORIS, Client, EMMA, EVERYBODY, IT, MARIA, VERA},
    forms,
    letter::{Incoming, Letter},
    stage::{Stage, says, says_nothing_of},
};
use crate::model::{
    ids::{AgentName, TicketNumber},
    ticket::State,
};

/// A very small picture.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";

const REQUEST: &str = "Добрый день!

Принтер в комнате 214 с утра не печатает, на панели мигает красная лампа.
Снимок панели прикладываю. Завтра экзамен, нужно распечатать билеты.

--\u{20}
Мария Лебедева
деканат, тел. 2-14";

/// What later scenes need of earlier ones.
#[derive(Debug)]
pub(super) struct Played {
    /// The printer's ticket.
    pub(super) printer: TicketNumber,
    /// The Message-ID of the request, for `okno explain`.
    pub(super) request: String,
}

/// A ticket as its requester knows it.
struct Case {
    number: TicketNumber,
    /// `[IT-1001-K7Q4]`.
    tag: String,
}

/// Plays all of it.
pub(super) fn play(stage: &mut Stage<'_>) -> anyhow::Result<Played> {
    let (case, request, card) = request_and_answer(stage)?;
    let relayed = reply_is_relayed(stage, &card)?;
    let follow_up = follow_up_joins(stage, &case, &relayed)?;
    note_stays_inside(stage, &case, &follow_up)?;
    mangled_subject_joins(stage, &case)?;
    english(stage)?;
    forms::play(stage)?;
    solved(stage, &case, &card)?;
    Ok(Played {
        printer: case.number,
        request,
    })
}

fn request_and_answer(stage: &mut Stage<'_>) -> anyhow::Result<(Case, String, Incoming)> {
    stage.teller.scene("A request comes in")?;
    stage.teller.say(&format!(
        "{} of the dean's office writes to {IT} from Outlook, with a photo:",
        MARIA.name
    ))?;
    let subject = "Не печатает принтер в 214";
    let letter = Letter::new(&MARIA, IT, subject, REQUEST).with("panel.png", "image/png", PICTURE);
    let id = stage.write(&letter)?;
    let acknowledgement = stage.get(
        &MARIA,
        "At once she knows that it arrived, its number, and by when it will be solved:",
    )?;
    let number = stage.filed(&id)?;
    let ticket = stage.ticket(number, "the new ticket", |_| true)?;
    let label = format!("IT-{number}");
    says(&acknowledgement, &[&label, "Срок решения", "panel.png"])?;
    let due = ticket.next_clock().map(|clock| clock.due_at);
    let words = year_of(due.context("The story did not go as told: no date is promised")?);
    says(&acknowledgement, &[&words])?;
    let case = Case {
        number,
        tag: tag_of(acknowledgement.subject())?,
    };
    let card = stage.get(
        &ANNA,
        "Both agents of the queue get a card with the photo. Anna's:",
    )?;
    says(&card, &[&case.tag, MARIA.address, "экзамен"])?;
    let file = card.mail.attachments.first();
    let is_whole = file.is_some_and(|file| file.bytes == PICTURE.len() as u64);
    ensure!(
        is_whole,
        "The story did not go as told: the photo is not in the card"
    );
    let other = stage.get(&BORIS, "Boris has the same:")?;
    says(&other, &[&case.tag])?;
    Ok((case, id.0, card))
}

fn reply_is_relayed(stage: &mut Stage<'_>, card: &Incoming) -> anyhow::Result<Incoming> {
    stage.teller.scene("An agent just presses Reply")?;
    stage.teller.say(
        "Anna answers the card from Thunderbird. The word «взять» alone on a line says that she is responsible; \
         the rest is for Maria:",
    )?;
    let text = "взять\n\nМария, здравствуйте! Вижу ошибку подачи бумаги, зайду до обеда.\n\
                Скажите, пожалуйста, какая бумага в лотке?";
    stage.write(&Letter::reply(&ANNA, card, text))?;
    let relayed = stage.get(
        &MARIA,
        "Maria reads Anna's words, without the command and without the card:",
    )?;
    says(&relayed, &["зайду до обеда"])?;
    says_nothing_of(&relayed, "взять")?;
    says_nothing_of(&relayed, "Ответьте на это письмо")?;
    let told = "And Boris knows that he need not:";
    says(
        &stage.get(&BORIS, told)?,
        &["Исполнитель этого обращения — Анна Петрова"],
    )?;
    Ok(relayed)
}

fn follow_up_joins(
    stage: &mut Stage<'_>,
    case: &Case,
    relayed: &Incoming,
) -> anyhow::Result<Incoming> {
    stage.teller.scene("The requester answers from her phone")?;
    stage.teller.say("Maria answers on the way to a lecture:")?;
    let text = "Обычная А4, пачку открыли вчера. Спасибо, жду!";
    let letter = Letter::reply(&MARIA, relayed, text).by(Client::Phone);
    let id = stage.write(&letter)?;
    let told = "It joins the same ticket and goes to Anna alone, who has taken it:";
    let follow_up = stage.get(&ANNA, told)?;
    says(&follow_up, &[&case.tag, "пачку открыли вчера"])?;
    joins(stage, case, stage.filed(&id)?)?;
    let anna = AgentName("anna".to_owned());
    stage.ticket(case.number, "Anna to be responsible", |ticket| {
        ticket.assignee.as_ref() == Some(&anna)
    })?;
    Ok(follow_up)
}

fn note_stays_inside(
    stage: &mut Stage<'_>,
    case: &Case,
    follow_up: &Incoming,
) -> anyhow::Result<()> {
    stage.teller.scene("A note stays inside")?;
    stage
        .teller
        .say("Anna writes something that is not for Maria's eyes:")?;
    let note = "заметка: ролик изношен, третий раз за год, пора списывать";
    let id = stage.write(&Letter::reply(&ANNA, follow_up, note))?;
    joins(stage, case, stage.filed(&id)?)?;
    let noted = stage.get(&BORIS, "Her colleague reads it:")?;
    says(&noted, &["ролик изношен"])?;
    stage.nothing_more(&EVERYBODY)?;
    stage.teller.say("Maria was sent nothing.")
}

fn mangled_subject_joins(stage: &mut Stage<'_>, case: &Case) -> anyhow::Result<()> {
    stage.teller.scene("A subject comes back mangled")?;
    stage.teller.say(
        "Maria writes once more, from a program that forgets what it answers. The prefix is translated, the brackets \
         are cut, the dashes are long, and some letters are Cyrillic ones that only look Latin:",
    )?;
    let subject = format!("Отв: {} принтер в 214", mangled(&case.tag));
    let text = "Коллеги принесли другую бумагу, с ней то же самое.";
    let id = stage.write(&Letter::new(&MARIA, IT, &subject, text).by(Client::Phone))?;
    let told = "The tag is recognised all the same. No second ticket, no second acknowledgement:";
    let follow_up = stage.get(&ANNA, told)?;
    says(&follow_up, &[&case.tag, "то же самое"])?;
    joins(stage, case, stage.filed(&id)?)?;
    stage.nothing_more(&EVERYBODY)
}

fn english(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    stage.teller.scene("Another department, another language")?;
    stage.teller.say(&format!(
        "{} is a guest and writes to {ACCOUNTS} in English:",
        EMMA.name
    ))?;
    let text = "Hello,\n\nI need a certificate of employment for the consulate, in English if you can.\n\
                Could I have it by the end of next week?\n\nKind regards,\nEmma Clark";
    let subject = "Certificate of employment";
    stage.write(&Letter::new(&EMMA, ACCOUNTS, subject, text))?;
    let acknowledgement = stage.get(&EMMA, "She is answered in English:")?;
    says(&acknowledgement, &["[BUH-", "registered"])?;
    let told = "Vera of the accounting department gets her card in Russian:";
    let card = stage.get(&VERA, told)?;
    says(&card, &["Новое обращение", "consulate"])?;
    stage.teller.say("Vera answers:")?;
    let text =
        "Dear Emma,\nno problem, it will be ready on Thursday. Room 108, any time after ten.";
    stage.write(&Letter::reply(&VERA, &card, text))?;
    let relayed = stage.get(&EMMA, "Emma reads:")?;
    says(&relayed, &["Room 108"])?;
    stage
        .teller
        .say("But Emma is travelling, and her mail program answers by itself:")?;
    let letter = Letter::reply(
        &EMMA,
        &relayed,
        "I am out of the office until Wednesday with limited access to mail.",
    );
    let letter = Letter {
        subject: format!("Automatic reply: {}", relayed.subject()),
        ..letter
    };
    let letter = letter.marked(&[
        ("Auto-Submitted", "auto-replied"),
        ("X-Auto-Response-Suppress", "All"),
    ]);
    let id = stage.write(&letter)?;
    let number = stage.filed(&id)?;
    stage.nothing_more(&EVERYBODY)?;
    stage.teller.say(&format!(
        "The desk files it with ticket BUH-{number} and answers nothing: machines do not talk to each other here."
    ))
}

fn solved(stage: &mut Stage<'_>, case: &Case, card: &Incoming) -> anyhow::Result<()> {
    stage.teller.scene("Solved, and confirmed with one digit")?;
    stage.teller.say(
        "Anna has changed a roller. She answers the first card again, «решено» on the last line:",
    )?;
    let text = "Мария, ролик подачи заменён, билеты распечатаны и лежат в лотке.\nрешено";
    stage.write(&Letter::reply(&ANNA, card, text))?;
    let told = "Maria reads what was done, and how to say whether it is well:";
    let resolution = stage.get(&MARIA, told)?;
    says(&resolution, &[&case.tag, "ролик подачи заменён", "да"])?;
    stage.ticket(case.number, "the ticket to be resolved", |ticket| {
        ticket.state == State::Resolved
    })?;
    stage.teller.say("Maria answers with one digit:")?;
    let letter = Letter::reply(&MARIA, &resolution, "5").by(Client::Phone);
    stage.write(&letter)?;
    stage.ticket(case.number, "the ticket to be closed", |ticket| {
        ticket.state == State::Closed && ticket.rating == Some(5)
    })?;
    stage.nothing_more(&EVERYBODY)?;
    stage.teller.say(&format!(
        "Ticket IT-{} is closed, rated 5 of 5. Nobody is bothered with a mail about that.",
        case.number
    ))
}

fn joins(stage: &Stage<'_>, case: &Case, found: TicketNumber) -> anyhow::Result<()> {
    ensure!(
        found == case.number,
        "The story did not go as told: the mail went to ticket {found}, not to {}",
        case.number
    );
    stage.ticket(case.number, "the ticket", |_| true).map(drop)
}

/// The tag in a subject, brackets and all.
fn tag_of(subject: &str) -> anyhow::Result<String> {
    let tag = subject
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'));
    let (tag, _) = tag.context("The story did not go as told: no tag in the subject")?;
    Ok(format!("[{tag}]"))
}

/// What bad programs and human hands make of a tag.
fn mangled(tag: &str) -> String {
    let alike = |letter: char| match letter {
        'A' => 'А',
        'B' => 'В',
        'E' => 'Е',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        '-' => '–',
        other => other,
    };
    tag.trim_matches(['[', ']']).chars().map(alike).collect()
}

fn year_of(at: Timestamp) -> String {
    at.strftime("%Y").to_string()
}
