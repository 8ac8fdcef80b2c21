//! Which mail a mailbox takes as a request and which is kept apart, in plain words; nothing where all is as everywhere.

use crate::{
    config::Config,
    desk::policy::{AsksFor, InCc, MailboxPolicy, Says, SpamMark},
    model::{account::ScannerAccount, language::Language},
};

/// What becomes of copies, which old addresses count, and which machines may ask.
pub(super) fn intake(mailbox: &MailboxPolicy, language: Language) -> Vec<String> {
    let mut lines: Vec<String> = in_cc(mailbox.in_cc, language)
        .map(str::to_owned)
        .into_iter()
        .collect();
    if !mailbox.former.is_empty() {
        let former: Vec<String> = mailbox.former.iter().map(ToString::to_string).collect();
        let former = former.join(", ");
        lines.push(match language {
            Language::Ru => {
                format!(
                    "  Прежние адреса: {former}; сколько по ним ещё пишут, скажет okno addresses"
                )
            }
            Language::En => {
                format!("  Former addresses: {former}; okno addresses tells how much they are used")
            }
        });
    }
    lines.extend(mailbox.automatic.iter().map(|machine| {
        let (address, asks) = (&machine.address, asks_for(&machine.requester, language));
        match language {
            Language::Ru => format!("  Автомат {address} открывает обращения {asks}"),
            Language::En => format!("  The machine {address} opens tickets {asks}"),
        }
    }));
    lines
}

const fn in_cc(in_cc: InCc, language: Language) -> Option<&'static str> {
    match (in_cc, language) {
        (InCc::Note, _) => None,
        (InCc::Ticket, Language::Ru) => {
            Some("  Письмо, где ящик стоит в копии, тоже открывает обращение (cc = \"ticket\")")
        }
        (InCc::Ticket, Language::En) => {
            Some("  A mail that has the mailbox in Cc opens a ticket, too (cc = \"ticket\")")
        }
        (InCc::Ignore, Language::Ru) => Some(
            "  Письмо, где ящик стоит в копии, откладывается без уведомления (cc = \"ignore\")",
        ),
        (InCc::Ignore, Language::En) => Some(
            "  A mail that has the mailbox in Cc is put aside, nobody is told (cc = \"ignore\")",
        ),
    }
}

fn asks_for(requester: &AsksFor, language: Language) -> String {
    match (requester, language) {
        (AsksFor::Itself, Language::Ru) => {
            "от своего имени; автоматических писем он не получает".to_owned()
        }
        (AsksFor::Itself, Language::En) => {
            "in its own name; it is sent nothing automatic".to_owned()
        }
        (AsksFor::ReplyTo, Language::Ru) => "за того, чей адрес стоит в Reply-To".to_owned(),
        (AsksFor::ReplyTo, Language::En) => "for whoever stands in Reply-To".to_owned(),
        (AsksFor::Field(field), Language::Ru) => {
            format!("за того, чей адрес стоит в тексте после «{field}:»")
        }
        (AsksFor::Field(field), Language::En) => {
            format!("for whoever the text names after \"{field}:\"")
        }
    }
}

/// Which mail waits for the administrator's word.
#[must_use]
pub fn quarantine(config: &Config) -> Vec<String> {
    let (policy, language) = (&config.policy.intake, config.policy.language);
    let scanner = config.scanner.as_ref();
    let mut lines: Vec<String> = scanner
        .map(|scanner| scanned(scanner, language))
        .into_iter()
        .collect();
    if !policy.everybody.is_empty() {
        let all: Vec<String> = policy.everybody.iter().map(ToString::to_string).collect();
        let all = all.join(", ");
        lines.push(match language {
            Language::Ru => format!(
                "  Письма всем сразу ({all}), где нас нет в To и Cc, откладываются без уведомлений"
            ),
            Language::En => format!(
                "  Mail to everybody ({all}) without us in To or Cc is put aside, nobody is told"
            ),
        });
    }
    if !policy.spam.is_empty() {
        let marks: Vec<String> = policy
            .spam
            .iter()
            .map(|mark| spam(mark, language))
            .collect();
        let marks = marks.join(", ");
        lines.push(match language {
            Language::Ru => {
                format!("  В карантин, без подтверждения, идёт спам по отметкам: {marks}")
            }
            Language::En => format!("  Quarantined, and not confirmed, is spam, by: {marks}"),
        });
    }
    if !policy.refuse_files.is_empty() {
        let endings = policy.refuse_files.join(", ");
        lines.push(match language {
            Language::Ru => {
                format!("  Туда же идут письма с файлами, чьи имена кончаются на: {endings}")
            }
            Language::En => {
                format!("  Quarantined, too, are mails with files whose names end in: {endings}")
            }
        });
    }
    lines
}

fn scanned(scanner: &ScannerAccount, language: Language) -> String {
    let minutes = scanner.wait.as_secs().div_ceil(60);
    let megabytes = scanner.bytes_max.div_ceil(1_000_000);
    let at = &scanner.at;
    match language {
        Language::Ru => format!(
            "  На вирусы почту проверяет clamd ({at}), первые {megabytes} МБ письма; с находкой письмо идёт в карантин.\n    \
             Если clamd молчит, почта ждёт его {minutes} мин, потом идёт дальше с предупреждением"
        ),
        Language::En => format!(
            "  Mail is checked for viruses by clamd ({at}), its first {megabytes} MB; what is found is quarantined.\n    \
             Where clamd is silent mail waits {minutes} min for it, then goes on with a warning"
        ),
    }
}

fn spam(mark: &SpamMark, language: Language) -> String {
    let header = &mark.header;
    match (&mark.says, language) {
        (Says::Value(value), _) => format!("{header}: {value}"),
        (Says::Contains(words), Language::Ru) => format!("{header} содержит «{words}»"),
        (Says::Contains(words), Language::En) => format!("{header} contains \"{words}\""),
        (Says::AtLeast(least), Language::Ru) => format!("{header} не меньше {least}"),
        (Says::AtLeast(least), Language::En) => format!("{header} is at least {least}"),
    }
}
