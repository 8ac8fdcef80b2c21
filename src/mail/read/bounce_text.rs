//! Bounces that follow no standard: qmail, old Exchange, Exim and whoever writes prose. Told by who sends them and by
//! what they say; addresses and codes are read from the part above the copy of the original.

use super::{
    bounce::{Report, address, judged},
    bytes::shorten,
    headers::Headers,
    mime::Structure,
};
use crate::model::message::{BouncedRecipient, IncomingMessage};

/// How the subjects of bounces speak, lower case.
const SUBJECTS: [&str; 45] = [
    "mail failed",
    "returning to sender",
    "non remis",
    "メールエラー",
    "配信不能",
    "undelivered mail",
    "undeliverable",
    "undelivered",
    "delivery status notification",
    "failure notice",
    "returned mail",
    "mail delivery fail",
    "delivery failure",
    "delivery failed",
    "delivery has failed",
    "mail could not be delivered",
    "could not be delivered",
    "non-delivery",
    "nondelivery",
    "non delivery",
    "nondeliverable",
    "mail system error",
    "returned to sender",
    "mail returned",
    "undeliver",
    "delivery notification",
    "message status",
    "mail failure",
    "error sending",
    "delivery report",
    "delivery error",
    "warning: could not send",
    "warning: message",
    "delayed",
    "mail delivery",
    "не доставлено",
    "недоставлен",
    "не может быть доставлено",
    "невозможно доставить",
    "не удалось доставить",
    "ошибка доставки",
    "уведомление о доставке",
    "возвращено отправителю",
    "unzustellbar",
    "nicht zustellbar",
];

/// What the text of a bounce says, lower case.
const PHRASES: [&str; 67] = [
    "no valid recipients",
    "unknown host",
    "failed addresses follow",
    "送信できませんでした",
    "配信できません",
    "this is the qmail-send program",
    "could not be delivered",
    "couldn't be delivered",
    "cannot be delivered",
    "can't be delivered",
    "was not delivered",
    "not be delivered to",
    "undeliverable",
    "unable to deliver",
    "did not reach the following recipient",
    "had permanent fatal errors",
    "had transient non-fatal errors",
    "permanent fatal error",
    "delivery to the following recipient",
    "delivery has failed",
    "delivery failed",
    "failed to deliver",
    "user unknown",
    "unknown user",
    "no such user",
    "mailbox unavailable",
    "mailbox full",
    "mailbox is full",
    "recipient rejected",
    "address rejected",
    "recipient address rejected",
    "does not exist",
    "returned to sender",
    "returned to you",
    "delivery to these recipients",
    "no se ha podido entregar",
    "could not deliver",
    "wasn't able to deliver",
    "was unable to deliver",
    "unable to be delivered",
    "not listed in",
    "no mailbox",
    "invalid recipient",
    "over quota",
    "quota exceeded",
    "exceeded storage",
    "host unknown",
    "host not found",
    "unrouteable",
    "unroutable",
    "relay access denied",
    "relaying denied",
    "retry timeout exceeded",
    "message could not",
    "mail could not",
    "was undeliverable",
    "not yet been delivered",
    "has not been delivered",
    "delivery attempts will continue",
    "will keep trying",
    "не было доставлено",
    "не может быть доставлено",
    "не удалось доставить",
    "не доставлено",
    "не существует",
    "ящик переполнен",
    "пользователь не найден",
];

/// What a delay notice says, lower case.
const DELAYS: [&str; 16] = [
    "will continue to be attempted",
    "delivery attempts will continue",
    "will keep trying",
    "not yet been delivered",
    "this is a warning message only",
    "you do not need to resend",
    "not necessary to resend",
    "still being tried",
    "delivery will continue",
    "has been delayed",
    "is delayed",
    "will be retried",
    "still undelivered after",
    "доставка задерживается",
    "попытки доставки будут продолжены",
    "повторять попытки",
];

