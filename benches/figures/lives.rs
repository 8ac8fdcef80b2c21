//! What becomes of a few tickets, as it was really decided: all others of the base are like them.

use anyhow::Context as _;
use okno::{
    clock::Clock,
    desk::{cause::Cause, decision::Decision},
    house::{House, lease::DECIDER},
    mail::read::{Limits, read},
    model::{ids::MessageId, outgoing::OutgoingMail},
};

use super::{house, mails};

/// So many minutes after the mail before who writes (empty: whoever asks), in answer to which mail of ours (empty: the newest that
/// they have), and what.
pub(crate) type Step = (u64, &'static str, &'static str, &'static str);

/// The lives: to which department the question goes, and what comes of it; whoever has the turn in it answers. All of them end on
/// one day, solved.
pub(crate) const LIVES: [(&str, &[Step]); 7] = [
    (
        "it",
        &[
            (
                30,
                "anna",
                "card",
                "Кабель был не вставлен, теперь всё включается.\nрешено",
            ),
            (60, "", "resolution", "5"),
        ],
    ),
    (
        "buh",
        &[
            (10, "vera", "card", "#класс срочное ждут сегодня"),
            (
                20,
                "vera",
                "card",
                "Справка готова, она у секретаря.\nрешено",
            ),
        ],
    ),
    (
        "it",
        &[
            (
                15,
                "boris",
                "card",
                "Перезагрузите, пожалуйста, компьютер.\nрешено",
            ),
            (20, "", "resolution", "Не помогло, опять не работает."),
            (
                30,
                "boris",
                "",
                "Заменили блок питания, теперь работает.\nрешено",
            ),
        ],
    ),
    (
        "hr",
        &[
            (
                20,
                "gleb",
                "card",
                "#класс консультация вопрос о порядке\nО каком отпуске речь?",
            ),
            (40, "", "reply", "О летнем, в июле."),
            (
                30,
                "gleb",
                "",
                "График отпусков приложен к приказу о нём.\nрешено",
            ),
        ],
    ),
    (
        "it",
        &[(
            290,
            "anna",
            "card",
            "Принтер вернулся из ремонта и печатает.\nрешено",
        )],
    ),
    (
        "it",
        &[
            (
                10,
                "boris",
                "card",
                "Это вопрос к бухгалтерии.\n#передать buh",
            ),
            (
                25,
                "vera",
                "card",
                "Расчётный листок отправлен в личный кабинет.\nрешено",
            ),
        ],
    ),
    (
        "hr",
        &[(
            45,
            "dina",
            "card",
            "Копия трудовой книжки лежит на вахте.\nрешено",
        )],
    ),
];

/// Lives them, one after the other.
pub(crate) async fn live(house: &House, clock: &Clock) -> anyhow::Result<()> {
    let mut number = 0_u64;
    for (life, (queue, steps)) in (1_u64..).zip(LIVES) {
        let asks = mails::visitor(life);
        number = number.saturating_add(1);
        let asked = "Подскажите, пожалуйста, что делать, очень нужно.";
        let mut sent = vec![take(house, (queue, number, &asks), None, asked).await?];
        for (minutes, agent, template, words) in steps {
            clock.advance(std::time::Duration::from_secs(minutes.saturating_mul(60)));
            let from = match *agent {
                "" => asks.clone(),
                agent => format!("{agent}@uni.test"),
            };
            let answers = id_of(&sent, template, &from)?;
            number = number.saturating_add(1);
            let said = (queue, number, from.as_str());
            sent.push(take(house, said, Some(&answers), words).await?);
        }
    }
    Ok(())
}

/// Somebody writes these words to a department, in answer to something or to nothing.
async fn take(
    house: &House,
    (queue, number, from): (&str, u64, &str),
    answers: Option<&MessageId>,
    words: &str,
) -> anyhow::Result<Decision> {
    let mut cause = house::mail(house, number, from, answers);
    if let Cause::Mail(arrival) = &mut cause {
        let bytes = String::from_utf8(mails::mail(number, from, answers))?;
        let bytes = bytes.replace("it@uni.test", &format!("{queue}@uni.test"));
        arrival.mailbox = queue.into();
        arrival.reading = read(bytes.as_bytes(), &Limits::default());
        arrival.reading.message.text = Some(format!("{words}\n"));
        arrival.reading.message.reply = None;
    }
    let lease = house.lease(DECIDER).await?;
    let lease = lease.context("Somebody else decides")?;
    let decided = house::take(house, &lease, &[cause]).await?;
    decided.into_iter().next().context("nothing was decided")
}

/// The newest mail of that sort, or of any, to somebody.
fn id_of(sent: &[Decision], template: &str, to: &str) -> anyhow::Result<MessageId> {
    let all = sent.iter().rev();
    let mut mails = all.flat_map(|one| one.mails.iter().map(|queued| &queued.mail));
    let is_theirs = |mail: &&OutgoingMail| {
        let mut to_whom = mail.recipients.iter();
        let is_of_sort = template.is_empty() || mail.body.template() == template;
        is_of_sort && to_whom.any(|one| one.address.to_string() == to)
    };
    let found = mails.find(is_theirs);
    let found = found.with_context(|| {
        let last = sent.last().map(|one| one.reason);
        format!("no mail {template} was sent to {to}; the last decision: {last:?}")
    })?;
    Ok(found.message_id.clone())
}
