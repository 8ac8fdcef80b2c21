//! Help, wrong use, broken configurations, `check`, `init`, `read`.

use std::{fs, net::TcpListener, path::Path};

use super::house::{House, REQUEST};

#[test]
fn help_reads_well() {
    let help = House::new().bare(&["--help"]).with(0);
    insta::assert_snapshot!(help.out);
}

/// Whoever reads about okno finds every command.
#[test]
fn both_readmes_name_every_command() {
    let help = House::new().bare(&["--help"]).with(0).out;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    let commands = commands.lines().filter(|line| line.starts_with("  "));
    let commands = commands.filter_map(|line| line.split_whitespace().next());
    let commands: Vec<&str> = commands.filter(|name| *name != "help").collect();
    assert!(commands.len() > 15, "{commands:?}");
    for readme in ["README.md", "README.ru.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(readme);
        let rows = fs::read_to_string(path).unwrap();
        let rows: Vec<&str> = rows
            .lines()
            .filter(|line| line.starts_with("| `okno "))
            .collect();
        for name in &commands {
            let names = [format!("`okno {name}`"), format!("`okno {name} ")];
            let stands = rows
                .iter()
                .any(|row| names.iter().any(|name| row.contains(name)));
            assert!(stands, "{readme}: okno {name}");
        }
    }
}

#[test]
fn wrong_use_ends_with_2() {
    let house = House::new();
    for words in [
        &[][..],
        &["dance"],
        &["outbox"],
        &["outbox", "list", "--limit", "0"],
        &["quarantine", "show", "seven"],
        &["explain", "printer"],
        &["read"],
        &["check", "--onlin"],
    ] {
        let ended = house.bare(words).with(2);
        assert!(ended.err.contains("Usage") || ended.err.contains("--help"));
        assert_eq!(ended.out, "", "{words:?}");
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once_and_nothing_is_begun() {
    let house = House::with("[smtp]\nmaildir = \"out\"\n[caps]\nfuse = \"many\"\nfoo = 1\n");
    for command in ["check", "run", "drain", "verify"] {
        house
            .okno(&[command])
            .with(1)
            .says(&["okno.toml:19: caps.fuse", "okno.toml:20: caps.foo"]);
        assert!(!house.path("data").exists(), "{command}");
    }
    house
        .bare(&["check", "--config", "nowhere.toml"])
        .with(1)
        .says(&["nowhere.toml", "cannot be read"]);
}

#[test]
fn a_log_filter_that_means_nothing_is_refused() {
    House::new()
        .okno(&["drain", "--log", "okno=loudly"])
        .with(1)
        .says(&["Cannot log \"okno=loudly\""]);
}

#[test]
fn check_counts_what_would_be_taken() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["check"]).with(0).says(&[
        "The configuration is sound.",
        "mails 1, to be taken 1",
        "ready",
    ]);
    house
        .okno(&["check", "--offline"])
        .with(0)
        .never_says(&["to be taken"]);
    assert!(!house.path("data").exists(), "checking begins nothing");
    house.okno(&["drain"]).with(0);
    house
        .okno(&["check"])
        .with(0)
        .says(&["mails 1, to be taken 0"]);
}

#[test]
fn the_key_is_changed_for_another_version() {
    let house = House::new();
    house
        .okno(&["key", "rotate"])
        .with(1)
        .says(&["There is no instance key yet"]);
    house.okno(&["drain"]).with(0);
    let check = ["check", "--offline"];
    house
        .okno(&check)
        .with(0)
        .says(&["The key that signs: version 0"]);
    house
        .okno(&["key", "rotate"])
        .with(0)
        .says(&["version 1", "started anew"]);
    house
        .okno(&check)
        .with(0)
        .says(&["version 1; still counting: 0 (until "]);
    house.okno(&["drain"]).with(0);
}

