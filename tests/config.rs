//! The configuration: what is refused and in which words, what the defaults are, that the example is true.
#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, which fail loudly"
)]

use std::{path::Path, time::Duration};

use okno::{
    config::{Config, Found, Secrets, StartFrom, parse},
    desk::{
        command::{Verb, Wish},
        policy::{ListMail, Mode},
        rules::Assignee,
        trust::{Server, Submission},
    },
    model::{
        account::{
            DatabaseSettings, ImapAccount, Relay, ScannerAt, Security, ServerAction, SmtpAccount,
            Source,
        },
        ids::{MailboxName, QueueName},
        language::Language,
        promise::Promises,
    },
};
use secrecy::{ExposeSecret as _, SecretString};

const EXAMPLE: &str = include_str!("../okno.example.toml");

const SMALLEST: &str = r#"administrator = "root@uni.test"
[mailbox.it]
address = "it@uni.test"
mode = "observe"
server = "mail.uni.test"
password = { file = "it.password" }
[queue.it]
title = "ИТ-поддержка"
agents = ["anna"]
[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"
"#;

/// A machine where every password is there but those whose name says otherwise.
struct Machine;

impl Secrets for Machine {
    fn file(&self, path: &Path) -> Result<Found, String> {
        let path = path.display().to_string();
        if path.contains("missing") {
            return Err(format!("the password file {path} cannot be read"));
        }
        Ok(Found {
            password: SecretString::from(format!("in {path}")),
            warning: path
                .contains("open")
                .then(|| "everybody can read it".to_owned()),
        })
    }

    fn credential(&self, name: &str) -> Result<Found, String> {
        Ok(Found {
            password: SecretString::from(format!("credential {name}")),
            warning: None,
        })
    }

    fn exists(&self, path: &Path) -> bool {
        !path.display().to_string().contains("missing")
    }

    fn text(&self, path: &Path) -> Result<String, String> {
        match path.display().to_string() {
            name if name.contains("missing") => Err(format!("{name} cannot be read")),
            name if name.ends_with("kpi.toml") => {
                Ok(include_str!("../kpi.example.toml").to_owned())
            }
            name if name.ends_with("percent.toml") => Ok(paid_by_fact("percent")),
            name if name.ends_with("count.toml") => Ok(paid_by_fact("count")),
            name if name.contains("half.toml") => Ok("version = \"1\"\n".to_owned()),
            name if name.contains("broken") => Ok("year 2028\n2028-01-01 of\n".to_owned()),
            _ => Ok("year 2028\n2028-01-01..2028-01-08 off\n".to_owned()),
        }
    }
}

#[track_caller]
fn good(source: &str) -> Config {
    match parse(source, "/etc/okno/okno.toml", &Machine) {
        Ok(config) => config,
        Err(problems) => panic!("{problems}\n---\n{source}"),
    }
}

/// The file must be refused with exactly these lines.
#[track_caller]
fn refused(source: &str, expected: &str) {
    match parse(source, "okno.toml", &Machine) {
        Ok(_) => panic!("accepted:\n{source}"),
        Err(problems) => {
            let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
            assert_eq!(problems.to_string(), expected.join("\n"), "\n---\n{source}");
        }
    }
}

/// The smallest file with one piece of text changed.
#[track_caller]
fn changed(from: &str, to: &str) -> String {
    assert!(SMALLEST.contains(from), "{from}");
    SMALLEST.replacen(from, to, 1)
}

#[track_caller]
fn refused_with(from: &str, to: &str, expected: &str) {
    refused(&changed(from, to), expected);
}

fn imap(config: &Config, name: &str) -> ImapAccount {
    match &config.mailboxes[&MailboxName::from(name)].source {
        Source::Imap { account, .. } => account.clone(),
        Source::Maildir { path } => panic!("a Maildir: {}", path.display()),
    }
}

fn relay(config: &Config, name: &str) -> SmtpAccount {
    match &config.relays[&MailboxName::from(name)] {
        Relay::Smtp(account) => account.clone(),
        Relay::Maildir(path) => panic!("a Maildir: {}", path.display()),
    }
}

#[test]
fn the_smallest_file_has_a_default_for_everything() {
    let config = good(SMALLEST);
    assert!(config.warnings.is_empty());
    assert_eq!(config.policy.administrator.as_str(), "root@uni.test");
    assert_eq!(config.policy.language, Language::Ru);
    assert_eq!(config.policy.zone, "Europe/Moscow");
    assert_eq!(config.zones.keys().collect::<Vec<_>>(), ["Europe/Moscow"]);
    assert_eq!(config.hello, "uni.test");
    assert_eq!(config.data, Path::new("/var/lib/okno"));
    match &config.database {
        DatabaseSettings::Sqlite { path } => {
            assert_eq!(path, Path::new("/var/lib/okno/okno.sqlite"))
        }
        DatabaseSettings::Postgres { url, .. } => panic!("{url}"),
    }
    let queue = &config.policy.queues[&QueueName::from("it")];
    assert_eq!(queue.prefix, "IT");
    assert_eq!(queue.mailbox.as_str(), "it");
    assert_eq!(
        queue.promises,
        Promises::default(),
        "without a target no date is promised"
    );
    assert!(queue.calendar.is_always_open());
    let mailbox = &config.policy.mailboxes[&MailboxName::from("it")];
    assert_eq!(mailbox.mode, Mode::Observe);
    assert_eq!(mailbox.queue.as_str(), "it");
}

#[test]
fn the_smallest_file_reads_and_sends_through_one_server() {
    let config = good(SMALLEST);
    let settings = &config.mailboxes[&MailboxName::from("it")];
    assert_eq!(settings.start_from, StartFrom::Now);
    assert_eq!(settings.poll, Duration::from_secs(60));
    match &settings.source {
        Source::Imap { folders, after, .. } => {
            assert_eq!(folders, &["INBOX"]);
            assert_eq!(*after, None, "the mailbox is left as it is");
        }
        Source::Maildir { path } => panic!("{}", path.display()),
    }
    let account = imap(&config, "it");
    assert_eq!(
        (account.host.as_str(), account.port),
        ("mail.uni.test", 993)
    );
    assert_eq!(account.security, Security::Tls);
    assert_eq!(account.login.username, "it@uni.test");
    let password = account.login.password.expose_secret().to_owned();
    assert_eq!(
        password, "in /etc/okno/it.password",
        "relative to the file's folder"
    );
    let out = relay(&config, "it");
    assert_eq!((out.host.as_str(), out.port), ("mail.uni.test", 465));
    assert_eq!(out.login.unwrap().username, "it@uni.test");
    assert_eq!(out.hello, "uni.test");
    assert!(
        !format!("{config:?}").contains("it.password"),
        "Debug shows no password"
    );
}

#[test]
fn the_people_directory_is_a_file_beside_the_configuration() {
    assert_eq!(good(SMALLEST).directory, None);
    let file = |line: &str| good(&format!("{SMALLEST}[directory]\n{line}")).directory;
    assert_eq!(
        file("file = \"people.csv\"").as_deref(),
        Some(Path::new("/etc/okno/people.csv"))
    );
    // It is no mistake that the file is not there just now: it comes and goes while okno runs.
    assert_eq!(
        file("file = \"/srv/missing.csv\"").as_deref(),
        Some(Path::new("/srv/missing.csv"))
    );
    refused(
        &format!("{SMALLEST}[directory]\n"),
        "okno.toml:13: directory.file: is missing; write file = \"people.csv\"",
    );
    refused(
        &format!("{SMALLEST}[directory]\nfiel = \"people.csv\""),
        "okno.toml:14: directory.fiel: unknown key; did you mean `file`?",
    );
    refused(
        &format!("{SMALLEST}[directory]\nfile = 5"),
        "okno.toml:14: directory.file: a text in quotes is expected, but this is a number",
    );
    refused_with(
        "[mailbox.it]",
        "directory = \"people.csv\"\n[mailbox.it]",
        "okno.toml:2: directory: a table is expected, but this is a text",
    );
}

#[test]
fn exchange_names_and_credentials_are_taken_as_written() {
    let config = good(&changed(
        r#"password = { file = "it.password" }"#,
        r#"user = 'UNI\ivanov\it'
security = "starttls"
password = { credential = "it-password" }"#,
    ));
    let account = imap(&config, "it");
    assert_eq!(account.login.username, r"UNI\ivanov\it");
    assert_eq!(
        account.login.password.expose_secret(),
        "credential it-password"
    );
    assert_eq!((account.security, account.port), (Security::StartTls, 143));
    let out = relay(&config, "it");
    assert_eq!((out.security, out.port), (Security::StartTls, 587));
    assert_eq!(out.login.unwrap().username, r"UNI\ivanov\it");
}

#[test]
fn every_queue_may_send_through_a_server_of_its_own() {
    let two = format!(
        r#"{SMALLEST}
[mailbox.hr]
address = "hr@uni.test"
mode = "full"
server = "mail.uni.test"
password = {{ file = "hr.password" }}
[queue.hr]
title = "Кадры"
agents = ["anna"]
smtp = {{ server = "smtp.hr.uni.test", security = "starttls", user = "hr", password = {{ file = "hr-smtp" }} }}
[smtp]
server = "smtp.uni.test"
"#
    );
    let config = good(&two);
    let hr = relay(&config, "hr");
    assert_eq!((hr.host.as_str(), hr.port), ("smtp.hr.uni.test", 587));
    let login = hr.login.unwrap();
    assert_eq!(login.username, "hr");
    assert_eq!(login.password.expose_secret(), "in /etc/okno/hr-smtp");
    let it = relay(&config, "it");
    assert_eq!((it.host.as_str(), it.port), ("smtp.uni.test", 465));
    assert_eq!(
        it.login.unwrap().username,
        "it@uni.test",
        "the mailbox's own login"
    );
}

#[test]
fn a_relay_on_this_machine_is_asked_without_a_login() {
    let config = good(&format!(
        "{SMALLEST}[smtp]\nserver = \"127.0.0.1\"\nsecurity = \"none\"\nport = 2525\n"
    ));
    let out = relay(&config, "it");
    assert_eq!((out.security, out.port), (Security::None, 2525));
    assert!(out.login.is_none());
}

#[test]
fn a_maildir_is_a_mailbox_too() {
    let source = r#"administrator = "root@uni.test"
[mailbox.it]
address = "it@uni.test"
mode = "full"
maildir = "in/it"
[queue.it]
title = "ИТ"
agents = ["anna"]
[agent.anna]
name = "Анна"
address = "anna@uni.test"
"#;
    let config = good(&format!("{source}[smtp]\nmaildir = \"out\"\n"));
    match &config.mailboxes[&MailboxName::from("it")].source {
        Source::Maildir { path } => assert_eq!(path, Path::new("/etc/okno/in/it")),
        Source::Imap { account, .. } => panic!("{}", account.host),
    }
    match &config.relays[&MailboxName::from("it")] {
        Relay::Maildir(path) => assert_eq!(path, Path::new("/etc/okno/out")),
        Relay::Smtp(account) => panic!("{}", account.host),
    }
    refused(
        source,
        "okno.toml:2: mailbox.it: mail from this mailbox has no way out; write a table [smtp] with server = \"smtp.uni.test\"",
    );
}

#[test]
fn mailing_lists_open_tickets_only_where_it_is_written() {
    let written = |value: &str| changed("mode =", &format!("list_mail = \"{value}\"\nmode ="));
    let list_mail =
        |source: &str| good(source).policy.mailboxes[&MailboxName::from("it")].list_mail;
    assert_eq!(list_mail(SMALLEST), ListMail::Aside);
    assert_eq!(list_mail(&written("aside")), ListMail::Aside);
    assert_eq!(list_mail(&written("ticket")), ListMail::Ticket);
    refused(
        &written("tickets"),
        "okno.toml:4: mailbox.it.list_mail: did you mean \"ticket\"? One of \"aside\", \"ticket\" is expected",
    );
}

#[test]
fn hours_target_and_actions_are_resolved() {
    let source = changed(
        "mode = \"observe\"",
        "mode = \"full\"\nafter = { move = \"Okno\" }\npoll = \"5 min\"",
    )
    .replace(
        "agents =",
        "hours = \"пн-пт 09:00-18:00\"\ntarget = \"16 h\"\nprefix = \"help\"\nconfirm_days = 5\nagents =",
    ) + "aliases = [\"a.petrova@uni.test\"]\n";
    let config = good(&source);
    let settings = &config.mailboxes[&MailboxName::from("it")];
    assert_eq!(settings.poll, Duration::from_secs(300));
    match &settings.source {
        Source::Imap { after, .. } => {
            assert_eq!(*after, Some(ServerAction::Move("Okno".to_owned())));
        }
        Source::Maildir { path } => panic!("{}", path.display()),
    }
    let queue = &config.policy.queues[&QueueName::from("it")];
    assert_eq!(queue.prefix, "HELP");
    assert_eq!(queue.confirm_days, 5);
    let friday_at_five = "2026-11-20T14:00:00Z".parse().unwrap();
    let target =
        jiff::SignedDuration::from_secs(queue.promises.usual.resolution.target_secs.unwrap());
    let due = queue.calendar.add(friday_at_five, target).unwrap();
    assert_eq!(due.to_string(), "2026-11-24T12:00:00Z", "1 + 9 + 6 hours");
}

#[test]
fn dates_to_start_from_are_read_in_every_form() {
    let at = |words: &str| StartFrom::At(words.parse().unwrap());
    for (written, expected) in [
        ("\"beginning\"", StartFrom::Beginning),
        ("\"now\"", StartFrom::Now),
        ("2026-11-01", at("2026-10-31T21:00:00Z")),
        ("\"2026-11-01\"", at("2026-10-31T21:00:00Z")),
        ("2026-11-01T12:00:00", at("2026-11-01T09:00:00Z")),
        ("2026-11-01T12:00:00+05:00", at("2026-11-01T07:00:00Z")),
    ] {
        let config = good(&changed(
            "mode =",
            &format!("start_from = {written}\nmode ="),
        ));
        let settings = &config.mailboxes[&MailboxName::from("it")];
        assert_eq!(settings.start_from, expected, "{written}");
    }
}

#[test]
fn postgres_keeps_its_password_elsewhere() {
    let with = |database: &str| format!("database = {database}\n{SMALLEST}");
    let config = good(&with(
        r#"{ url = "postgres://okno@db.uni.test/okno", password = { file = "db.password" } }"#,
    ));
    match config.database {
        DatabaseSettings::Postgres { url, password } => {
            assert_eq!(url, "postgres://okno@db.uni.test/okno");
            assert_eq!(
                password.unwrap().expose_secret(),
                "in /etc/okno/db.password"
            );
        }
        DatabaseSettings::Sqlite { path } => panic!("{}", path.display()),
    }
    let words = "okno.toml:1: database: a password is never written into this file; write database = { url = \
                 \"postgres://user@host/name\", password = { file = \"/etc/okno/database.password\" } }";
    refused(&with("\"postgres://okno:hunter2@db.uni.test/okno\""), words);
    refused(
        &with("\"postgres://okno@db.uni.test/okno?password=hunter2\""),
        words,
    );
    refused(
        &with("\"mysql://db.uni.test/okno\""),
        "okno.toml:1: database: a file's path or a server as \"postgres://user@host/name\" is expected",
    );
}

#[test]
fn all_problems_are_told_at_once_by_line() {
    refused(
        r#"administrator = "root"
langauge = "en"
[mailbox.it]
adress = "it@uni.test"
mode = "ful"
server = "imaps://mail.uni.test"
password = "hunter2"
colour = 1
[queue.it]
title = ""
agents = ["anna", "olga"]
target = "2 days"
hours = "mon-fri 9-18"
[agent.ana]
name = 5
address = "anna@uni.test"
"#,
        r#"
okno.toml:1: administrator: «root» is not a mail address: one @ with something before it and a domain after it is expected
okno.toml:2: langauge: unknown key; did you mean `language`?
okno.toml:4: mailbox.it.adress: unknown key; did you mean `address`?
okno.toml:5: mailbox.it.mode: did you mean "full"? One of "observe", "acknowledge", "full" is expected
okno.toml:6: mailbox.it.server: a server's name alone is expected, as in "mail.uni.test"; the port has a key of its own, `port`
okno.toml:7: mailbox.it.password: a password is never written into this file; write password = { file = "/etc/okno/it.password" } or { credential = "it-password" }
okno.toml:8: mailbox.it.colour: unknown key; known here are address, mode, aliases, former, dry_run, sent, append_sent, plus_addresses, queue, list_mail, on_full, cc, automatic, start_from, poll, maildir, server, security, port, user, password, folders, after
okno.toml:10: queue.it.title: the text is empty
okno.toml:11: queue.it.agents: there is no agent "anna"; did you mean "ana"?
okno.toml:11: queue.it.agents: there is no agent "olga"; known are "ana"
okno.toml:12: queue.it.target: a target is counted in business hours and minutes: for two days of eight hours write "16 h"; days by the calendar are a limit, limit = "2 working days"
okno.toml:13: queue.it.hours: "9-18" is no time of day: write 09:00-18:00
okno.toml:15: agent.ana.name: a text in quotes is expected, but this is a number
"#,
    );
}

const CLAMD: &str = "quarantine.clamd: \"unix:/run/clamav/clamd.ctl\" or \"tcp:127.0.0.1:3310\" is expected: where clamd \
                     listens";

#[test]
fn clamd_at_a_socket_or_a_port() {
    let scanner = |line: &str| {
        let source = format!("{SMALLEST}\n[quarantine]\n{line}");
        let config = good(&source);
        let warnings = config.warnings.len();
        (config.scanner, warnings)
    };
    let (none, _) = scanner("clamd_wait = \"1 min\"");
    assert!(none.is_none());
    let (unix, warnings) = scanner("clamd = \"unix:/run/clamav/clamd.ctl\"\nclamd_max = \"5 MB\"");
    let unix = unix.unwrap();
    assert_eq!(unix.at, ScannerAt::Unix("/run/clamav/clamd.ctl".into()));
    assert_eq!(
        (unix.bytes_max, unix.wait.as_secs(), warnings),
        (5_000_000, 900, 0)
    );
    let (far, warnings) = scanner("clamd = \"tcp:[2001:db8::7]:3310\"");
    let at = ScannerAt::Tcp {
        host: "2001:db8::7".to_owned(),
        port: 3310,
    };
    assert_eq!((far.unwrap().at, warnings), (at, 1));
}

#[test]
fn what_is_kept_apart_and_who_may_ask_is_checked() {
    let marks = "a list is expected, [{ header = \"X-Spam-Flag\", value = \"YES\" }]";
    let needs = format!(
        "quarantine.spam: each needs `header` and one of `value`, `contains`, `at_least`: {marks}"
    );
    for (line, expected) in [
        ("spam = 5", format!("quarantine.spam: {marks}")),
        ("spam = [{ header = \"X\" }]", needs.clone()),
        (
            "spam = [{ header = \"X\", value = \"Y\", at_least = 5 }]",
            needs,
        ),
        (
            "spam = [{ header = \"X\", is = \"Y\" }]",
            "quarantine.spam: unknown key `is`; known here are header, value, contains, at_least"
                .to_owned(),
        ),
        (
            "refuse_files = [\"a b\"]",
            "quarantine.refuse_files: the ending of a file's name is expected, as in \"exe\""
                .to_owned(),
        ),
        ("clamd = \"/run/clamav/clamd.ctl\"", CLAMD.to_owned()),
        ("clamd = \"unix:clamd.ctl\"", CLAMD.to_owned()),
        ("clamd = \"tcp:localhost\"", CLAMD.to_owned()),
        ("clamd = \"tcp:localhost:0\"", CLAMD.to_owned()),
        (
            "clamd_wait = \"a while\"",
            "quarantine.clamd_wait: \"a while\" is no length of time: write \"30 s\", \"5 min\" or \"1 h 30 min\"".to_owned(),
        ),
    ] {
        let source = format!("{SMALLEST}\n[quarantine]\n{line}");
        let at = source.lines().count();
        refused(&source, &format!("okno.toml:{at}: {expected}"));
    }
    refused_with(
        "mode = \"observe\"",
        "mode = \"observe\"\nautomatic.\"form@uni.test\" = { requester = \"body\" }",
        "okno.toml:5: mailbox.it.automatic.\"form@uni.test\".requester: \"sender\", \"reply-to\", or \"body:Почта\" with \
         the name of a field in the text is expected",
    );
}

#[test]
fn an_empty_file_says_what_is_needed() {
    refused(
        "",
        r#"
okno.toml:1: administrator: is missing; write administrator = "root@uni.test"
okno.toml:1: agent: there is none; at least one is needed, in a table like [agent.anna]
okno.toml:1: mailbox: there is none; at least one is needed, in a table like [mailbox.it]
okno.toml:1: queue: there is none; at least one is needed, in a table like [queue.it]
"#,
    );
}

#[test]
fn what_is_missing_is_told_with_its_form() {
    refused(
        "administrator = \"root@uni.test\"\n[mailbox.it]\n[queue.it]\n[agent.anna]\n",
        r#"
okno.toml:2: mailbox.it.address: is missing; write address = "it@uni.test"
okno.toml:2: mailbox.it.mode: is missing; write mode = "observe", "acknowledge" or "full"; it is never assumed
okno.toml:2: mailbox.it.password: is missing; write password = { file = "/etc/okno/it.password" }
okno.toml:2: mailbox.it.server: is missing; write server = "mail.uni.test"
okno.toml:3: queue.it.title: is missing; write title = "IT support", the name people see
okno.toml:4: agent.anna.address: is missing; write address = "anna@uni.test"
okno.toml:4: agent.anna.name: is missing; write name = "Анна Петрова", the name requesters see
"#,
    );
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let problems = parse(
        "administrator = root@uni.test\n[mailbox\n",
        "okno.toml",
        &Machine,
    )
    .unwrap_err()
    .to_string();
    assert!(problems.contains("okno.toml:1: not TOML: "), "{problems}");
    assert!(problems.contains("okno.toml:2: not TOML: "), "{problems}");
}

#[test]
fn a_key_twice_is_refused() {
    let source = changed("mode =", "mode = \"full\"\nmode =");
    let problems = parse(&source, "okno.toml", &Machine)
        .unwrap_err()
        .to_string();
    assert_eq!(problems, "okno.toml:5: not TOML: duplicate key");
}

#[test]
fn an_address_belongs_to_one() {
    refused_with(
        "anna@uni.test",
        "IT+anna@uni.test",
        "okno.toml:12: agent.anna.address: it+anna@uni.test: this is the address of mailbox \"it\": mail to the agent \
         would come back as a new ticket, for ever; write the agent's own address",
    );
    refused_with(
        "root@uni.test",
        "it@uni.test",
        "okno.toml:1: administrator: this is the address of mailbox \"it\", and an alarm about the mailbox would arrive \
         in it; write a person's own address",
    );
    refused_with(
        "mode =",
        "aliases = [\"help@uni.test\", \"It@uni.test\"]\nmode =",
        "okno.toml:4: mailbox.it.aliases: it@uni.test: stands here twice",
    );
    refused(
        &format!(
            "{SMALLEST}[agent.olga]\nname = \"Ольга\"\naddress = \"olga@uni.test\"\naliases = [\"anna@uni.test\"]\n"
        ),
        "okno.toml:16: agent.olga.aliases: anna@uni.test: agent \"anna\" has this address already; an address belongs to \
         one agent",
    );
    refused(
        &format!(
            "{SMALLEST}[mailbox.help]\naddress = \"it@uni.test\"\nmode = \"observe\"\nserver = \"help.uni.test\"\n\
             password = {{ file = \"p\" }}\n"
        )
        .replace("title =", "mailbox = \"it\"\ntitle ="),
        "okno.toml:3: mailbox.it.address: it@uni.test: mailbox \"help\" has this address already; an address belongs to \
         one mailbox",
    );
}

#[test]
fn a_folder_is_read_once() {
    let two = format!(
        "{SMALLEST}[mailbox.help]\naddress = \"help@uni.test\"\nmode = \"observe\"\nserver = \"Mail.uni.test\"\n\
         user = \"it@uni.test\"\npassword = {{ file = \"p\" }}\nfolders = [\"Help\"]\n"
    )
    .replace("title =", "mailbox = \"it\"\ntitle =");
    good(&two);
    refused(
        &two.replace("\"Help\"", "\"INBOX\""),
        "okno.toml:2: mailbox.it: mailbox \"help\" reads the folder \"INBOX\" of this account already, and each mail \
         would become two tickets; for a second address of one mailbox write `aliases`",
    );
    refused(
        &two.replace("\"Help\"", "\"Help\", \"Help\""),
        "okno.toml:14: mailbox.help: the folder \"Help\" stands in `folders` twice",
    );
}

#[test]
fn what_cannot_be_shared_out_so_is_refused() {
    refused_with(
        "title =",
        "distribution = \"trun\"\ntitle =",
        "okno.toml:8: queue.it.distribution: \"trun\" is none of \"turn\", \"least\", \"manual\", \"self\", \"curator\"",
    );
    refused_with(
        "title =",
        "distribution = \"manual\"\ntitle =",
        "okno.toml:8: queue.it.distribution: nobody says who: write head = \"...\" with the agent who gives out its tickets",
    );
    refused_with(
        "title =",
        "distribution = \"curator\"\ntitle =",
        "okno.toml:8: queue.it.distribution: curators stand in the people directory, and there is none: write the table [directory]",
    );
    refused_with(
        "title =",
        "fallback = \"manual\"\ntitle =",
        "okno.toml:8: queue.it.fallback: \"manual\" is none of \"turn\", \"least\", \"self\"",
    );
    refused_with(
        "title =",
        "max_active = 0\ntitle =",
        "okno.toml:8: queue.it.max_active: a whole number from 1 to 1000 is expected",
    );
    refused_with(
        "title =",
        "max_active_is = \"firm\"\ntitle =",
        "okno.toml:8: queue.it.max_active_is: \"firm\" is none of \"soft\", \"hard\"",
    );
    refused_with(
        "name = \"Анна",
        "calendar = \"office\"\nname = \"Анна",
        "okno.toml:11: agent.anna.calendar: there is no calendar \"office\"; there is no calendar in this file",
    );
    refused_with(
        "name = \"Анна",
        "hours = \"mon-fry 9:00-18:00\"\nname = \"Анна",
        "okno.toml:11: agent.anna.hours: \"fry\" is no day: write mon, tue, wed, thu, fri, sat, sun or пн, вт, ср, чт, пт, сб, вс",
    );
}

#[test]
fn a_head_is_an_agent_of_the_file() {
    refused_with(
        "title =",
        "head = \"ana\"\ntitle =",
        "okno.toml:8: queue.it.head: there is no agent \"ana\"; did you mean \"anna\"?",
    );
}

/// Three departments that may ask each other.
fn asking(it: &str, buh: &str, hr: &str) -> String {
    let queue = |name: &str, keys: &str| {
        format!(
            "[mailbox.{name}]\naddress = \"{name}@uni.test\"\nmode = \"observe\"\nserver = \"mail.uni.test\"\n\
             password = {{ file = \"p\" }}\n[queue.{name}]\n{keys}\ntitle = \"{name}\"\nagents = [\"anna\"]\n"
        )
    };
    let source = SMALLEST.replace("title =", &format!("{it}\ntitle ="));
    format!("{source}{}{}", queue("buh", buh), queue("hr", hr))
}

#[test]
fn a_question_is_asked_of_a_queue_of_the_file_and_never_in_a_circle() {
    let to = |name: &str| format!("escalates_to = [\"{name}\"]");
    let config = good(&asking(&to("buh"), &to("hr"), "ola = \"48 h\""));
    assert_eq!(
        config.policy.queues[&QueueName::from("it")].asking.to,
        ["buh".into()]
    );
    refused(
        &asking(&to("bux"), "", ""),
        "okno.toml:8: queue.it.escalates_to: there is no queue \"bux\"; did you mean \"buh\"?",
    );
    refused(
        &asking(&to("it"), "", ""),
        "okno.toml:8: queue.it.escalates_to: a queue does not escalate to itself",
    );
    refused(
        &asking(&to("buh"), &to("hr"), &to("it")),
        "okno.toml:20: queue.buh.escalates_to: the escalation goes round in circles: buh -> hr -> it -> buh; a question would \
         come back to whoever asks",
    );
    refused(
        &asking("while_escalated = \"stops\"", "", ""),
        "okno.toml:8: queue.it.while_escalated: \"runs\" or \"pauses\" is expected",
    );
    refused(
        &asking("escalation_through = \"boss\"", "", ""),
        "okno.toml:8: queue.it.escalation_through: \"direct\" or \"head\" is expected",
    );
    let warned = good(&asking(
        "commands = [\"escalate\"]",
        "escalation_through = \"head\"",
        "",
    ));
    let warnings: Vec<String> = warned.warnings.iter().map(ToString::to_string).collect();
    assert!(
        warnings
            .iter()
            .any(|one| one.contains("queue \"buh\" is asked through the head")),
        "{warnings:?}"
    );
}

#[test]
fn alarms_of_a_queue_are_numbers_in_their_bounds() {
    refused_with(
        "title =",
        "on_time_percent = 101\ntitle =",
        "okno.toml:8: queue.it.on_time_percent: a whole number from 0 to 100 is expected",
    );
    refused_with(
        "title =",
        "overload = -1\ntitle =",
        "okno.toml:8: queue.it.overload: a whole number from 0 to 100000 is expected",
    );
}

#[test]
fn regular_letters_say_when_they_come_and_to_whom() {
    refused_with(
        "title =",
        "review = { at = \"25:00\" }\ntitle =",
        "okno.toml:8: queue.it.review.at: a time of day is expected, as in \"9:00\"",
    );
    refused_with(
        "title =",
        "review = { charts = true }\ntitle =",
        "okno.toml:8: queue.it.review.at: is missing; write at = \"8:30\", before work begins",
    );
    let full = SMALLEST.replace("observe", "full");
    let page = "[director_review]\nat = \"9:00\"\n";
    refused(
        &format!("{full}{page}"),
        "okno.toml:13: director_review: nobody would read it; name the `director` above, or write to = [\"…\"]",
    );
    refused(
        &format!("{SMALLEST}{page}to = [\"rector@uni.test\"]\n"),
        "okno.toml:13: director_review: the mailbox of the queue \"it\" sends it, and it may only in mode \"full\"; \
         write queue = \"…\" with another one",
    );
    refused(
        &format!("{SMALLEST}[targets]\nrating = 5.5\n"),
        "okno.toml:14: targets.rating: a mean from 1 to 5 is expected, as in 4.5",
    );
    let to = "to = [\"rector@uni.test\"]\n[targets]\nrating = 4.25\nrepeats = -5\n";
    let policy = good(&format!("{full}{page}{to}")).policy;
    assert_eq!((policy.targets.rating, policy.targets.repeats), (425, -5));
    assert_eq!(
        policy.targets.standard, 95,
        "as the founding documents have it"
    );
    assert_eq!(
        policy.director_review.unwrap().to[0].as_str(),
        "rector@uni.test"
    );
}

const PAYROLL: &str = r#"
[payroll.staff]
queues = ["it"]
to = ["payroll@uni.test"]
scores = "kpi.toml"
first = "2026-10"
approver = "anna"
"#;

/// The mailbox that sends these letters may do everything.
fn full() -> String {
    SMALLEST.replace("\"observe\"", "\"full\"")
}

/// Settings by which people are paid for what a file brings, measured so.
fn paid_by_fact(measure: &str) -> String {
    format!(
        "version = \"1\"\n[fact.PAYMENTS]\nru = \"Платежи\"\nen = \"Payments\"\nmeasure = \"{measure}\"\nplan = 95\n\
         weight = 1\nsteps = [[100, 1], [90, 0.5]]\n"
    )
}

#[track_caller]
fn payroll_refused(from: &str, to: &str, words: &str) {
    let source = format!("{}{}", full(), PAYROLL.replace(from, to));
    let refused = parse(&source, "okno.toml", &Machine);
    let said = refused.map_or_else(|said| said.to_string(), |_| String::new());
    assert!(said.contains(words), "{said}");
}

#[test]
fn a_payroll_list_says_whose_figures_go_where_and_who_approves_them() {
    let config = good(&format!("{}{PAYROLL}", full()));
    let list = config.policy.payrolls.values().next().unwrap();
    assert_eq!(
        (list.title.as_str(), list.format.as_str()),
        ("staff", "xlsx")
    );
    assert_eq!(list.day, okno::desk::policy::PayDay::Working(5));
    assert_eq!(config.scorings.len(), 1);
    payroll_refused("\"it\"", "\"ti\"", "there is no queue \"ti\"");
    payroll_refused("[\"it\"]", "[]", "there are no queues in this list");
    payroll_refused(
        "[\"it\"]",
        "[\"it\", \"it\"]",
        "the queue \"it\" is named twice",
    );
    let again = format!(
        "approver = \"anna\"\n{}",
        PAYROLL.replace("staff", "teachers")
    );
    payroll_refused(
        "approver = \"anna\"",
        &again,
        "the queue \"it\" is in the list \"staff\", too, and its people would be paid twice",
    );
    // The file would come back to us, and nobody would ever see it.
    for ours in ["it@uni.test", "it+pay@uni.test"] {
        payroll_refused(
            "payroll@uni.test",
            ours,
            "is an address of mailbox \"it\": the file would come back to okno",
        );
    }
    payroll_refused(
        "[\"payroll@uni.test\"]",
        "[\"payroll@uni.test\", \"Payroll@uni.test\"]",
        "payroll@uni.test stands here twice",
    );
    payroll_refused("2026-10", "2026-13", "a month is expected");
    payroll_refused(
        "approver = \"anna\"",
        "",
        "nobody decides for the queue \"it\"",
    );
    payroll_refused("\"anna\"", "\"ann\"", "there is no agent \"ann\"");
    payroll_refused(
        "approver",
        "working_day = 5\ndate = 7\napprover",
        "not on both",
    );
    payroll_refused(
        "approver",
        "format = \"csv\"\napprover",
        "one of xlsx, csv-utf8, csv-1251",
    );
    payroll_refused("kpi.toml", "missing.toml", "missing.toml cannot be read");
    payroll_refused(
        "kpi.toml",
        "half.toml",
        "half.toml:1: the weights of all indicators must make 1",
    );
}

#[test]
fn a_figure_from_outside_is_measured_alike_in_all_lists() {
    let queue = "[queue.help]\ntitle = \"help\"\nmailbox = \"it\"\nagents = [\"anna\"]\n";
    let list = |name: &str, queue: &str, scores: &str| {
        PAYROLL
            .replace("staff", name)
            .replace("\"it\"", &format!("\"{queue}\""))
            .replace("kpi.toml", scores)
    };
    let source = |other: &str| {
        let lists = list("staff", "it", "percent.toml") + &list("teachers", "help", other);
        format!("{}{queue}{lists}", full())
    };
    assert_eq!(good(&source("percent.toml")).scorings.len(), 2);
    let problems = parse(&source("count.toml"), "okno.toml", &Machine).unwrap_err();
    let said = "the figure PAYMENTS is measured otherwise in the settings of the list \"staff\": percent there, count here";
    assert!(problems.to_string().contains(said), "{problems}");
}

#[test]
fn a_department_that_two_lists_pay_is_warned_of_once() {
    let department = "department = \"digital\"\ntitle =";
    let queue = |name: &str, more: &str| {
        format!("[queue.{name}]\n{more}title = \"{name}\"\nmailbox = \"it\"\nagents = [\"anna\"]\n")
    };
    let source = |of: &str| {
        format!(
            "{}{}{}[department.digital]\ntitle = \"Digital\"\n{PAYROLL}{}",
            full().replace("title =", department),
            queue("help", of),
            queue("desk", of),
            PAYROLL
                .replace("staff", "others")
                .replace("[\"it\"]", "[\"help\", \"desk\"]"),
        )
    };
    let warned = |of: &str| -> Vec<String> {
        let config = good(&source(of));
        let warnings = config.warnings.iter().map(ToString::to_string);
        warnings
            .filter(|words| words.contains("department"))
            .collect()
    };
    assert_eq!(warned(""), [""; 0]);
    let both = warned("department = \"digital\"\n");
    let [words] = &both[..] else {
        panic!("{both:?}");
    };
    // Of the second list by name, at the line of its queues.
    assert!(
        words.contains("the department \"digital\" is paid by the list \"others\", too"),
        "{words}"
    );
    let line = source("department = \"digital\"\n");
    let line = line
        .lines()
        .position(|line| line == "queues = [\"it\"]")
        .unwrap()
        + 1;
    assert!(
        words.contains(&format!("okno.toml:{line}: payroll.staff.queues: ")),
        "{words}"
    );
}

#[test]
fn working_days_of_a_list_are_of_a_queue_that_has_days_off() {
    let noc = "\n[mailbox.noc]\naddress = \"noc@uni.test\"\nmode = \"full\"\nserver = \"mail.uni.test\"\n\
               password = { file = \"noc.password\" }\n[queue.noc]\ntitle = \"NOC\"\nprefix = \"NOC\"\n\
               agents = [\"anna\"]\nhours = \"24/7\"\n";
    let list = PAYROLL.replace("[\"it\"]", "[\"noc\", \"it\"]");
    let is_always_open = |source: &str| {
        let config = good(source);
        let list = config.policy.payrolls.values().next().unwrap();
        let calendar = okno::desk::payroll::calendar_of(list, &config.policy).unwrap();
        (
            calendar.is_always_open(),
            config
                .warnings
                .iter()
                .any(|one| one.to_string().contains("every day is a working day")),
        )
    };
    let hours = |hours: &str| full().replace("title =", &format!("hours = \"{hours}\"\ntitle ="));
    assert_eq!(
        is_always_open(&format!("{}{noc}{list}", hours("пн-пт 09:00-18:00"))),
        (false, false)
    );
    assert_eq!(
        is_always_open(&format!("{}{noc}{list}", hours("24/7"))),
        (true, true)
    );
}

#[test]
fn nobody_is_paid_by_a_mean_of_two_clocks_unwarned() {
    let class = "class = { emergency = { first_response = \"15 min 24/7\" } }";
    let source = |usual: &str| full().replace("title =", &format!("{usual}\n{class}\ntitle ="));
    let warned = |usual: &str| {
        let config = good(&format!("{}{PAYROLL}", source(usual)));
        let warnings = config.warnings.iter().map(ToString::to_string);
        warnings.filter(|words| words.contains("24/7")).count()
    };
    assert_eq!(warned("first_response = \"2 h\""), 1);
    assert_eq!(warned("first_response = \"2 h 24/7\""), 0);
}

#[test]
fn a_list_of_pay_is_warned_of_servers_that_sign_for_everybody() {
    let warned = |trust: &str| {
        let config = good(&format!("{}{PAYROLL}{trust}", full()));
        let warnings = config.warnings.iter().map(ToString::to_string);
        warnings
            .filter(|words| words.contains("`submission`"))
            .count()
    };
    assert_eq!(warned(""), 0);
    assert_eq!(warned("[trust]\nservers = [\"mx.uni.test\"]\n"), 1);
    let with = "[trust]\nservers = [\"mx.uni.test\"]\nsubmission = [\"auth\"]\n";
    assert_eq!(warned(with), 0);
}

#[test]
fn a_repeat_that_needs_a_cause_has_some_to_choose_from() {
    refused_with(
        "title =",
        "repeat_needs_cause = true\ntitle =",
        "okno.toml:8: queue.it.repeat_needs_cause: there are no causes to choose from; write causes = [\"...\"]",
    );
    refused_with(
        "title =",
        "repeat_needs_cause = true\ncauses = [\"wear\"]\ntitle =",
        "okno.toml:8: queue.it.repeat_needs_cause: agents have no way to say the cause; write commands = [\"cause\"]",
    );
}

#[test]
fn a_class_has_a_chain_of_its_own_and_a_head_a_deputy_of_the_file() {
    for (chain, words) in [
        (
            "[{ to = \"head\" }, { to = \"anna\", after = \"1 h\" }]",
            "the chain goes round in circles: head -> anna; \"anna\" stands in it twice",
        ),
        (
            "[{ to = \"ana\" }]",
            "there is no agent \"ana\"; did you mean \"anna\"?",
        ),
        (
            "[{ to = \"director\" }]",
            "there is no director to tell; write director = \"…\" at the top of the file",
        ),
        (
            "[{ to = \"anna\", after = \"-1 h\" }]",
            "\"-1 h\" is no target: write business hours and minutes, \"8 h\" or \"90 min\"",
        ),
    ] {
        refused_with(
            "title =",
            &format!("head = \"anna\"\nchain.emergency = {chain}\ntitle ="),
            &format!("okno.toml:9: queue.it.chain.emergency: {words}"),
        );
    }
    refused(
        &SMALLEST
            .replacen("administrator =", "director = \"anna\"\nadministrator =", 1)
            .replacen(
                "title =",
                "chain.standard = [{ to = \"director\" }]\ntitle =",
                1,
            ),
        "okno.toml:9: queue.it.chain.standard: the director hears of emergencies, and of what is late for days \
         (director_after_days), and stands in no other chain",
    );
    refused_with(
        "title =",
        "deputy = \"anna\"\ntitle =",
        "okno.toml:8: queue.it.deputy: the queue has no head to stand in for; write head = \"…\"",
    );
    refused_with(
        "title =",
        "head = \"anna\"\ndeputy = \"anna\"\ntitle =",
        "okno.toml:9: queue.it.deputy: \"anna\" is the head already; a deputy is somebody else",
    );
}

#[test]
fn the_chain_ends_and_names_people_and_departments_of_the_file() {
    refused_with(
        "administrator =",
        "director = \"ana\"\nadministrator =",
        "okno.toml:1: director: there is no agent \"ana\"; did you mean \"anna\"?",
    );
    refused_with(
        "title =",
        "department = \"it\"\ntitle =",
        "okno.toml:8: queue.it.department: there is no department \"it\"; there is no department in this file",
    );
    refused_with(
        "title =",
        "escalate_after = [\"8 h\", \"0\"]\ntitle =",
        "okno.toml:8: queue.it.escalate_after: each step of the chain hears later than the one before, as in [\"0\", \"8 h\", \"16 h\"]",
    );
    let department = |name: &str, parent: &str| {
        format!("[department.{name}]\ntitle = \"{name}\"\nhead = \"anna\"\nparent = \"{parent}\"\n")
    };
    let circle = format!(
        "{SMALLEST}{}{}",
        department("one", "two"),
        department("two", "one")
    );
    refused(
        &circle,
        "okno.toml:16: department.one.parent: these are parts of each other: one -> two -> one; nobody would be the last to hear of what is late",
    );
    refused(
        &format!("{SMALLEST}[department.one]\ntitle = \"One\"\nhead = \"ana\"\n"),
        "okno.toml:15: department.one.head: there is no agent \"ana\"; did you mean \"anna\"?",
    );
    refused_with(
        "title =",
        "update = \"-1 h\"\ntitle =",
        "okno.toml:8: queue.it.update: \"-1 h\" is no target: write business hours and minutes, \"8 h\" or \"90 min\"",
    );
}

#[test]
fn a_group_is_nobodys_own_address() {
    refused_with(
        "title =",
        "group = \"it@uni.test\"\ntitle =",
        "okno.toml:8: queue.it.group: this is an address of mailbox \"it\": what is sent there would come back as a request; write \
         the address of a group or list that the agents read",
    );
    refused_with(
        "title =",
        "group = \"anna@uni.test\"\ntitle =",
        "okno.toml:8: queue.it.group: this is an address of agent \"anna\"; write the address of a group or list that all agents \
         of the queue read",
    );
    refused_with(
        "title =",
        "crossing_minutes = 1441\ntitle =",
        "okno.toml:8: queue.it.crossing_minutes: a whole number from 0 to 1440 is expected",
    );
    refused_with(
        "title =",
        "handover = \"yes\"\ntitle =",
        "okno.toml:8: queue.it.handover: true or false is expected, without quotes, but this is a text",
    );
}

#[test]
fn names_point_at_something() {
    refused_with(
        "mode =",
        "queue = \"ti\"\nmode =",
        r#"
okno.toml:4: mailbox.it.queue: there is no queue "ti"; did you mean "it"?
okno.toml:8: queue.it: no mailbox brings mail to this queue; write queue = "…" with its name in a mailbox
"#,
    );
    refused_with(
        "title =",
        "mailbox = \"hr\"\ntitle =",
        "okno.toml:8: queue.it.mailbox: there is no mailbox \"hr\"; known are \"it\"",
    );
    refused_with(
        "[\"anna\"]",
        "[\"anna\", \"anna\"]",
        "okno.toml:9: queue.it.agents: \"anna\" stands here twice",
    );
    refused(
        &format!("{SMALLEST}[queue.hr]\ntitle = \"Кадры\"\nprefix = \"it\"\n"),
        r#"
okno.toml:13: queue.hr: no mailbox brings mail to this queue; write queue = "…" with its name in a mailbox
okno.toml:15: queue.hr.prefix: queue "it" has the prefix "IT" already; write another one
"#,
    );
    refused(
        &changed("[queue.it]", "[queue.\"айти\"]"),
        "okno.toml:7: queue.\"айти\".prefix: the queue's name has no Latin letter to make a prefix of; write prefix = \
         \"IT\"",
    );
    refused(
        &changed("[agent.anna]", "[agent.\"anna petrova\"]").replace("[\"anna\"]", "[]"),
        "okno.toml:10: agent.\"anna petrova\": a name is 1 to 40 letters, digits, \"-\", \"_\" or \".\"",
    );
}

#[test]
fn a_queue_of_several_mailboxes_says_which_answers() {
    let two = format!(
        "{SMALLEST}[mailbox.help]\naddress = \"help@uni.test\"\nmode = \"full\"\nserver = \"mail.uni.test\"\n\
         user = \"help\"\npassword = {{ file = \"p\" }}\n"
    );
    refused(
        &two,
        "okno.toml:7: queue.it.mailbox: several mailboxes feed this queue (help, it); write which one answers, as in \
         mailbox = \"help\"",
    );
    refused(
        &two.replace("title =", "mailbox = \"it\"\ntitle ="),
        "okno.toml:8: queue.it.mailbox: mailbox \"help\" is in mode \"full\", but its mail would be answered from \
         \"it\", which is in mode \"observe\" only; give them one mode, or answer from \"help\"",
    );
    let config = good(&two.replace("title =", "mailbox = \"help\"\ntitle ="));
    let help = &config.policy.mailboxes[&MailboxName::from("help")];
    assert_eq!(help.queue.as_str(), "it");
}

#[test]
fn a_mailbox_between_several_queues_says_which() {
    refused(
        &changed("[queue.it]", "[queue.one]\ntitle = \"1\"\n[queue.two]"),
        r#"
okno.toml:2: mailbox.it.queue: there are several queues and none is named like this mailbox; write queue = "…" with the one its mail goes to
okno.toml:7: queue.one: no mailbox brings mail to this queue; write queue = "…" with its name in a mailbox
okno.toml:9: queue.two: no mailbox brings mail to this queue; write queue = "…" with its name in a mailbox
"#,
    );
}

#[test]
fn a_queue_without_mail_of_its_own_is_a_warning() {
    let config = good(&format!(
        "{SMALLEST}[queue.hr]\ntitle = \"Кадры\"\nmailbox = \"it\"\n"
    ));
    let warnings: Vec<String> = config.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "/etc/okno/okno.toml:13: queue.hr: no mailbox brings mail to this queue, so it gets no tickets"
        ]
    );
}

