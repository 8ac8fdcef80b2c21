//! Keeps the house tidy: who may import whom, what belongs in which room, sizes, maps and lists.
//!
//! A violation is shown as `file:line: the rule in words`. Tests beside the code are not looked at.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "helpers of tests: what goes wrong here fails the test"
)]

#[path = "tidy/circles.rs"]
mod circles;
#[path = "tidy/source.rs"]
mod source;

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use regex::Regex;
use source::{Source, sources};

/// Which rooms each room may import. `clock` tells the time to those who may ask it; `model` is for everybody.
const EDGES: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("model", &[]),
    ("tls", &[]),
    ("desk", &["model"]),
    ("mail", &["model"]),
    ("directory", &["model"]),
    ("kb", &["model"]),
    ("config", &["model", "desk"]),
    ("store", &["model", "desk"]),
    ("imap", &["model", "tls"]),
    ("maildir", &["clock"]),
    // A relay may be a folder of Maildirs, for the demo.
    ("smtp", &["model", "tls", "maildir"]),
    ("clamd", &["model"]),
    (
        "house",
        &[
            "clock",
            "tls",
            "model",
            "desk",
            "mail",
            "config",
            "store",
            "imap",
            "maildir",
            "smtp",
            "clamd",
            "report",
            "web",
            "directory",
            "kb",
        ],
    ),
    ("report", &["model", "desk"]),
    ("web", &["model", "desk", "store", "clock", "report"]),
    ("lab", &["model", "clock"]),
    (
        "cli",
        &[
            "clock",
            "tls",
            "model",
            "desk",
            "mail",
            "config",
            "store",
            "imap",
            "maildir",
            "smtp",
            "clamd",
            "house",
            "report",
            "web",
            "lab",
            "directory",
        ],
    ),
];

/// "About 300" lines without tests.
const LINES_MAX: usize = 320;

/// Files that may be longer, and why.
const LONG: &[(&str, &str)] = &[
    (
        "src/desk/reason.rs",
        "the list of all reasons is read as one",
    ),
    (
        "src/model/event/data.rs",
        "the list of everything that can happen is read as one",
    ),
    (
        "src/model/outgoing/body.rs",
        "the list of everything a mail can say is read as one",
    ),
    (
        "src/model/ticket.rs",
        "what a ticket is made of is read as one",
    ),
    (
        "src/mail/render/templates.rs",
        "the list of all templates is read as one",
    ),
    (
        "src/desk/command/table.rs",
        "the table of all commands about a ticket is read as one",
    ),
];

/// Fails with all violations at once.
fn judge(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

/// Every place in the code of the chosen rooms where `pattern` stands, with the rule it breaks.
fn find(pattern: &str, rule: &str, is_looked_at: impl Fn(&Source) -> bool) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| is_looked_at(source)) {
        for (at, line) in source.code.iter().enumerate() {
            if pattern.is_match(line) {
                found.push(format!("{}:{}: {rule}", source.path, at + 1));
            }
        }
    }
    found
}

/// The rooms named after `crate::`, with their lines: `crate::a::b` and `crate::{a::{x, y}, b}`.
fn imports(code: &str) -> Vec<(usize, String)> {
    named_after(code, "crate::")
}