#[test]
fn without_its_key_a_database_is_not_served() {
    let house = House::new();
    house.okno(&["drain"]).with(0);
    let path = house.path("data/instance.key");
    let key = fs::read_to_string(&path).unwrap();
    for half in ["", &"07".repeat(20), "0", "not a key"] {
        fs::write(&path, half).unwrap();
        let told = ["Cannot use the instance key", "64 hexadecimal digits"];
        for command in [&["drain"][..], &["check", "--offline"], &["key", "accept"]] {
            house.okno(command).with(1).says(&told);
        }
    }
    fs::write(&path, "08".repeat(32)).unwrap();
    let told = [
        "is not the one that has signed",
        "FILE.key",
        "okno key accept",
    ];
    house.okno(&["drain"]).with(1).says(&told);
    fs::remove_file(&path).unwrap();
    let told = [
        "Cannot find the instance key",
        "FILE.key",
        "okno key accept",
    ];
    house.okno(&["drain"]).with(1).says(&told);
    assert!(!path.exists(), "none is made instead");
    // The file as it was before the key was changed is too old.
    fs::write(&path, &key).unwrap();
    house.okno(&["drain"]).with(0);
    house.okno(&["key", "rotate"]).with(0);
    house.okno(&["drain"]).with(0);
    fs::write(&path, &key).unwrap();
    house
        .okno(&["drain"])
        .with(1)
        .says(&["older than the last `okno key rotate`"]);
    // What is lost is lost.
    house
        .okno(&["key", "accept"])
        .with(0)
        .says(&["may open new tickets"]);
    house.okno(&["drain"]).with(0);
    fs::remove_file(&path).unwrap();
    house.okno(&["key", "accept"]).with(0);
    house.okno(&["drain"]).with(0);
    assert!(path.exists(), "a new one");
}

#[test]
fn check_counts_what_agents_have_not_heard_of_before_a_mailbox_does_everything() {
    let house = House::new();
    let text = fs::read_to_string(house.path("okno.toml")).unwrap();
    let observing = text.replace("mode = \"full\"", "mode = \"observe\"");
    assert_ne!(text, observing);
    fs::write(house.path("okno.toml"), &observing).unwrap();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    let waiting = "unsolved tickets 1; agents were sent no cards of them";
    house.okno(&["check"]).with(0).says(&[waiting]);
    fs::write(house.path("okno.toml"), text).unwrap();
    house.okno(&["check"]).with(0).never_says(&[waiting]);
}

#[test]
fn check_names_servers_that_cannot_be_reached_and_no_password() {
    // A port that nobody listens on: taken, and given back.
    let port = TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let house = House::with(&format!(
        "[mailbox.far]\naddress = \"far@uni.test\"\nmode = \"observe\"\nqueue = \"it\"\nserver = \"127.0.0.1\"\nport = {port}\n\
         security = \"none\"\npassword = {{ file = \"far.password\" }}\n\
         smtp = {{ server = \"127.0.0.1\", port = {port}, security = \"none\" }}\n"
    ));
    // The queue answers from one of its two mailboxes, and sends to a closed port.
    let text = fs::read_to_string(house.path("okno.toml")).unwrap();
    let text = text
        .replace(
            "agents = [\"anna\"]",
            "agents = [\"anna\"]\nmailbox = \"it\"",
        )
        .replace(
            &format!("smtp = {{ server = \"127.0.0.1\", port = {port}, security = \"none\" }}\n"),
            &format!("[smtp]\nserver = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\n"),
        );
    fs::write(house.path("okno.toml"), text).unwrap();
    fs::write(house.path("far.password"), "open sesame\n").unwrap();
    house
        .okno(&["check"])
        .with(1)
        .says(&[
            "Mailbox far: cannot be read",
            "Mailbox it: in, mails 0, to be taken 0",
            "Sending from mailbox it: cannot be done",
            &port.to_string(),
        ])
        .never_says(&["sesame"]);
    house.okno(&["check", "--offline"]).with(0);
    house
        .okno(&["drain"])
        .with(1)
        .says(&["Mails received: 0", "Mailbox far could not be read"])
        .never_says(&["sesame"]);
}