#[test]
fn modes_are_kept() {
    refused_with(
        "mode =",
        "after = { keyword = \"$OknoDone\" }\nmode =",
        "okno.toml:4: mailbox.it.after: mode \"observe\" touches nothing on the server; leave `after` out, or choose \
         another mode",
    );
    refused(
        &changed("observe", "full").replace("agents = [\"anna\"]\n", ""),
        "okno.toml:7: queue.it.agents: nobody would get the mail of this queue, whose mailbox is in mode \"full\"; write \
         agents = [\"…\"]",
    );
    good(&changed("agents = [\"anna\"]\n", ""));
}

#[test]
fn what_people_send_is_not_taken_for_what_is_sent_to_them() {
    let sent = |words: &str| changed("observe\"", &format!("full\"\n{words}"));
    good(&sent("sent = \"Sent\""));
    refused(
        &sent("sent = \"INBOX\""),
        "okno.toml:5: mailbox.it.sent: stands in `folders` too: what people send would be taken for what is sent to them",
    );
}

#[test]
fn actions_on_the_server_are_sound() {
    let after = |words: &str| changed("observe\"", &format!("full\"\nafter = {words}"));
    refused(
        &after("{ move = \"Inbox\" }"),
        "okno.toml:5: mailbox.it.after.move: mail cannot be moved into a folder that is watched: it would be taken again",
    );
    refused(
        &after("{ move = \"Okno\", keyword = \"x\" }"),
        "okno.toml:5: mailbox.it.after: one action is expected: { move = \"Folder\" } or { keyword = \"$OknoDone\" }",
    );
    refused(
        &after("{ keyword = \"\\\\Seen\" }"),
        "okno.toml:5: mailbox.it.after.keyword: a keyword is Latin letters, digits and signs like \"$\" or \"_\", as in \
         \"$OknoDone\"",
    );
    refused(
        &after("\"delete\""),
        "okno.toml:5: mailbox.it.after: a table is expected, but this is a text",
    );
}

