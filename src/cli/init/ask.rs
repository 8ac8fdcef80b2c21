//! The questions, and where their answers come from: flags, defaults, or the person at the terminal.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use secrecy::SecretString;

use super::{
    Answers, InitArgs, Terminal,
    compose::name_of,
    terminal::{Check, Interview, Question},
};
use crate::{
    config::{calendars, host, mode, opening_hours},
    desk::policy::Mode,
    model::{address::Address, language::Language},
};

/// A password that was typed and must be written down.
#[derive(Debug)]
pub(super) struct NewPassword {
    pub path: PathBuf,
    pub password: SecretString,
}

const ADDRESS: Check = Check {
    test: |words| {
        Address::parse(words)
            .map(|_| ())
            .map_err(|refused| refused.to_string())
    },
    ru: "Нужен почтовый адрес, например anna@uni.test",
    en: "A mail address is needed, like anna@uni.test",
};
const SERVER: Check = Check {
    test: |words| host(words).map(|_| ()),
    ru: "Нужно имя сервера без порта, например mail.uni.test",
    en: "A server's name is needed, without a port, like mail.uni.test",
};
const MODE: Check = Check {
    test: |words| mode(words).map(|_| ()),
    ru: "Нужно одно из слов: observe, acknowledge, full",
    en: "One of these words is needed: observe, acknowledge, full",
};
const HOURS: Check = Check {
    test: |words| opening_hours(words).map(|_| ()),
    ru: "Нужны дни и часы, например пн-пт 09:00-18:00 или пн-пт 09:00-13:00 14:00-18:00",
    en: "Days and hours are needed, like mon-fri 09:00-18:00 or mon-fri 09:00-13:00 14:00-18:00",
};
/// No holidays.
const NONE: &str = "none";
const HOLIDAYS: Check = Check {
    test: |words| match words {
        NONE => Ok(()),
        words => calendars::built_in(words)
            .map(|_| ())
            .ok_or_else(String::new),
    },
    ru: "Нужно ru (производственный календарь России) или none (без праздников)",
    en: "ru (the production calendar of Russia) or none (no holidays) is needed",
};
const ANYTHING: Check = Check {
    test: |_| Ok(()),
    ru: "Нужен ответ в одну строку",
    en: "An answer of one line is needed",
};

/// All answers, and the password if it was typed.
pub(super) fn gather(
    args: &InitArgs,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<(Answers, Option<NewPassword>)> {
    let language = args.language;
    let asks = terminal.is_interactive && !args.yes;
    let mut interview = Interview {
        language,
        terminal,
        asks,
        takes_defaults: args.yes,
        missing: Vec::new(),
    };
    let mailbox = ask_mailbox(args, &mut interview)?;
    let administrator = interview.answer(Question {
        flag: "--administrator",
        given: args.administrator.as_ref(),
        words: pick(
            language,
            "Кому писать о неполадках (ваш адрес)",
            "Who is told when something is wrong (your address)",
        ),
        default: None,
        check: ADDRESS,
    })?;
    let people = ask_people(args, &mut interview)?;
    let written = password_path(args, &mailbox.address)?;
    let password = password(args, &mut interview, &written)?;
    if !interview.missing.is_empty() {
        bail!(
            "Nobody can be asked here, and some answers are missing; give them as {} (--yes takes defaults where there \
             are some)",
            interview.missing.join(", ")
        );
    }
    let answers = Answers {
        language,
        administrator,
        address: mailbox.address,
        server: mailbox.server,
        user: mailbox.user,
        password_file: written,
        mode: mailbox.mode,
        queue_title: people.queue_title,
        hours: people.hours,
        holidays: Some(people.holidays).filter(|holidays| holidays != NONE),
        agent_name: people.agent_name,
        agent_address: people.agent_address,
    };
    Ok((answers, password))
}

const fn pick(language: Language, ru: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Ru => ru,
        Language::En => en,
    }
}

struct PeopleAnswers {
    queue_title: String,
    hours: String,
    holidays: String,
    agent_name: String,
    agent_address: String,
}

