//! The facts a decision rests on, in words.

use serde::Deserialize;

use super::{super::words::Words, ground};
use crate::{
    desk::reason::Reason,
    model::{
        ids::{MailboxName, TicketNumber},
        message::Kind,
        ticket::Side,
    },
};

/// As the desk writes them down for a mail.
#[derive(Debug, Deserialize)]
struct MailFacts {
    mailbox: MailboxName,
    kind: Kind,
    #[serde(default)]
    auto_reasons: Vec<String>,
    #[serde(default)]
    oddities: Vec<String>,
    answer_forbidden: Option<String>,
    place: Option<Place>,
    /// Other tickets that it names; absent where there are none.
    #[serde(default)]
    rivals: Vec<Rival>,
    /// Tickets that it may belong to, as far as subject and people nearly match.
    #[serde(default)]
    may_belong: Vec<TicketNumber>,
    /// Absent where nobody was asked who wrote it, and in decisions of old.
    #[serde(default)]
    trust: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Place {
    ticket: TicketNumber,
    side: Side,
    how: String,
    token: bool,
}

#[derive(Debug, Deserialize)]
struct Rival {
    ticket: TicketNumber,
    how: String,
}

/// One line a fact; the facts as they are stored where this program does not know their shape.
pub(super) fn in_words(facts: &str, words: &Words) -> Vec<String> {
    let Ok(facts) = serde_json::from_str::<MailFacts>(facts) else {
        let is_nothing = matches!(facts, "" | "{}" | "null");
        return if is_nothing {
            Vec::new()
        } else {
            vec![facts.to_owned()]
        };
    };
    let mut lines = vec![
        format!("{} {}", words.pick("ящик", "mailbox"), facts.mailbox),
        kind(facts.kind, words).to_owned(),
    ];
    if !facts.auto_reasons.is_empty() {
        lines.push(format!(
            "{}: {}",
            words.pick("признаки автомата", "signs of a machine"),
            facts.auto_reasons.join(", ")
        ));
    }
    if !facts.oddities.is_empty() {
        lines.push(format!(
            "{}: {}",
            words.pick("странности", "oddities"),
            facts.oddities.join(", ")
        ));
    }
    lines.push(match &facts.answer_forbidden {
        None => words
            .pick(
                "отвечать автоматически можно",
                "may be answered automatically",
            )
            .to_owned(),
        Some(reason) => format!(
            "{}: {}",
            words.pick(
                "отвечать автоматически нельзя",
                "must not be answered automatically"
            ),
            Reason::words_of(reason, words.language)
        ),
    });
    lines.push(place(facts.place.as_ref(), words));
    lines.extend(facts.rivals.iter().map(|rival| {
        format!(
            "{} {}. {}",
            words.pick(
                "называет и другое обращение,",
                "names another ticket as well,"
            ),
            rival.ticket,
            Reason::words_of(&rival.how, words.language)
        )
    }));
    lines.extend(facts.may_belong.iter().map(|number| {
        let (ru, en) = (
            "по теме и людям близко к обращению",
            "by subject and people it is near to ticket",
        );
        format!("{} {number}", words.pick(ru, en))
    }));
    if let Some(code) = &facts.trust {
        lines.push(format!(
            "{}: {}",
            words.pick("отправитель", "the sender"),
            ground::ground(code, words)
        ));
    }
    lines
}

fn place(place: Option<&Place>, words: &Words) -> String {
    let Some(place) = place else {
        return words
            .pick("ни на одно обращение не указывает", "points to no ticket")
            .to_owned();
    };
    let side = match place.side {
        Side::Requester => words.pick("переписка с заявителем", "the requester's side"),
        Side::Agents => words.pick("переписка сотрудников", "the agents' side"),
    };
    let token = if place.token {
        words.pick(
            " Ссылка подписана нашим ключом.",
            " The reference bears our signature.",
        )
    } else {
        ""
    };
    format!(
        "{} {}, {side}. {}{token}",
        words.pick("указывает на обращение", "points to ticket"),
        place.ticket,
        Reason::words_of(&place.how, words.language)
    )
}

const fn kind(kind: Kind, words: &Words) -> &'static str {
    let (ru, en) = match kind {
        Kind::Human => ("написано человеком", "written by a person"),
        Kind::AutoReply => ("автоответ", "an automatic reply"),
        Kind::Bounce => ("отчёт о недоставке", "a delivery failure"),
        Kind::DelayNotice => ("отчёт о задержке", "a notice of delay"),
        Kind::ReadReceipt => ("уведомление о прочтении", "a read receipt"),
        Kind::FeedbackReport => (
            "отчёт о жалобе или о проверке подлинности",
            "an abuse or authentication report",
        ),
        Kind::Challenge => (
            "просьба доказать, что писал человек",
            "asks to prove that a person wrote",
        ),
        Kind::List => ("письмо списка рассылки", "from a mailing list"),
        Kind::Bulk => ("массовая рассылка", "mass mail"),
        Kind::Calendar => ("приглашение на встречу", "a meeting"),
    };
    words.pick(ru, en)
}