#[test]
fn nothing_crosses_a_network_in_the_clear() {
    let words = "passwords and mail would cross the network readable by all: \"none\" is for servers on this machine \
                 only; write \"tls\" or \"starttls\"";
    refused_with(
        "mode =",
        "security = \"none\"\nmode =",
        &format!("okno.toml:4: mailbox.it.security: {words}"),
    );
    refused(
        &format!("{SMALLEST}[smtp]\nserver = \"10.0.0.1\"\nsecurity = \"none\"\n"),
        &format!("okno.toml:15: smtp.security: {words}"),
    );
    let config = good(&changed(
        "mail.uni.test\"",
        "127.0.0.1\"\nsecurity = \"none\"",
    ));
    assert_eq!(imap(&config, "it").security, Security::None);
}

#[test]
fn passwords_have_a_place() {
    refused_with(
        "it.password",
        "missing.password",
        "okno.toml:6: mailbox.it.password.file: the password file missing.password cannot be read",
    );
    refused_with(
        "{ file = \"it.password\" }",
        "{ fiel = \"it.password\" }",
        r#"
okno.toml:6: mailbox.it.password: one place is expected; write password = { file = "/etc/okno/it.password" } or { credential = "it-password" }
okno.toml:6: mailbox.it.password.fiel: unknown key; did you mean `file`?
"#,
    );
    let config = good(&changed("it.password", "open.password"));
    let warnings: Vec<String> = config.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["/etc/okno/okno.toml:6: mailbox.it.password.file: everybody can read it"]
    );
    refused(
        &format!("{SMALLEST}[smtp]\nserver = \"smtp.uni.test\"\nuser = \"okno\"\n"),
        "okno.toml:15: smtp.user: a user needs a password; write password = { file = \"/etc/okno/smtp.password\" }",
    );
}