/// What is named after this part of a path, with its line, alone and in groups.
fn named_after(code: &str, path: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let is_super = path.starts_with("super");
    for (at, _) in code.match_indices(path) {
        let before = code[..at].chars().next_back();
        let goes_on = |c: char| c.is_alphanumeric() || c == '_' || c == '$' || c == ':' && is_super;
        if before.is_some_and(goes_on) {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        let tail = code[at + path.len()..].trim_start();
        let Some(group) = tail.strip_prefix('{') else {
            found.push((line, first_word(tail)));
            continue;
        };
        let mut depth = 1_usize;
        let mut is_at_name = true;
        for (offset, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' => is_at_name = depth == 1,
                _ if is_at_name && c.is_alphabetic() => {
                    let below = group[..offset].matches('\n').count();
                    found.push((line + below, first_word(&group[offset..])));
                    is_at_name = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

fn first_word(words: &str) -> String {
    words
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

#[test]
fn the_reader_of_imports_sees_groups_and_no_comments() {
    let seen =
        |code: &str| -> Vec<String> { imports(code).into_iter().map(|(_, room)| room).collect() };
    assert_eq!(seen("use crate::model::x;"), ["model"]);
    assert_eq!(
        seen("use crate::{\n  desk::{a, b},\n  model,\n};\nlet x = crate::mail::y();"),
        ["desk", "model", "mail"]
    );
    assert_eq!(
        imports("\nuse crate::{\n  desk::a,\n};"),
        [(3, "desk".to_owned())]
    );
    assert!(seen("$crate::model mycrate::model").is_empty());
}

#[test]
fn rooms_import_only_whom_they_may() {
    let mut violations = Vec::new();
    for source in sources() {
        if ["lib", "main"].contains(&source.room.as_str()) {
            continue;
        }
        let Some((room, allowed)) = EDGES.iter().find(|(room, _)| *room == source.room) else {
            violations.push(format!(
                "{}:1: the room `{}` is not in the import table of tests/tidy.rs",
                source.path, source.room
            ));
            continue;
        };
        for (line, other) in imports(&source.code.join("\n")) {
            if other != *room && !allowed.contains(&other.as_str()) {
                violations.push(format!(
                    "{}:{line}: `{room}` may not import `{other}`; it may import: {}",
                    source.path,
                    allowed.join(", ")
                ));
            }
        }
    }
    judge(&violations);
}

/// What may be imported and is not is taken off the table: nobody begins to by accident.
#[test]
fn every_room_imports_whom_it_may() {
    let sources = sources();
    let mut violations = Vec::new();
    for (room, allowed) in EDGES {
        let own = sources.iter().filter(|source| source.room == *room);
        let used: BTreeSet<String> = own
            .flat_map(|source| imports(&source.code.join("\n")))
            .map(|(_, other)| other)
            .collect();
        let unused = allowed.iter().filter(|other| !used.contains(**other));
        violations.extend(unused.map(|other| {
            format!("tests/tidy.rs: `{room}` does not import `{other}`: take it off the table")
        }));
    }
    judge(&violations);
}

/// The rooms that hand values to values.
const PURE: [&str; 6] = ["model", "desk", "mail", "directory", "kb", "report"];

#[test]
fn the_pure_rooms_never_wait() {
    judge(&find(
        r"\basync\b|\.await\b",
        "model, desk, mail, directory, kb, report and config are plain functions: nothing async, nothing awaited",
        |source| PURE.contains(&source.room.as_str()) || source.room == "config",
    ));
}

#[test]
fn the_pure_rooms_neither_read_the_world_nor_log() {
    judge(&find(
        r"\bfs::|\benv::|\bprocess::|\bthread::|\btracing::",
        "model, desk, mail, directory, kb and report are handed what they need: they open no files, ask for nothing, log nothing",
        |source| PURE.contains(&source.room.as_str()),
    ));
}

#[test]
fn only_the_store_speaks_sql() {
    let sql = Regex::new(
        r"\b(SELECT\s[^;]*\bFROM\b|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|(CREATE|ALTER|DROP)\s+(TABLE|INDEX|TRIGGER|DATABASE)\b|PRAGMA\s|BEGIN\s+IMMEDIATE)",
    )
    .unwrap();
    let mut violations = find(r"\bsqlx::", "only `store` knows the database", |source| {
        source.room != "store"
    });
    for source in sources().iter().filter(|source| source.room != "store") {
        for (line, words) in &source.quoted {
            if sql.is_match(words) {
                violations.push(format!("{}:{line}: only `store` speaks SQL", source.path));
            }
        }
    }
    judge(&violations);
}

#[test]
fn only_the_terminal_is_printed_to() {
    judge(&find(
        r"\b(e?println|e?print|dbg)!",
        "only `cli` and `lab` print; all others log",
        |source| !["cli", "lab"].contains(&source.room.as_str()),
    ));
}

#[test]
fn tasks_are_started_where_they_are_supervised() {
    judge(&find(
        r"\btokio::spawn\b|\btask::spawn\b|tokio::\{[^}]*\bspawn\b",
        "tasks are started in `house` and src/store/unit only",
        |source| source.room != "house" && !source.path.starts_with("src/store/unit"),
    ));
}

#[test]
fn time_zones_are_looked_up_by_the_configuration_only() {
    judge(&find(
        r"\bTimeZone::get\b",
        "a time zone's name is looked up once, by `config`; all others are handed the zone",
        |source| source.room != "config",
    ));
}

#[test]
fn no_file_is_too_long() {
    let mut violations = Vec::new();
    for source in sources() {
        let is_excused = LONG.iter().any(|(path, _)| *path == source.path);
        let lines = source.code.len();
        if lines > LINES_MAX && !is_excused {
            violations.push(format!(
                "{}:{LINES_MAX}: {lines} lines without tests, more than {LINES_MAX}: split it",
                source.path
            ));
        }
        if lines <= LINES_MAX && is_excused {
            violations.push(format!(
                "{}:1: no longer too long: take it off the list in tests/tidy.rs",
                source.path
            ));
        }
    }
    judge(&violations);
}

#[test]
fn every_file_says_its_duty_and_the_map_names_every_room() {
    let sources = sources();
    let mut violations: Vec<String> = sources
        .iter()
        .filter(|source| source.doc.trim().is_empty())
        .map(|source| format!("{}:1: `//!` lines say what this file is for", source.path))
        .collect();
    let map = &sources
        .iter()
        .find(|source| source.path == "src/lib.rs")
        .unwrap()
        .doc;
    let rooms: BTreeSet<&str> = sources.iter().map(|source| source.room.as_str()).collect();
    for room in rooms {
        let name = Regex::new(&format!(r"`(crate::)?{room}`")).unwrap();
        if !["lib", "main"].contains(&room) && !name.is_match(map) {
            violations.push(format!(
                "src/lib.rs:1: the map does not name the room `{room}`"
            ));
        }
    }
    judge(&violations);
}

#[test]
fn make_help_lists_every_target() {
    let makefile = text("Makefile");
    let target = Regex::new(r"^([A-Za-z0-9_-]+):").unwrap();
    let mut violations = Vec::new();
    let mut count = 0;
    for (at, line) in makefile.lines().enumerate() {
        let Some(name) = target.captures(line).map(|found| found[1].to_owned()) else {
            continue;
        };
        count += 1;
        if !line.contains(" ## ") {
            let line = at + 1;
            violations.push(format!(
                "Makefile:{line}: `{name}` has no words for `make help`: end the line with ## and say what it does"
            ));
        }
        let phony = makefile.lines().find(|line| line.starts_with(".PHONY:"));
        if !phony.unwrap().split(' ').any(|word| word == name) {
            violations.push(format!("Makefile:{}: `{name}` is not in .PHONY", at + 1));
        }
    }
    assert!(count > 3, "the Makefile could not be read");
    judge(&violations);
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(engine);
        let mut names: Vec<String> = fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("Cannot read {}: {error}", folder.display()))
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let sqlite = names("sqlite");
    assert_eq!(sqlite, names("postgres"), "numbers and names must be equal");
    assert!(!sqlite.is_empty(), "there is no migration");
    let name = Regex::new(r"^\d{4}_[a-z0-9_]+\.sql$").unwrap();
    for (at, file) in sqlite.iter().enumerate() {
        assert!(
            name.is_match(file),
            "migrations/sqlite/{file}: NNNN_name.sql is expected"
        );
        let number = format!("{:04}_", at + 1);
        assert!(
            file.starts_with(&number),
            "{file}: {number}... is expected: no number is left out"
        );
    }
}

#[test]
fn no_file_names_a_machine_or_a_private_registry() {
    // Put together here, so that this file does not name them itself.
    let places = ["work", "root", "tmp/bash_jobs"].map(|place| format!("/{place}/"));
    let registry = "source = \"registry+";
    let mut violations = Vec::new();
    for path in tracked_files() {
        let Ok(bytes) = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)) else {
            continue; // removed, and not yet committed
        };
        let words = String::from_utf8_lossy(&bytes);
        for (at, line) in words.lines().enumerate() {
            let line_number = at + 1;
            for place in &places {
                // A path begins where no name does: `frame/work/` is not meant.
                let is_path = line.match_indices(place.as_str()).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-}>".contains(c))
                });
                if is_path {
                    violations.push(format!(
                        "{path}:{line_number}: {place} is a folder of one machine, not of everybody's"
                    ));
                }
            }
            if path == "Cargo.lock" && line.starts_with("source = ") && !line.starts_with(registry)
            {
                violations.push(format!(
                    "{path}:{line_number}: every dependency comes from the public registry"
                ));
            }
        }
        if path.starts_with(".cargo/") {
            violations.push(format!(
                "{path}:1: where crates come from is each machine's own affair"
            ));
        }
    }
    judge(&violations);
}