/// Where the report ends and the copy of the original begins, lower case.
const COPIES: [&str; 25] = [
    "below this line is a copy",
    "this is a copy of the message",
    "original message follows",
    "----- original message",
    "-----original message",
    "--- original message",
    "----- unsent message follows",
    "--- the header of the original message",
    "message header follows",
    "----- message header",
    "----- unsent message",
    "returned message follows",
    "--- returned message",
    "original message headers",
    "the original message was:",
    "included is a copy",
    "a copy of the original message",
    "copy of your message",
    "------ this is a copy",
    "your original message",
    "headers of the original",
    "received: from",
    "received: by",
    "return-path:",
    "исходное сообщение",
];

/// Reads a report in prose; `None` where this mail is none.
pub(super) fn read(
    headers: &Headers,
    structure: &Structure,
    message: &IncomingMessage,
    text: &str,
    original: Option<&Headers>,
) -> Option<Report> {
    let said = shorten(text, 64 << 10);
    let lower = said.to_lowercase();
    if !is_bounce(headers, structure, message, &lower) {
        return None;
    }
    let above = above_copy(said);
    let mut found = failed_header(headers);
    if found.is_empty() {
        found = named(above, message);
    }
    if found.is_empty() {
        found = named(said, message);
    }
    if found.is_empty() {
        found = addressees(original);
    }
    let is_delay = DELAYS
        .iter()
        .any(|words| above.to_lowercase().contains(words));
    let recipients = found
        .into_iter()
        .take(50)
        .map(|address| {
            let diagnostic = diagnostic(above, &address);
            let status = diagnostic
                .as_deref()
                .and_then(|d| enhanced(d).or_else(|| by_reply_code(d)))
                .or_else(|| enhanced(above))
                .or_else(|| by_reply_code(above))
                .or_else(|| is_delay.then(|| "4.0.0".to_owned()))
                .or_else(|| by_words(&above.to_lowercase()));
            let action = if is_delay { "delayed" } else { "failed" };
            BouncedRecipient {
                address,
                action: Some(action.to_owned()),
                status,
                diagnostic,
            }
        })
        .collect();
    let mut report = judged(recipients);
    report.is_delay = is_delay;
    Some(report)
}

/// Whether sender, subject and text together are those of a delivery report.
fn is_bounce(
    headers: &Headers,
    structure: &Structure,
    message: &IncomingMessage,
    text: &str,
) -> bool {
    let subject = message
        .subject
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    let is_subject = SUBJECTS.iter().any(|words| subject.contains(words));
    let says = PHRASES.iter().any(|words| text.contains(words))
        || DELAYS.iter().any(|words| text.contains(words));
    let is_answer = subject.starts_with("re:")
        || !message.references.is_empty()
            && message.reply_to.is_empty()
            && headers.has("user-agent");
    let is_null = message.return_path.as_deref() == Some("");
    let is_daemon = is_daemon(message);
    let is_report = structure
        .parts
        .first()
        .is_some_and(|p| p.is("multipart/report"))
        && report_type(structure) != "disposition-notification"
        && report_type(structure) != "feedback-report";
    let is_list = headers.has("list-id") || headers.has("list-post");
    let is_vacation = headers.has("x-autoreply")
        || headers
            .plain("precedence")
            .is_some_and(|p| p.contains("auto_reply"));
    if is_answer || is_vacation || (is_list && !is_daemon) {
        return headers.has("x-failed-recipients");
    }
    // A gateway with a name of its own: its subject begins like a report, and it answers nobody.
    let is_gateway = SUBJECTS.iter().any(|words| subject.starts_with(words))
        && message.in_reply_to.is_empty()
        && PHRASES.iter().any(|words| text.contains(words));
    headers.has("x-failed-recipients")
        || (is_daemon && (says || is_subject))
        || (is_null && is_subject && says)
        || (is_report && (says || is_subject))
        || is_gateway
        || text
            .trim_start()
            .starts_with("hi. this is the qmail-send program")
}