#[test]
fn values_at_the_top_are_checked() {
    for (line, expected) in [
        (
            "time_zone = \"Europe/Moskow\"",
            "time_zone: there is no time zone \"Europe/Moskow\"; did you mean \"Europe/Moscow\"?",
        ),
        (
            "time_zone = \"Moscow time\"",
            "time_zone: there is no time zone \"Moscow time\"; write a name like \"Europe/Moscow\"",
        ),
        (
            "language = \"de\"",
            "language: one of \"ru\", \"en\" is expected",
        ),
        (
            "caps = { fuse = 0 }",
            "caps.fuse: a whole number from 1 to 1000000 is expected",
        ),
        (
            "caps = { requester = 9 }",
            "caps.requester: unknown key; known here are requester_hour, requester_day, staff_hour, staff_day, ticket_day, new_tickets_hour, fuse, silence_days",
        ),
        (
            "limits = { mail_size_max = \"lots\" }",
            "limits.mail_size_max: a size is expected, as in \"25 MB\"",
        ),
        (
            "extra_ca = \"ca.pem\"",
            "extra_ca: a list is expected, [\"…\"], but this is a text",
        ),
        (
            "extra_ca = [\"missing.pem\"]",
            "extra_ca: there is no file missing.pem",
        ),
        (
            "templates = \"missing\"",
            "templates: there is no folder missing",
        ),
        (
            "data = 5",
            "data: a text in quotes is expected, but this is a number",
        ),
        (
            "hello = \"uni test\"",
            "hello: a server's name alone is expected, as in \"mail.uni.test\"; the port has a key of its own, `port`",
        ),
    ] {
        refused(
            &format!("{line}\n{SMALLEST}"),
            &format!("okno.toml:1: {expected}"),
        );
    }
}

