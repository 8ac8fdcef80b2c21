//! Conversations with `okno init`, and what they leave on disk.

use std::io::Cursor;

use super::*;
use crate::{
    config::{Config, load},
    desk::policy::Mode,
    model::{
        account::Source,
        ids::{AgentName, MailboxName, QueueName},
    },
};

fn flags(output: PathBuf) -> InitArgs {
    InitArgs {
        administrator: Some("root@uni.test".to_owned()),
        address: Some("it@uni.test".to_owned()),
        server: Some("mail.uni.test".to_owned()),
        mode: Some("full".to_owned()),
        queue_title: Some("ИТ-поддержка".to_owned()),
        hours: Some("пн-пт 09:00-18:00".to_owned()),
        holidays: Some("ru".to_owned()),
        agent_name: Some("Анна Петрова".to_owned()),
        agent_address: Some("anna@uni.test".to_owned()),
        output,
        ..InitArgs::default()
    }
}

/// Runs with these lines typed, or with nobody there; gives what was said.
fn run_with(args: &InitArgs, typed: Option<&str>) -> (anyhow::Result<()>, String) {
    let mut input = Cursor::new(typed.unwrap_or_default().as_bytes().to_vec());
    let mut out = Vec::new();
    let result = run(
        args,
        &mut Terminal {
            input: &mut input,
            out: &mut out,
            is_interactive: typed.is_some(),
            hides_passwords: false,
        },
    );
    (result, String::from_utf8(out).unwrap())
}

fn refused(args: &InitArgs, typed: Option<&str>) -> String {
    run_with(args, typed).0.unwrap_err().to_string()
}

fn written(args: &InitArgs, typed: Option<&str>) -> Config {
    let (result, said) = run_with(args, typed);
    result.unwrap_or_else(|error| panic!("{error:#}\n{said}"));
    load(&args.output).unwrap_or_else(|problems| panic!("{problems}"))
}

fn mode_of(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_conversation_becomes_a_file_and_a_password_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let args = InitArgs {
        output: folder.path().join("etc/okno.toml"),
        ..InitArgs::default()
    };
    let typed = "it\nIT@uni.test\n\n\nful\nfull\nroot@uni.test\n\n\n\nАнна \"Аня\" Петрова\nanna@uni.test\n hunter 2\n";
    let config = written(&args, Some(typed));
    let it = MailboxName::from("it");
    assert_eq!(config.policy.mailboxes[&it].mode, Mode::Full);
    assert_eq!(
        config.policy.queues[&QueueName::from("it")].title,
        "Служба поддержки"
    );
    let anna = &config.policy.agents[&AgentName::from("anna")];
    assert_eq!(anna.name, "Анна \"Аня\" Петрова");
    let secret = folder.path().join("etc/it.password");
    assert_eq!(fs::read_to_string(&secret).unwrap(), " hunter 2\n");
    assert_eq!(mode_of(&secret), 0o600);
    assert!(config.warnings.is_empty());
    // A Russian desk keeps the production calendar: 9 January 2027 is a Saturday like any, the days before it are holidays.
    let calendar = &config.policy.queues[&QueueName::from("it")].calendar;
    let is_worked = |day: &str| !calendar.openings(day.parse().unwrap()).is_empty();
    assert!(is_worked("2026-12-25") && is_worked("2027-01-11"));
    assert!(!is_worked("2027-01-05") && !is_worked("2026-11-04"));
    let text = fs::read_to_string(&args.output).unwrap();
    assert!(!text.contains("hunter"), "{text}");
}

#[test]
fn hours_and_holidays_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let args = InitArgs {
        hours: None,
        holidays: None,
        language: Language::En,
        ..flags(folder.path().join("okno.toml"))
    };
    let typed = "\nmon-fri\nmon-thu 10:00-19:00\nfr\n\nsecret\n";
    let config = written(&args, Some(typed));
    let calendar = &config.policy.queues[&QueueName::from("it")].calendar;
    let opens = |day: &str| calendar.openings(day.parse().unwrap()).len();
    // In English nobody keeps holidays unless they say so: Unity Day is a Wednesday.
    assert_eq!(["2026-11-04", "2026-11-06"].map(opens), [1, 0]);
    let (_, said) = run_with(
        &InitArgs {
            output: folder.path().join("other.toml"),
            ..args
        },
        Some(typed),
    );
    assert!(said.contains("Days and hours are needed"), "{said}");
    assert!(
        said.contains("the production calendar of Russia) or none"),
        "{said}"
    );
}