fn ask_people(args: &InitArgs, interview: &mut Interview<'_, '_>) -> anyhow::Result<PeopleAnswers> {
    let pick = |ru, en| pick(args.language, ru, en);
    let queue_title = interview.answer(Question {
        flag: "--queue-title",
        given: args.queue_title.as_ref(),
        words: pick(
            "Как называется служба, которая отвечает",
            "The name of the team that answers",
        ),
        default: Some(pick("Служба поддержки", "Support").to_owned()),
        check: ANYTHING,
    })?;
    let hours = interview.answer(Question {
        flag: "--hours",
        given: args.hours.as_ref(),
        words: pick("Часы работы", "Working hours"),
        default: Some(pick("пн-пт 09:00-18:00", "mon-fri 09:00-18:00").to_owned()),
        check: HOURS,
    })?;
    let holidays = interview.answer(Question {
        flag: "--holidays",
        given: args.holidays.as_ref(),
        words: pick(
            "Праздники и переносы выходных: ru — производственный календарь России, none — без них",
            "Holidays: ru - the production calendar of Russia, none - no holidays",
        ),
        default: Some(pick("ru", NONE).to_owned()),
        check: HOLIDAYS,
    })?;
    let agent_name = interview.answer(Question {
        flag: "--agent-name",
        given: args.agent_name.as_ref(),
        words: pick(
            "Имя сотрудника, который отвечает",
            "The name of the person who answers",
        ),
        default: None,
        check: ANYTHING,
    })?;
    let agent_address = interview.answer(Question {
        flag: "--agent-address",
        given: args.agent_address.as_ref(),
        words: pick("Адрес этого сотрудника", "That person's address"),
        default: None,
        check: ADDRESS,
    })?;
    Ok(PeopleAnswers {
        queue_title,
        hours,
        holidays,
        agent_name,
        agent_address,
    })
}

struct MailboxAnswers {
    address: String,
    server: String,
    user: String,
    mode: Mode,
}

fn ask_mailbox(
    args: &InitArgs,
    interview: &mut Interview<'_, '_>,
) -> anyhow::Result<MailboxAnswers> {
    let pick = |ru, en| pick(args.language, ru, en);
    let address = interview.answer(Question {
        flag: "--address",
        given: args.address.as_ref(),
        words: pick(
            "Адрес ящика, в который пишут люди",
            "The mailbox people write to",
        ),
        default: None,
        check: ADDRESS,
    })?;
    let domain = address.rsplit_once('@').map(|(_, domain)| domain);
    let server = interview.answer(Question {
        flag: "--server",
        given: args.server.as_ref(),
        words: pick("Его сервер IMAP", "Its IMAP server"),
        default: domain.map(|domain| format!("mail.{domain}")),
        check: SERVER,
    })?;
    let user = match (&args.user, interview.asks) {
        // Nearly always the address, so a script need not say it.
        (None, false) => address.clone(),
        (given, _) => interview.answer(Question {
            flag: "--user",
            given: given.as_ref(),
            words: pick("Имя для входа", "The name to log in with"),
            default: Some(address.clone()),
            check: ANYTHING,
        })?,
    };
    if interview.asks && args.mode.is_none() {
        interview.terminal.say(pick(
            "Режимы: observe — только смотреть, никому ничего не отправлять; acknowledge — подтверждать обращения; \
             full — всё.\n",
            "Modes: observe - only look, send nobody anything; acknowledge - confirm requests; full - everything.\n",
        ))?;
    }
    let chosen = interview.answer(Question {
        flag: "--mode",
        given: args.mode.as_ref(),
        words: pick("Режим", "Mode"),
        default: Some(Mode::Observe.code().to_owned()),
        check: MODE,
    })?;
    Ok(MailboxAnswers {
        address,
        server,
        user,
        mode: mode(&chosen).unwrap_or(Mode::Observe),
    })
}

/// Where the password is: the whole path, so that the configuration may be moved.
fn password_path(args: &InitArgs, address: &str) -> anyhow::Result<PathBuf> {
    let path = match &args.password_file {
        Some(path) => path.clone(),
        None => args
            .output
            .with_file_name(format!("{}.password", name_of(address, "main"))),
    };
    std::path::absolute(&path).with_context(|| format!("Cannot find {}", path.display()))
}

fn password(
    args: &InitArgs,
    interview: &mut Interview<'_, '_>,
    path: &Path,
) -> anyhow::Result<Option<NewPassword>> {
    if path.exists() {
        return Ok(None);
    }
    if !interview.asks {
        if args.password_file.is_some() {
            bail!(
                "Cannot use --password-file: there is no file {}; write the password into it, one line, readable for \
                 the service only (chown root:okno, chmod 640)",
                path.display()
            );
        }
        interview.missing.push("--password-file");
        return Ok(None);
    }
    loop {
        interview.terminal.say(match args.language {
            Language::Ru => "Пароль ящика: ",
            Language::En => "The mailbox's password: ",
        })?;
        let line = interview.terminal.hidden_line()?;
        if !line.is_empty() {
            return Ok(Some(NewPassword {
                path: path.to_owned(),
                password: line.into(),
            }));
        }
    }
}