/// Passwords that systemd hands to the service alone are missed by nobody who only looks at its work.
#[test]
fn commands_at_the_terminal_do_without_the_credentials_of_the_service() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    house.configure(
        "[mailbox.far]\naddress = \"far@uni.test\"\nmode = \"observe\"\nqueue = \"it\"\nserver = \"mail.uni.test\"\n\
         password = { credential = \"far-password\" }\n\
         [smtp]\nserver = \"smtp.uni.test\"\nuser = \"okno\"\npassword = { file = \"smtp.password\" }\n",
    );
    let text = fs::read_to_string(house.path("okno.toml")).unwrap();
    let agents = "agents = [\"anna\"]";
    let text = text.replace(agents, &format!("{agents}\nmailbox = \"it\""));
    fs::write(house.path("okno.toml"), text).unwrap();
    for words in [
        &["explain", "IT-1001"][..],
        &["why", "IT-1001"],
        &["quarantine", "list"],
        &["outbox", "list"],
        &["due", "it"],
        &["calendar", "show"],
        &["verify"],
        &["backup", "saved.db"],
    ] {
        let ended = house.okno(words);
        assert_eq!(ended.code, 0, "{words:?}: {ended:?}");
    }
    // Whoever works with the mailboxes needs them, and says where they come from.
    let missing = "LoadCredential=far-password:…";
    for words in [&["run"][..], &["drain"], &["reconcile"]] {
        let refused = house.okno(words).with(1);
        refused.says(&[missing, "okno.toml:22", "smtp.password cannot be read"]);
    }
    // A password file that is not there is missed by the service, too; a credential is none of this command's.
    let refused = house.okno(&["check"]).with(1);
    refused
        .says(&["smtp.password cannot be read"])
        .never_says(&["far-password"]);
    fs::write(house.path("smtp.password"), "secret\n").unwrap();
    let untried =
        "only the service is handed this credential, by LoadCredential=far-password:… in its unit";
    let offline = house.okno(&["check", "--offline"]).with(0);
    offline.says(&["Please look at this", untried]);
    house.configure(
        "[mailbox.far]\naddress = \"far@uni.test\"\nmode = \"observe\"\nserver = \"127.0.0.1\"\nsecurity = \"none\"\n\
         password = { credential = \"far-password\" }\n[queue.far]\ntitle = \"Far\"\nagents = [\"anna\"]\n\
         [smtp]\nmaildir = \"out\"\n",
    );
    let checked = house.okno(&["check"]).with(0);
    checked.says(&["Mailbox far: cannot be tried here: only the service is handed the password"]);
}

#[test]
fn the_examples_for_newcomers_pass() {
    let house = House::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut examples = vec![fs::read_to_string(root.join("okno.example.toml")).unwrap()];
    let words = fs::read_to_string(root.join("README.md")).unwrap();
    let block = words
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    examples.push(block.expect("README.md shows a configuration").to_owned());
    let folder = house.path("").display().to_string();
    for example in examples {
        let example = example.replace("/etc/okno/", &folder);
        // Whatever file a password is said to be in is there.
        for name in example.split('"').filter(|word| word.ends_with("password")) {
            fs::write(house.path("").join(name), "secret\n").unwrap();
        }
        fs::write(house.path("okno.toml"), &example).unwrap();
        house.okno(&["check", "--offline"]).with(0);
    }
}

#[test]
fn init_writes_what_check_takes() {
    let house = House::new();
    fs::write(house.path("it.password"), "secret\n").unwrap();
    let asked = [
        "init",
        "--yes",
        "--language",
        "en",
        "--administrator",
        "root@uni.test",
        "--address",
        "it@uni.test",
        "--server",
        "mail.uni.test",
        "--agent-name",
        "Anna",
        "--agent-address",
        "anna@uni.test",
        "--password-file",
        "it.password",
        "--output",
        "new.toml",
    ];
    house
        .bare(&asked)
        .with(0)
        .says(&["okno check --config new.toml", "it.password && chmod 640 "]);
    house
        .bare(&["check", "--offline", "--config", "new.toml"])
        .with(0)
        .says(&["it@uni.test", "Anna"]);
    let mut russian = asked.to_vec();
    (russian[3], russian[asked.len() - 1]) = ("ru", "ru.toml");
    house.bare(&russian).with(0);
    let text = fs::read_to_string(house.path("ru.toml")).unwrap();
    assert!(text.contains("\nholidays = \"ru\"\n"), "{text}");
    house
        .bare(&["check", "--offline", "--config", "ru.toml"])
        .with(0);
    house.bare(&asked).with(1).says(&["nothing is overwritten"]);
    house
        .bare(&["init", "--yes", "--output", "other.toml"])
        .with(1)
        .says(&["--administrator", "--address"]);
}

#[test]
fn read_ends_with_1_where_a_file_cannot_be_opened() {
    let house = House::new();
    fs::write(house.path("a.eml"), REQUEST).unwrap();
    house
        .bare(&["read", "a.eml"])
        .with(0)
        .says(&["The printer is silent"]);
    let ended = house
        .bare(&["read", "--json", "a.eml", "none.eml"])
        .with(1)
        .says(&["cannot_open"]);
    assert_eq!(ended.out.lines().count(), 2);
}