#[test]
fn values_of_tables_are_checked() {
    for (line, expected) in [
        (
            "port = 99999",
            "port: a whole number from 1 to 65535 is expected",
        ),
        (
            "poll = \"0 s\"",
            "poll: \"0 s\" is no length of time: write \"30 s\", \"5 min\" or \"1 h 30 min\"",
        ),
        ("poll = \"48 h\"", "poll: at most 24 h"),
        (
            "folders = []",
            "folders: the list is empty; write [\"INBOX\"]",
        ),
        (
            "start_from = \"yesterday\"",
            "start_from: a date like 2026-11-01, \"now\" or \"beginning\" is expected",
        ),
        (
            "start_from = 5",
            "start_from: a date or \"beginning\" is expected, but this is a number",
        ),
    ] {
        let expected = format!("okno.toml:4: mailbox.it.{expected}");
        refused_with("mode =", &format!("{line}\nmode ="), &expected);
    }
    refused_with(
        "title =",
        "hours = \"mon-fri 09:00-18:00, fri 17:00-20:00\"\ntitle =",
        "okno.toml:8: queue.it.hours: the hours of fri overlap: 9:00–18:00 and 17:00–20:00",
    );
}

#[test]
fn two_queues_of_one_mailbox_cannot_send_through_two_servers() {
    refused(
        &format!("{SMALLEST}[queue.hr]\ntitle = \"Кадры\"\nmailbox = \"it\"\nsmtp = {{ server = \"a.test\" }}\n")
            .replace("[queue.it]", "[queue.it]\nsmtp = { server = \"b.test\" }"),
        "okno.toml:8: queue.it.smtp: mail from mailbox \"it\" goes out as queue \"hr\" says already; leave this table \
         out, or answer from another mailbox",
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn forms_are_refused_in_words() {
    let form = |lines: &str| format!("{SMALLEST}[form.ndfl]\n{lines}");
    let field = "title = \"Справка\"\n";
    let first = SMALLEST.lines().count() + 1;
    for (lines, at, said) in [
        (
            "",
            0,
            "form.ndfl.title: is missing; write title = \"Справка 2-НДФЛ\", the name people see",
        ),
        (
            "title = \"Справка\"",
            0,
            "form.ndfl.field: there is none; at least one is needed, as in field.period = { title = \"Период\" }",
        ),
        (
            "title = \"Справка\"\nqueue = \"hr\"\nfield.a = { title = \"А\" }",
            2,
            "form.ndfl.queue: there is no queue \"hr\"; known are \"it\"",
        ),
        (
            "title = \"Справка\"\nasks = \"stop\"\nfield.a = { title = \"А\" }",
            2,
            "form.ndfl.asks: \"pause\" or \"run\" is expected",
        ),
        (
            "title = \"Справка\"\nfiles = [\"gone.pdf\"]\nfield.a = { title = \"А\" }",
            2,
            "form.ndfl.files: there is no file gone.pdf",
        ),
        (
            "title = \"Справка\"\nfield.a = { title = \"Приём\" }\nfield.b = { title = \"прием\" }",
            3,
            "form.ndfl.field.b.title: field \"a\" has this title, too; nobody could tell them apart",
        ),
        (
            "title = \"Справка\"\nfield.a = { title = \"А: Б\" }",
            2,
            "form.ndfl.field.a.title: letters are expected, without colons and brackets: okno writes the colon itself",
        ),
        (
            "title = \"Справка\"\nfield.a = { title = \"А\", kind = \"number\", choices = [\"1\", \"2\"] }",
            2,
            "form.ndfl.field.a.kind: a number has no choices; write kind = \"choice\", or leave it out",
        ),
        (
            "title = \"Справка\"\nfield.a = { title = \"А\", choices = [\"да\", \"нет\"], choices_en = [\"yes\"] }",
            2,
            "form.ndfl.field.a.choices_en: there are 2 choices and 1 of them in English; each needs its own, in the same order",
        ),
        (
            "title = \"Справка\"\nfield.a = { title = \"А\", choices = [\"да\", \"Да\"] }",
            2,
            "form.ndfl.field.a.choices: \"да\" stands here twice",
        ),
        (
            "title = \"Справка\"\nfield.a = { title = \"А\", requred = true }",
            2,
            "form.ndfl.field.a.requred: unknown key; did you mean `required`?",
        ),
    ] {
        let said_all = parse(&form(lines), "okno.toml", &Machine)
            .unwrap_err()
            .to_string();
        let expected = format!("okno.toml:{}: {said}", first + at);
        assert!(
            said_all.lines().any(|line| line == expected),
            "{expected}\n{said_all}"
        );
    }
    let two = good(&form(&format!(
        "{field}field.b = {{ title = \"Период\" }}\nfield.a = {{ title = \"Вид\", kind = \"date\" }}"
    )));
    let fields: Vec<&str> = two
        .policy
        .forms
        .values()
        .flat_map(|form| &form.fields)
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(fields, ["b", "a"], "as they stand in the file");
}

/// A commented key of the example.
struct Switch {
    line: usize,
    key: String,
    /// Whether its comment says that it shows an example, not the default.
    is_example: bool,
    /// The example with the key switched on, in place of one of the same name.
    text: String,
}

fn switches() -> Vec<Switch> {
    let lines: Vec<&str> = EXAMPLE.lines().collect();
    let mut switches = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let Some((key, _)) = line
            .strip_prefix('#')
            .and_then(|line| line.split_once(" = "))
        else {
            continue;
        };
        if key.contains(' ') {
            continue;
        }
        let header = (0..number)
            .rev()
            .find(|at| lines[*at].trim_start_matches('#').starts_with('['));
        let is_example = lines[..number]
            .iter()
            .rev()
            .take_while(|line| !line.is_empty())
            .any(|line| line.contains("(example"));
        let text = lines.iter().enumerate().map(|(at, line)| {
            if at == number || Some(at) == header {
                line.trim_start_matches('#')
            } else if at < number && Some(at) > header && line.starts_with(&format!("{key} = ")) {
                ""
            } else {
                line
            }
        });
        switches.push(Switch {
            line: number.saturating_add(1),
            key: key.to_owned(),
            is_example,
            text: text.collect::<Vec<_>>().join("\n"),
        });
    }
    switches
}

#[test]
fn the_example_is_the_smallest_file() {
    // But that nothing would be promised without a word.
    let promising = SMALLEST.replace("agents = [", "classes = \"default\"\nagents = [");
    assert_eq!(good(EXAMPLE).policy, good(&promising).policy);
}

#[test]
fn every_line_of_the_example_can_be_switched_on_and_defaults_are_true() {
    let plain = format!("{:?}", good(EXAMPLE));
    let switches = switches();
    assert!(switches.len() > 40, "{} keys", switches.len());
    for Switch {
        line,
        key,
        is_example,
        text,
    } in switches
    {
        match parse(&text, "/etc/okno/okno.toml", &Machine) {
            Ok(config) if is_example => {
                let said = config.warnings.first().map(ToString::to_string);
                let is_told = match (key.as_str(), said.as_deref()) {
                    (_, None) => true,
                    // Keys that need another one beside them to come to anything.
                    ("dry_run", Some(said)) => said.contains("without servers in [trust]"),
                    ("urgency", Some(said)) => said.contains("add \"class\" to `commands`"),
                    (_, Some(_)) => false,
                };
                assert!(is_told, "line {line}: {key}: {said:?}");
            }
            Ok(config) => assert_eq!(
                format!("{config:?}"),
                plain,
                "line {line}: {key} is not the default"
            ),
            Err(problems) => {
                let said = problems.to_string();
                let is_told = match key.as_str() {
                    // Somebody whom only a proxy could name.
                    "queues" => said.contains("nobody can come as this viewer"),
                    "after" => said.contains("touches nothing"),
                    "maildir" => said.contains("belongs to"),
                    "calendar" => said.contains("there is no calendar \"office\""),
                    // Keys of [calendar.NAME], which need hours beside them.
                    "holidays" | "files" | "days" | "time_zone" => {
                        said.contains("calendar.office.hours: is missing")
                    }
                    "deputy" if said.contains("queue.it") => {
                        said.contains("has no head to stand in for")
                    }
                    // Keys of [payroll.NAME], which need each other.
                    "to" | "scores" | "first" | "working_day" | "date" | "format" | "columns"
                    | "approver" | "deputy" => said.contains("payroll.staff.queues: is missing"),
                    // Keys of [smtp], which need its server beside them.
                    "security" | "port" | "user" | "password" | "connections" => {
                        said.contains("smtp.server: is missing")
                    }
                    "department" => said.contains("there is no department \"digital\""),
                    // Keys of [department.NAME], which need a title beside them.
                    "head" | "parent" | "targets" => {
                        said.contains("department.digital.title: is missing")
                    }
                    "urgency_words" => said.contains("only with urgency = true"),
                    "others" => said.contains("write allow = "),
                    // Keys of [[rule]], which need a name beside them.
                    "when" | "unless" | "queue" | "class" | "priority" | "assignee" | "tags"
                    | "acknowledgement" | "stop" => said.contains("rule.name: is missing"),
                    // Keys of [trust], which need a server beside them.
                    "unnamed" | "only_tokens" | "removes_forged" | "hops_above_max" | "domains"
                    | "submission" | "challenge_days" => said.contains("trust.servers: is missing"),
                    _ => false,
                };
                // Keys of [form.NAME], which need a title and a field beside them.
                let is_of_form = said.contains("form.ndfl.title: is missing")
                    || said.contains("form.ndfl.field: there is none");
                let is_of_payroll = said.contains("payroll.staff.")
                    && ["queues", "title", "language", "charts"].contains(&key.as_str());
                // Keys of [director_review], which need each other and a mailbox that sends.
                let is_of_director = said.contains("director_review")
                    && ["at", "to", "queue", "charts"].contains(&key.as_str());
                assert!(
                    is_told || is_of_form || is_of_payroll || is_of_director,
                    "line {line}: {key}: {said}"
                );
            }
        }
    }
}

/// What stands in quotes in the comment above a line of the example.
fn quoted_above(line: &str) -> Vec<&'static str> {
    let above = EXAMPLE.split_once(line).map_or("", |(above, _)| above);
    let comment = above.lines().rev().take_while(|line| line.starts_with('#'));
    let quoted = comment.flat_map(|line| line.split('"').skip(1).step_by(2));
    quoted.collect()
}

