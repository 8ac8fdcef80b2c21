//! The scene of the request form: asked for, filled in by halves, asked about once, answered with a file.

use anyhow::ensure;

use super::{
    cast::{ACCOUNTS, Client, EVERYBODY, MARIA, VERA},
    letter::Letter,
    stage::{Stage, says, says_nothing_of},
};
use crate::model::ticket::State;

/// A very small document.
const CERTIFICATE: &[u8] = b"%PDF-1.4\n%%EOF\n";

/// The form, as the configuration of the demo has it.
pub(super) const FORM: &str = r#"
# A request form. People get the list of forms by a mail whose subject is "формы".
[form.ndfl]
title = "Справка 2-НДФЛ"
about = "О доходах за год; готовим за два рабочих дня."
queue = "buh"
asks = "pause"
field.kind = { title = "Тип запроса", choices = ["справка о доходах", "справка для визы"], required = true }
field.period = { title = "Период", hint = "год или годы", required = true }
field.way = { title = "Способ получения", choices = ["на почту", "в печатном виде"], required = true }
"#;

/// Plays it.
pub(super) fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    stage.teller.scene("A form by mail")?;
    stage
        .teller
        .say("Maria needs a certificate of income. She asks the accountants which forms there are, with one word:")?;
    stage.write(&Letter::new(&MARIA, ACCOUNTS, "Формы", ""))?;
    let told = "She gets the list, each form as a link that opens a mail with its lines, and as lines to copy:";
    let list = stage.get(&MARIA, told)?;
    says(&list, &["Справка 2-НДФЛ [form:ndfl]", "Способ получения"])?;
    stage.teller.say("She fills it in, in a hurry:")?;
    let text = "Тип запроса: справка для визы\nПериод:\nСпособ получения: 1";
    let subject = "Справка 2-НДФЛ [form:ndfl]";
    let id = stage.write(&Letter::new(&MARIA, ACCOUNTS, subject, text))?;
    let told =
        "The period is missing. She is asked for it, once; until she answers no time counts:";
    let asked = stage.get(&MARIA, told)?;
    says(&asked, &["[BUH-", "Не хватает сведений: «Период»"])?;
    let number = stage.filed(&id)?;
    stage.ticket(number, "the ticket to wait for Maria", |ticket| {
        ticket.state == State::Pending
    })?;
    let card = stage.get(&VERA, "Vera's card says what is known, and what is not:")?;
    says(&card, &["Способ получения: на почту", "Не хватает: Период"])?;
    stage.teller.say("Maria answers from her phone:")?;
    stage.write(&Letter::reply(&MARIA, &asked, "2025").by(Client::Phone))?;
    let whole = stage.get(&VERA, "That fills in the field, and the clock goes on:")?;
    says(&whole, &["Период: 2025"])?;
    says_nothing_of(&whole, "Не хватает")?;
    stage.teller.say("Vera answers with the certificate:")?;
    let text = "Мария, здравствуйте! Справка во вложении.";
    let answer = Letter::reply(&VERA, &card, text);
    stage.write(&answer.with("2-NDFL-2025.pdf", "application/pdf", CERTIFICATE))?;
    let answered = stage.get(&MARIA, "Maria has it:")?;
    says(&answered, &["Справка во вложении"])?;
    let files = answered.mail.attachments.iter();
    let mut names = files.filter_map(|file| file.name.as_deref());
    ensure!(
        names.any(|name| name == "2-NDFL-2025.pdf"),
        "The story did not go as told: the certificate is not there"
    );
    stage.nothing_more(&EVERYBODY)
}