fn report_type(structure: &Structure) -> String {
    structure
        .parts
        .first()
        .and_then(|p| p.content_type.text("report-type"))
        .unwrap_or_default()
        .to_lowercase()
}

/// Whether a mail system writes, by address or by name.
fn is_daemon(message: &IncomingMessage) -> bool {
    let Some(from) = &message.from else {
        return true;
    };
    let address = from.address.to_lowercase();
    let name = from.name.as_deref().unwrap_or_default().to_lowercase();
    let local = address.split('@').next().unwrap_or_default();
    let path = message
        .return_path
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    if path.starts_with("mailer-daemon@") || local.is_empty() {
        return true;
    }
    let squeezed: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    [
        "mailerdaemon",
        "postmaster",
        "maildaemon",
        "mdaemon",
        "maildelivery",
        "mailadmin",
        "microsoftexchange",
    ]
    .iter()
    .any(|word| squeezed.starts_with(word))
        || [
            "mail delivery",
            "mailer-daemon",
            "mailer daemon",
            "postmaster",
            "mail system",
            "mail administrator",
            "delivery subsystem",
            "system administrator",
            "системный администратор",
        ]
        .iter()
        .any(|words| name.contains(words))
}

fn above_copy(text: &str) -> &str {
    let mut at = 0_usize;
    for line in text.split_inclusive('\n') {
        let lower = line
            .trim_start_matches(['>', ' ', '\t', '|'])
            .to_lowercase();
        let is_copy = COPIES.iter().any(|words| {
            lower.starts_with(words)
                || (!words.ends_with(':')
                    && lower.contains(words)
                    && !words.starts_with("received"))
        });
        if is_copy && at > 0 {
            return text.get(..at).unwrap_or(text);
        }
        at = at.saturating_add(line.len());
    }
    text
}

fn failed_header(headers: &Headers) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in headers.values("x-failed-recipients") {
        for piece in String::from_utf8_lossy(value).split([',', ' ', ';']) {
            add(&mut found, address(piece), &[]);
        }
    }
    found
}

/// To whom the copy of the original was addressed, where the report names nobody.
fn addressees(original: Option<&Headers>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in original.into_iter().flat_map(|o| o.values("to")) {
        for person in super::addresses::read(value, 50) {
            add(&mut found, person.address, &[]);
        }
    }
    found
}

/// The addresses the report names, those of the report's own sender and receivers left out.
fn named(text: &str, message: &IncomingMessage) -> Vec<String> {
    let own: Vec<String> = message
        .from
        .iter()
        .chain(&message.to)
        .chain(&message.reply_to)
        .map(|a| a.address.to_lowercase())
        .collect();
    let mut found: Vec<String> = Vec::new();
    for line in text.lines().take(400) {
        let trimmed = line.trim_start_matches(['>', ' ', '\t', '*', '|']);
        let starts = super::bytes::starts_with_ignore_case;
        if [
            "from:",
            "reply-to:",
            "message-id:",
            "sender:",
            "return-path:",
            "x-",
            "references:",
        ]
        .iter()
        .any(|f| starts(trimmed, f))
        {
            continue;
        }
        for word in line.split(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '<' | '>' | ',' | ';' | '(' | ')' | '"' | '[' | ']' | '\'' | '`'
                )
        }) {
            let word = word.rsplit(['=']).next().unwrap_or(word);
            let word = word.split("mailto:").last().unwrap_or(word);
            let word = word.split_once("rfc822;").map_or(word, |(_, w)| w);
            add(&mut found, address(word), &own);
        }
    }
    found
}