#[test]
fn the_example_names_every_command() {
    let named = quoted_above("\n#requester_commands = ");
    for wish in Wish::ALL {
        assert!(named.contains(&wish.code()), "{wish:?}");
    }
    let named = quoted_above("\n#commands = ");
    for verb in Verb::all().filter(|verb| verb.form().is_extra) {
        assert!(named.contains(&verb.code()), "{verb:?}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of all tables")]
fn the_example_names_every_key() {
    for table in [
        "",
        "[mailbox.it]",
        "[queue.it]",
        "[calendar.office]",
        "[[rule]]",
        "[list.deans]",
        "[department.digital]",
        "[agent.anna]",
        "[form.ndfl]",
        "[smtp]",
        "[directory]",
        "[caps]",
        "[quarantine]",
        "[trust]",
        "[web]",
        "[web.viewer.darya]",
        "[payroll.staff]",
        "[director_review]",
        "[targets]",
        "[limits]",
    ] {
        let source = match table {
            "" => format!("zzzzz = 1\n{SMALLEST}"),
            table if SMALLEST.contains(table) => {
                SMALLEST.replace(table, &format!("{table}\nzzzzz = 1"))
            }
            table => format!("{SMALLEST}{table}\nzzzzz = 1"),
        };
        let said = parse(&source, "okno.toml", &Machine)
            .unwrap_err()
            .to_string();
        let known = said
            .lines()
            .find_map(|line| line.split_once("known here are "));
        let Some((_, keys)) = known else {
            panic!("{said}");
        };
        let is_header = |line: &&str| line.trim_start_matches('#').starts_with('[');
        let part: Vec<&str> = EXAMPLE
            .lines()
            .skip_while(|line| !table.is_empty() && line.trim_start_matches('#') != table)
            .skip(usize::from(!table.is_empty()))
            .take_while(|line| !is_header(line))
            .collect();
        for key in keys.split(", ") {
            let tables = [
                "mailbox",
                "queue",
                "calendar",
                "agent",
                "department",
                "form",
                "smtp",
                "directory",
                "caps",
                "trust",
                "quarantine",
                "web",
                "payroll",
                "director_review",
                "targets",
                "limits",
                "rule",
                "list",
            ];
            let is_table = table.is_empty() && tables.contains(&key) || key == "viewer";
            let starts = [format!("{key} = "), format!("{key}.")];
            let is_there = part.iter().any(|line| {
                let line = line.trim_start_matches('#');
                starts.iter().any(|start| line.starts_with(start))
            });
            assert!(is_table || is_there, "{table}: {key} is not explained");
        }
    }
}

/// A file with most keys, to be broken at random.
const RICH: &str = r#"administrator = "root@uni.test"
database = { url = "postgres://okno@db.uni.test/okno", password = { credential = "db" } }
extra_ca = ["ca.pem"]
caps = { fuse = 5 }
[mailbox.it]
address = "it@uni.test"
aliases = ["help@uni.test"]
mode = "full"
queue = "it"
server = "mail.uni.test"
port = 993
password = { file = "it.password" }
after = { move = "Okno" }
start_from = 2026-11-01
[mailbox.hr]
address = "hr@uni.test"
mode = "observe"
maildir = "hr"
[queue.it]
title = "ИТ-поддержка"
hours = "пн-пт 09:00-13:00 14:00-18:00, сб 10:00-14:00"
target = "16 h"
agents = ["anna"]
[queue.hr]
title = "Кадры"
smtp = { server = "127.0.0.1", security = "none" }
[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"
"#;

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    })]

    #[test]
    fn whatever_is_wrong_is_told_in_words(
        at in 0..RICH.len(),
        length in 0..60_usize,
        put in "[a-z\"'=\\[\\]{}.,0-9\\n Ж\u{0}-]{0,12}",
    ) {
        let before: Vec<u8> = RICH.bytes().take(at).collect();
        let after: Vec<u8> = RICH.bytes().skip(at.saturating_add(length)).collect();
        let broken = [before, put.into_bytes(), after].concat();
        let broken = String::from_utf8_lossy(&broken);
        if let Err(problems) = parse(&broken, "okno.toml", &Machine) {
            proptest::prop_assert!(!problems.0.is_empty());
            let lines = broken.lines().count().max(1);
            for problem in problems.0 {
                proptest::prop_assert!((1..=lines).contains(&problem.line), "{problem}");
                proptest::prop_assert!(!problem.to_string().contains('\n'), "{problem}");
            }
        }
    }
}

#[test]
fn the_rich_file_is_sound() {
    assert_eq!(good(RICH).policy.mailboxes.len(), 2);
}

fn with_trust(table: &str) -> String {
    format!("{SMALLEST}[trust]\n{table}")
}

#[test]
fn whom_to_believe_is_as_written() {
    let trust = good(&with_trust(
        "servers = [\"mx.uni.test\", \"*.mail.test\"]\nunnamed = true\nremoves_forged = true\nhops_above_max = 2\n\
         domains = [\"uni.test\", \"uni.example\"]\nsubmission = [\"auth\", \"local\", \"exchange\"]\n",
    ))
    .policy
    .trust;
    let servers = [
        Server::Named("mx.uni.test".to_owned()),
        Server::Below("mail.test".to_owned()),
        Server::Unnamed,
    ];
    assert_eq!(trust.servers, servers);
    assert!(trust.removes_forged);
    assert_eq!(trust.hops_above_max, Some(2));
    assert_eq!(trust.own_domains, ["uni.test", "uni.example"]);
    let all = Submission {
        auth: true,
        local: true,
        exchange: true,
    };
    assert_eq!(trust.submission, all);
}