#[test]
fn wrong_answers_are_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let args = InitArgs {
        language: Language::En,
        address: None,
        ..flags(folder.path().join("okno.toml"))
    };
    let (result, said) = run_with(&args, Some("it\n\nit@uni.test\n\nsecret\n"));
    result.unwrap();
    let hint = "  A mail address is needed, like anna@uni.test\n";
    assert_eq!(said.matches(hint).count(), 2, "{said}");
    assert_eq!(said.matches("The mailbox people write to: ").count(), 3);
}

#[test]
fn any_name_passes_the_check() {
    for name in [
        "Анна Петрова",
        "Д'Артаньян",
        "Анна \"Аня\" Петрова",
        "both ' and \"",
        "C:\\back\\slash",
        "'''\"\"\"",
        "# no comment",
        "[agent]",
        "${x} {y}",
        "李雷 🪟",
    ] {
        for language in Language::ALL {
            for address in [
                "anna@uni.test",
                "анна@uni.test",
                "o'hara+x@uni.test",
                "\\@uni.test",
            ] {
                let folder = tempfile::tempdir().unwrap();
                let args = InitArgs {
                    agent_name: Some(name.to_owned()),
                    queue_title: Some(name.to_owned()),
                    user: Some(format!("UNI\\{name}\\it")),
                    agent_address: Some(address.to_owned()),
                    language,
                    ..flags(folder.path().join(format!("okno {name}").replace('/', "")))
                };
                let config = written(&args, Some("secret\n"));
                let agent = config.policy.agents.values().next().unwrap();
                assert_eq!(agent.name, name);
                assert_eq!(agent.address.as_str(), address);
                assert_eq!(config.policy.queues.values().next().unwrap().title, name);
                assert_eq!(config.policy.language, language);
                let login = match &config.mailboxes[&MailboxName::from("it")].source {
                    Source::Imap { account, .. } => account.login.username.clone(),
                    Source::Maildir { path } => panic!("{}", path.display()),
                };
                assert_eq!(login, format!(r"UNI\{name}\it"));
            }
        }
    }
}

#[test]
fn nobody_is_asked_where_there_is_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let bare = InitArgs {
        output: folder.path().join("okno.toml"),
        ..InitArgs::default()
    };
    assert_eq!(
        refused(&bare, None),
        "Nobody can be asked here, and some answers are missing; give them as --address, --server, --mode, \
         --administrator, --queue-title, --hours, --holidays, --agent-name, --agent-address, --password-file (--yes takes defaults where \
         there are some)"
    );
    let yes = InitArgs { yes: true, ..bare };
    assert_eq!(
        refused(&yes, Some("never read\n")),
        "Nobody can be asked here, and some answers are missing; give them as --address, --server, --administrator, \
         --agent-name, --agent-address, --password-file (--yes takes defaults where there are some)"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn flags_alone_are_enough() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("the password");
    let args = InitArgs {
        password_file: Some(secret.clone()),
        mode: None,
        queue_title: None,
        server: None,
        yes: true,
        ..flags(folder.path().join("okno.toml"))
    };
    let said = refused(&args, None);
    assert!(
        said.starts_with("Cannot use --password-file: there is no file "),
        "{said}"
    );
    fs::write(&secret, "hunter2\n").unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
    let config = written(&args, None);
    let mailbox = &config.policy.mailboxes[&MailboxName::from("it")];
    assert_eq!(mailbox.mode, Mode::Observe, "--yes begins by looking only");
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let args = flags(folder.path().join("okno.toml"));
    fs::write(&args.output, "mine").unwrap();
    let said = refused(&args, Some("\nsecret\n"));
    assert!(
        said.contains("nothing is overwritten without --force"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&args.output).unwrap(), "mine");
    let args = InitArgs {
        force: true,
        ..args
    };
    written(&args, Some("\nsecret\n"));
    let secret = folder.path().join("it.password");
    assert_eq!(fs::read_to_string(&secret).unwrap(), "secret\n");
    written(&args, Some("\nanother\n"));
    assert_eq!(
        fs::read_to_string(&secret).unwrap(),
        "secret\n",
        "a password that is there is kept, even with --force"
    );
}

#[test]
fn answers_that_do_not_fit_together_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let args = InitArgs {
        agent_address: Some("it@uni.test".to_owned()),
        ..flags(folder.path().join("okno.toml"))
    };
    let said = refused(&args, Some("\nsecret\n"));
    assert!(said.contains("would come back as a new ticket"), "{said}");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing is left behind"
    );
    let args = InitArgs {
        mode: Some("fulll".to_owned()),
        ..flags(folder.path().join("okno.toml"))
    };
    let said = refused(&args, Some("secret\n"));
    assert!(
        said.starts_with("Cannot use --mode: did you mean \"full\"?"),
        "{said}"
    );
}