fn add(found: &mut Vec<String>, address: String, own: &[String]) {
    let lower = address.to_lowercase();
    let Some((local, domain)) = lower.rsplit_once('@') else {
        return;
    };
    let is_sound = !local.is_empty()
        && domain.contains('.')
        && domain.len() > 3
        && domain
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
        && local.len() <= 128
        && ![
            "postmaster",
            "mailer-daemon",
            "abuse",
            "helpdesk",
            "support",
        ]
        .contains(&local);
    if is_sound && !own.contains(&lower) && !found.iter().any(|f| f.eq_ignore_ascii_case(&address))
    {
        found.push(address);
    }
}

/// What the report says about `address`: the lines from it to the next empty one, on one line.
fn diagnostic(text: &str, address: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains(address))?;
    let mut said: Vec<&str> = Vec::new();
    for line in lines.iter().skip(at).take(12) {
        let is_blank = line.trim().is_empty();
        if is_blank && said.len() > 1 {
            break;
        }
        if !is_blank {
            said.push(line.trim());
        }
    }
    let joined = said.join(" ");
    let joined = joined
        .strip_prefix(&format!("<{address}>"))
        .unwrap_or(&joined);
    let joined = joined.trim_start_matches([':', ' ']).trim();
    (!joined.is_empty()).then(|| shorten(joined, 1000).to_owned())
}

/// The first enhanced status code (RFC 3463) in `text`: `5.1.1`.
pub(super) fn enhanced(text: &str) -> Option<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .find_map(|word| {
            let word = word.trim_matches('.');
            let mut numbers = word.split('.');
            let (class, subject, detail) = (numbers.next()?, numbers.next()?, numbers.next()?);
            let is_code = matches!(class, "2" | "4" | "5")
                && (1..=3).contains(&subject.len())
                && (1..=3).contains(&detail.len())
                && numbers.next().is_none();
            is_code.then(|| word.to_owned())
        })
}

/// A status from an SMTP reply code (RFC 5321): only its class is known.
pub(super) fn by_reply_code(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '(' | ')' | '<' | '>' | ';' | '"' | '\'')
        })
        .collect();
    words.iter().find_map(|word| {
        let code = word
            .split('-')
            .next()
            .unwrap_or(word)
            .trim_matches(['#', ',', '.', '[', ']']);
        let is_code = code.len() == 3
            && (code.starts_with("55")
                || code.starts_with("45")
                || code.starts_with("42")
                || code.starts_with("50")
                || code == "521"
                || code == "571")
            && code.bytes().all(|b| b.is_ascii_digit());
        is_code.then(|| format!("{}.0.0", code.get(..1).unwrap_or("5")))
    })
}

/// A status from the words of a reason.
fn by_words(text: &str) -> Option<String> {
    const REASONS: [(&str, &[&str]); 4] = [
        (
            "5.2.2",
            &[
                "quota",
                "mailbox full",
                "mailbox is full",
                "переполнен",
                "storage",
            ],
        ),
        (
            "5.1.2",
            &[
                "host unknown",
                "host not found",
                "unknown host",
                "domain not found",
                "no such domain",
                "unrouteable",
                "unroutable",
            ],
        ),
        (
            "5.1.1",
            &[
                "user unknown",
                "unknown user",
                "no such user",
                "not listed in",
                "no mailbox",
                "does not exist",
                "не существует",
                "invalid recipient",
            ],
        ),
        ("5.7.1", &["spam", "blocked", "refused", "relay", "denied"]),
    ];
    let known = REASONS
        .iter()
        .find(|(_, words)| words.iter().any(|w| text.contains(w)));
    Some(known.map_or("5.0.0", |(status, _)| *status).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found() {
        assert_eq!(
            enhanced("550 5.1.1 <a@b.test> unknown"),
            Some("5.1.1".to_owned())
        );
        assert_eq!(
            enhanced("host 10.1.1.1 said 4.2.2"),
            Some("4.2.2".to_owned())
        );
        assert_eq!(enhanced("nothing"), None);
        assert_eq!(
            by_reply_code("said: 550 no such user"),
            Some("5.0.0".to_owned())
        );
        assert_eq!(by_reply_code("room 123"), None);
    }
}