#[test]
fn without_a_word_no_server_is_believed() {
    for source in [SMALLEST.to_owned(), with_trust("only_tokens = true\n")] {
        let trust = good(&source).policy.trust;
        assert_eq!(trust.servers, [], "{source}");
        assert_eq!(trust.submission, Submission::default());
        assert_eq!(trust.own_domains, ["uni.test"]);
    }
    let spread = changed(
        "address = \"anna@uni.test\"",
        "address = \"anna@staff.example\"",
    );
    let domains = good(&spread).policy.trust.own_domains;
    assert_eq!(domains, ["staff.example", "uni.test"]);
}

#[test]
fn whom_to_believe_is_refused_in_plain_words() {
    let refused_trust = |table: &str, expected: &str| refused(&with_trust(table), expected);
    refused_trust(
        "removes_forged = true\n",
        "okno.toml:13: trust.servers: is missing; write servers = [\"mx.uni.test\"], the name that your mail server \
         writes first in Authentication-Results, or only_tokens = true where it writes none",
    );
    refused_trust(
        "submission = [\"auth\", \"exchange\"]\n",
        "okno.toml:13: trust.servers: is missing; \"auth\" and \"local\" stand in what your mail servers write; write \
         servers = [\"mx.uni.test\"]",
    );
    refused_trust(
        "servers = [\"mx.uni.test\"]\nonly_tokens = true\n",
        "okno.toml:15: trust.only_tokens: says that no server of yours judges mail; leave it out, or `servers`, \
         `unnamed` and `submission`",
    );
    refused_trust(
        "servers = [\"*.ru\"]\nonly_tokens = true\n",
        "okno.toml:14: trust.servers: \"*.ru\" is too wide: anybody may have a server there",
    );
    refused_trust(
        "servers = [\"mx.uni.test; dmarc=pass\"]\nonly_tokens = true\n",
        "okno.toml:14: trust.servers: a server's name is expected as it stands first in Authentication-Results, \
         \"mx.uni.test\", or \"*.mail.test\" for every name below a domain",
    );
    refused_trust(
        "servers = [\"mx.uni.test\"]\nsubmission = [\"vpn\"]\nremoves_forged = \"yes\"\nhops_above_max = 1000\n",
        "okno.toml:15: trust.submission: \"auth\", \"local\" or \"exchange\" is expected
         okno.toml:16: trust.removes_forged: true or false is expected, without quotes, but this is a text
         okno.toml:17: trust.hops_above_max: a whole number from 0 to 100 is expected",
    );
}

#[test]
fn the_folder_of_sent_mail_is_named_or_left_to_the_server() {
    let with = |key: &str| changed("[mailbox.it]", &format!("[mailbox.it]\n{key}"));
    let sent = |key: &str| {
        let mailboxes = good(&with(key)).policy.mailboxes;
        mailboxes.get(&"it".into()).unwrap().sent.clone()
    };
    assert_eq!(
        sent("sent = \"Отправленные\"").as_deref(),
        Some("Отправленные")
    );
    assert_eq!(sent("sent = \"auto\"").as_deref(), Some("\\Sent"));
    assert_eq!(sent(""), None);
    let copies = "sent = \"auto\"\nappend_sent = true";
    assert!(
        good(&with(copies))
            .policy
            .mailboxes
            .get(&"it".into())
            .unwrap()
            .append_sent
    );
    refused(
        &with("append_sent = true"),
        "okno.toml:3: mailbox.it.append_sent: needs a mailbox on a server, and `sent`: the folder to put copies in",
    );
}

/// The smallest file with a calendar for its queue.
fn with_calendar(table: &str) -> String {
    let queue = SMALLEST.replace("[queue.it]", "[queue.it]\ncalendar = \"office\"");
    format!("{queue}[calendar.office]\n{table}")
}

#[test]
fn a_queue_has_a_calendar_with_holidays() {
    let config = good(&with_calendar(
        "hours = \"пн-пт 09:00-18:00\"\nholidays = \"ru\"\nfiles = [\"ru-2028.txt\"]\ndays = [\"2026-12-30 09:00-14:00\"]\n",
    ));
    let calendar = &config.policy.queues[&QueueName::from("it")].calendar;
    assert_eq!(calendar.known_until, Some("2028-12-31".parse().unwrap()));
    assert_eq!(calendar.certain_until, Some("2026-12-31".parse().unwrap()));
    let at = "2026-12-30T10:00:00Z".parse().unwrap(); // 13:00; it closes at 14:00, then comes 11 January
    let due = calendar.add(at, jiff::SignedDuration::from_hours(2));
    assert_eq!(due, Some("2027-01-11T07:00:00Z".parse().unwrap()));
}

#[test]
fn an_impossible_calendar_is_refused() {
    refused(
        &with_calendar("hours = \"пн-пт 09:00-18:00\"\nholidays = \"su\"\ndays = [\"2026-02-30 off\"]\n"),
        "okno.toml:16: calendar.office.holidays: there are no built-in holidays of \"su\", only of ru; name a file in files
         okno.toml:17: calendar.office.days: \"2026-02-30\" is no date: write 2026-12-31",
    );
    refused(
        &with_calendar("hours = \"пн-пт 09:00-18:00\"\nfiles = [\"broken.txt\", \"missing.txt\"]\n"),
        "broken.txt:2: \"of\" says nothing of a day: write off, short, working, working for 2026-03-09, or hours, 09:00-14:00
         okno.toml:16: calendar.office.files: missing.txt cannot be read",
    );
    refused(
        &with_calendar("hours = \"пн-пт 09:00-18:00\"\ndays = [\"2026-11-28 working\"]\n"),
        "okno.toml:14: calendar.office: 2026-11-28 is to be worked, but its day of the week has no hours; write \"2026-11-28 09:00-18:00\" in days",
    );
    refused(
        &with_calendar("holidays = \"ru\"\n"),
        "okno.toml:14: calendar.office.hours: is missing; write hours = \"mon-fri 09:00-18:00\"",
    );
    refused(
        &with_calendar("hours = \"always\"\n")
            .replace("calendar = \"office\"", "calendar = \"ofice\""),
        "okno.toml:8: queue.it.calendar: there is no calendar \"ofice\"; did you mean \"office\"?",
    );
    refused(
        &with_calendar("hours = \"always\"\n")
            .replace("[queue.it]", "[queue.it]\nhours = \"always\""),
        "okno.toml:9: queue.it.calendar: hours and time_zone are the calendar's: write them there, or leave calendar out",
    );
}

/// The smallest file with these lines behind it.
fn with(lines: &str) -> String {
    format!("{SMALLEST}{lines}")
}

#[test]
fn a_rule_with_everything() {
    let rules = r#"
[queue.buh]
title = "Бухгалтерия"
mailbox = "it"
agents = ["anna"]
[list.deans]
members = ["dean@uni.test", "*.dean.uni.test"]
[[rule]]
name = "Справки"
when = { mailbox = "it", to = ["it@uni.test"], recipient = "uni.test", from = ["list:deans", "uni.test"], department = ["Деканат"], kind = "person", listed = true, subject = "справка", text = ["2-НДФЛ"], words = "за год", subject_matches = '^спр', text_matches = '\d{4}', matches = ["а", "б"], field = { "Тип запроса" = ["справка"] }, field_matches = { "Период" = '20\d\d' }, attachment = ["pdf", "image/*", "any"], language = "ru", hours = "closed", weekday = ["mon", "вс"], clock = "18:00-09:00", trust = "claimed" }
unless = { from = "boss@uni.test" }
queue = "buh"
class = "consultation"
priority = "low"
assignee = "anna"
tags = ["НДФЛ"]
acknowledgement = "справки"
[form.certificate]
title = "Справка"
queue = "buh"
field.kind = { title = "Тип запроса" }
field.period = { title = "Период", title_en = "Period" }
field.by = { title = "Исполнитель", title_en = "By" }
[[rule]]
name = "По полю"
assignee = "field:By"
stop = false
[[rule]]
name = "Куратор"
assignee = "curator"
"#;
    let file = with(rules).replace(
        "administrator",
        "answers = \"answers\"\ndirectory = { file = \"people.csv\" }\nadministrator",
    );
    let file = file.replace("mode = \"observe\"", "mode = \"observe\"\nqueue = \"it\"");
    let config = good(&file);
    let [first, second, third] = config.policy.rules.as_slice() else {
        panic!("{:?}", config.policy.rules);
    };
    assert_eq!((first.when.len(), first.unless.len()), (21, 1));
    assert!(second.goes_on && !third.goes_on);
    // Written in English, and asked by the title that mails are read by.
    let by = Assignee::Field("исполнитель".to_owned());
    assert_eq!(second.then.assignee, Some(by));
}