/// What git tracks, or will with the next commit.
fn tracked_files() -> Vec<String> {
    let listed = Command::new("git")
        // A clone that belongs to somebody else is no danger to a listing.
        .args(["-c", "safe.directory=*"])
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let words = String::from_utf8(listed.stdout).unwrap();
    assert!(
        words.contains("Cargo.toml"),
        "git lists no files here: {}",
        String::from_utf8_lossy(&listed.stderr)
    );
    words.lines().map(str::to_owned).collect()
}

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Whoever sorts mail by what it is has to know every name there is.
#[test]
fn the_readme_names_every_sort_of_mail() {
    let names = fs::read_to_string("src/model/outgoing/template.rs").unwrap();
    let readme = fs::read_to_string("README.md").unwrap();
    let row = readme
        .lines()
        .find(|line| line.contains("| `X-Okno-Event` |"));
    let row = row.expect("the row of X-Okno-Event");
    let name = Regex::new(r#"=> "([a-z_]+)","#).unwrap();
    let all: Vec<&str> = name
        .captures_iter(&names)
        .map(|found| found.get(1).unwrap().as_str())
        .collect();
    assert!(all.len() > 40, "{all:?}");
    let missing: Vec<_> = all
        .iter()
        .filter(|name| !row.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "README.md does not name {missing:?}");
}