#[test]
fn a_rule_names_fields_that_a_form_has() {
    let form = "[form.certificate]\ntitle = \"Справка\"\nfield.period = { title = \"Период\", title_en = \"Period\" }\nfield.term = { title = \"Срок\" }\n[form.leave]\ntitle = \"Отпуск\"\nfield.days = { title = \"Дни\", title_en = \"Period\" }\n";
    for (rule, expected) in [
        (
            "class = \"wish\"\nwhen = { field = { \"Периодд\" = \"2025\" } }",
            "okno.toml:23: rule.when.field.\"Периодд\": there is no field of a form \"периодд\"; did you mean \"Период\"?",
        ),
        (
            "class = \"wish\"\nunless = { field_matches = { \"Place\" = '\\d' } }",
            "okno.toml:23: rule.unless.field_matches.Place: there is no field of a form \"place\"; known are \"Период\", \"Period\", \"Срок\", \"Дни\", \"Period\"",
        ),
        (
            "assignee = \"field:Кто\"",
            "okno.toml:22: rule.assignee: there is no field of a form \"Кто\"; known are \"Период\", \"Period\", \"Срок\", \"Дни\", \"Period\"",
        ),
        (
            "assignee = \"field:Period\"",
            "okno.toml:22: rule.assignee: \"Period\" is the English title of several fields, \"дни\" and \"период\"; write which one",
        ),
    ] {
        refused(
            &with(&format!("{form}[[rule]]\nname = \"a\"\n{rule}\n")),
            expected,
        );
    }
    refused(
        &with(
            "[[rule]]\nname = \"a\"\nclass = \"wish\"\nwhen = { field = { \"Период\" = \"2025\" } }\n",
        ),
        "okno.toml:16: rule.when.field.\"Период\": there is no field of a form \"период\"; there is no field of a form in this file",
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_is_wrong_with_a_rule() {
    for (rule, expected) in [
        (
            "class = \"urgent\"",
            "okno.toml:13: rule.name: is missing; write name = \"Справки\", by which history tells of it",
        ),
        (
            "name = \"a\"\nqueue = \"hr\"",
            "okno.toml:15: rule.queue: there is no queue \"hr\"; known are \"it\"",
        ),
        (
            "name = \"a\"\nassignee = \"ana\"",
            "okno.toml:15: rule.assignee: there is no agent \"ana\"; did you mean \"anna\"?",
        ),
        (
            "name = \"a\"\nclass = \"urgnt\"",
            "okno.toml:15: rule.class: there is no class \"urgnt\"; did you mean \"urgent\"?",
        ),
        (
            "name = \"a\"\nclas = \"urgent\"",
            "okno.toml:15: rule.clas: unknown key; did you mean `class`?",
        ),
        (
            "name = \"a\"\nclass = \"urgent\"\nwhen = { subject_matches = \"(\" }",
            "okno.toml:16: rule.when.subject_matches: \"(\" is no pattern: unclosed group",
        ),
        (
            "name = \"a\"\nclass = \"urgent\"\nwhen = { mailbox = [] }",
            "okno.toml:16: rule.when.mailbox: the list is empty: nothing would ever be one of it",
        ),
        (
            "name = \"a\"\nclass = \"urgent\"\nwhen = { mailbox = \"buh\" }",
            "okno.toml:16: rule.when.mailbox: there is no mailbox \"buh\"; known are \"it\"",
        ),
        (
            "name = \"a\"\nclass = \"urgent\"\nwhen = { from = \"list:deans\" }",
            "okno.toml:16: rule.when.from: there is no list \"deans\"; write [list.deans] with members = [\"…\"]",
        ),
        (
            "name = \"a\"\nclass = \"urgent\"\nwhen = { from = \"olga\" }",
            "okno.toml:16: rule.when.from: \"olga\" is neither an address nor a domain: \"olga@uni.test\", \"uni.test\" or \"*.uni.test\" is expected",
        ),
        (
            "name = \"a\"\nclass = \"urgent\"\nwhen = { to = \"help@uni.test\" }",
            "okno.toml:16: rule.when.to: help@uni.test is no address, alias or former address of a mailbox; for other people's write `recipient`",
        ),
        (
            "name = \"a\"\nclass = \"urgent\"\nwhen = { department = \"Деканат\" }",
            "okno.toml:16: rule.when.department: there is no people directory to know it by; write [directory] with file = \"people.csv\"",
        ),
        (
            "name = \"a\"\nclass = \"urgent\"\nwhen = { from = \"olga@uni.test\" }\nunless = { from = \"uni.test\" }",
            "okno.toml:13: rule: this can never hold: `from` and `from` exclude each other",
        ),
        (
            "name = \"a\"\nstop = false",
            "okno.toml:13: rule: the rule does nothing: write what follows (queue, class, priority, assignee, tags, acknowledgement), or leave stop = false out to keep mail from the rules behind it",
        ),
        (
            "name = \"a\"\nacknowledgement = \"справки\"",
            "okno.toml:15: rule.acknowledgement: there are no canned answers; write answers = \"…\" with their folder",
        ),
        (
            "name = \"a\"\nclass = \"wish\"\nwhen = { weekday = \"monday\", clock = \"9-18\" }",
            "okno.toml:16: rule.when.clock: a time of the day is expected as in \"18:00-09:00\"\nokno.toml:16: rule.when.weekday: a day of the week is expected, \"mon\" or \"пн\"",
        ),
    ] {
        refused(&with(&format!("[[rule]]\n{rule}\n")), expected);
    }
    let twice = "[[rule]]\nname = \"a\"\nclass = \"wish\"\nwhen = { words = \"x\" }\n[[rule]]\nname = \"a\"\nclass = \"wish\"\n";
    refused(
        &with(twice),
        "okno.toml:18: rule.name: the rule of line 13 has this name already; write another one",
    );
    refused(
        &with("[rule.a]\nclass = \"wish\"\n"),
        "okno.toml:13: rule: tables are expected, [[rule]], but this is a table",
    );
}

#[test]
fn a_rule_that_is_never_reached_is_told() {
    let rules = "[[rule]]\nname = \"all\"\nclass = \"wish\"\n[[rule]]\nname = \"some\"\nclass = \"urgent\"\nwhen = { words = \"x\" }\n";
    let config = good(&with(rules));
    let warnings: Vec<String> = config.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "/etc/okno/okno.toml:16: rule: rule \"some\" is never reached: rule \"all\" of line 13 takes all its mail; move it up, or write stop = false there"
        ]
    );
}

#[test]
fn a_rule_sends_no_mail_where_less_is_allowed() {
    let file = with(
        "[mailbox.hr]\naddress = \"hr@uni.test\"\nmode = \"full\"\nserver = \"mail.uni.test\"\npassword = { file = \"hr.password\" }\n[queue.hr]\ntitle = \"Кадры\"\nagents = [\"anna\"]\n[smtp]\nserver = \"mail.uni.test\"\n[[rule]]\nname = \"a\"\nqueue = \"it\"\n",
    );
    refused(
        &file,
        "okno.toml:25: rule.queue: mailbox \"hr\" is in mode \"full\", but the rule may send its mail to a queue that answers from \"it\", which is in mode \"observe\" only; give them one mode, or name the mailboxes in `when`",
    );
    let only = file.replace(
        "queue = \"it\"\n",
        "queue = \"it\"\nwhen = { mailbox = \"it\" }\n",
    );
    good(&only);
}

#[test]
fn a_form_is_answered_where_no_less_is_allowed_than_where_it_comes_in() {
    refused(
        &with(
            "[mailbox.hr]\naddress = \"hr@uni.test\"\nmode = \"full\"\nserver = \"mail.uni.test\"\npassword = { file = \"hr.password\" }\n[queue.hr]\ntitle = \"Кадры\"\nagents = [\"anna\"]\n[smtp]\nserver = \"mail.uni.test\"\n[form.leave]\ntitle = \"Отпуск\"\nqueue = \"it\"\nfield.days = { title = \"Дни\" }\n",
        ),
        "okno.toml:25: form.leave.queue: mailbox \"hr\" is in mode \"full\", and a form is taken wherever it comes in, but queue \"it\" answers it from \"it\", which is in mode \"observe\" only; give them one mode",
    );
}

/// Promises and hours that cannot be: each is refused at load, with file, line and key, and in words that say what can.
#[test]
fn impossible_promises_and_hours_are_refused() {
    let mut told = String::new();
    for line in [
        "target = \"-4 h\"",
        "target = \"4 h -30 min\"",
        "target = \"20000 h\"",
        "target = 4",
        "first_response = \"-15 min 24/7\"",
        "next_response = \"\"",
        "limit = \"-5 days\"",
        "limit = \"0 days\"",
        "limit = \"1.5 days\"",
        "limit = \"5 hours\"",
        "limit_mode = \"gk\"",
        "combine = \"both\"",
        "reminders = [0, 150]",
        "reminders = [{ at = 80 }]",
        "reminders = [{ at = 80, tell = \"head\" }]",
        "reminders = [{ at = 80, tell = [\"agents\", \"director\"] }]",
        "reminders = [{ at = 80, tell = [\"agents\"], of = \"it\" }]",
        "reminders = [{ at = 80, tell = [\"agents\", \"head\"] }]",
        "head = \"anna\"\nreminders = [80, { at = 80, tell = [\"agents\", \"head\"] }]",
        "reminders = [{ at = 80, tell = [\"agents\", \"department\"] }]",
        "reopened = \"again\"",
        "class = { emergency = { target = \"-1 h\", limit = \"-1 day\" } }",
        "class = { urgentt = { target = \"4 h\" } }",
        "hours = \"\"",
        "hours = \"mon-fri 18:00-18:00\"",
        "hours = \"mon 25:00-26:00\"",
        "hours = \"mon-fri 09:00-18:00 17:00-19:00\"",
        "hours = \"noday 09:00-18:00\"",
        "time_zone = \"Europe/Moskow\"",
        "head = \"nobody\"",
    ] {
        let source = changed("[queue.it]", &format!("[queue.it]\n{line}"));
        match parse(&source, "okno.toml", &Machine) {
            Ok(_) => told.push_str(&format!("ACCEPTED: {line}\n")),
            Err(problems) => told.push_str(&format!("{problems}\n")),
        }
    }
    for table in [
        "hours = \"mon-fri 09:00-18:00\"\ndays = [\"2026-12-30 working for 2026-13-01\"]\n",
        "hours = \"mon-fri 09:00-18:00\"\ndays = [\"2026-05-01..2026-04-01 off\"]\n",
        "hours = \"\"\n",
        "hours = \"mon-fri 09:00-18:00\"\ntime_zone = \"Nowhere/City\"\n",
    ] {
        match parse(&with_calendar(table), "okno.toml", &Machine) {
            Ok(_) => told.push_str(&format!("ACCEPTED: {table}\n")),
            Err(problems) => told.push_str(&format!("{problems}\n")),
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn the_page_is_not_opened_to_everybody_by_a_slip() {
    let page = |keys: &str| format!("{SMALLEST}[web]\n{keys}");
    let config = good(&page(
        "listen = \"127.0.0.1:8025\"\nhosts = [\"Desk.uni.test\"]",
    ));
    let settings = config.page.expect("a page");
    assert!(settings.is_called("desk.uni.test:443") && !settings.shows_names);
    assert!(good(SMALLEST).page.is_none());
    let named = "[web.proxy]\nheader = \"Remote-User\"\nfrom = [\"127.0.0.1\"]\n[web.viewer.darya]\nqueues = [\"it\"]";
    let settings = good(&page(named)).page.expect("a page");
    assert!(settings.viewers["darya"].proof.is_none());
    refused(
        &page("[web.proxy]\nclient = \"X-Forwarded-For\"\nfrom = [\"127.0.0.1\"]"),
        "okno.toml:13: web: the proxy opens the page to others, and nobody asks them who they are; write a table \
         [web.viewer.NAME] with a password (\"okno viewer password\"), or say in [web.proxy] with header = which header names them",
    );
    refused(
        &page("listen = \"0.0.0.0:8025\""),
        "okno.toml:14: web.listen: others than this machine could reach the page there, and nothing says who may look; \
         write a table [web.viewer.NAME] with a password (\"okno viewer password\"), or [web.proxy] with header =",
    );
    refused(
        &page("listen = \"localhost\"\n[web.viewer.darya]\npassword = \"owl\"\n"),
        "okno.toml:14: web.listen: an address in numbers and a port are expected: \"127.0.0.1:8025\", \"[::1]:8025\"
         okno.toml:16: web.viewer.darya.password: not a password but its hash is expected; \"okno viewer password\" makes one",
    );
    refused(
        &page("listen = \"[::1]:8025\"\n[web.viewer.darya]\nqueues = [\"ti\"]"),
        "okno.toml:15: web.viewer.darya: nobody can come as this viewer; write password = (\"okno viewer password\" makes it) or token = \
         (\"okno viewer token\"), or name the proxy that knows them in [web.proxy]
         okno.toml:16: web.viewer.darya.queues: there is no queue \"ti\"; did you mean \"it\"?",
    );
    refused(
        &page(
            "listen = \"0.0.0.0:8025\"\nproxy = { header = \"Remote User\", from = [\"proxy\"] }",
        ),
        "okno.toml:14: web.listen: others than this machine could reach the page there, and nothing says who may look; \
         write a table [web.viewer.NAME] with a password (\"okno viewer password\"), or [web.proxy] with header =
         okno.toml:15: web.proxy.from: an address in numbers is expected, such as \"127.0.0.1\"
         okno.toml:15: web.proxy.header: the name of a header is expected, such as \"Remote-User\"",
    );
}

#[test]
fn a_director_who_heads_a_queue_stands_in_its_chain_as_head() {
    let source = SMALLEST
        .replacen("administrator =", "director = \"anna\"\nadministrator =", 1)
        .replacen(
            "title =",
            "head = \"anna\"\nchain.standard = [{ to = \"head\" }]\ntitle =",
            1,
        );
    good(&source);
}
