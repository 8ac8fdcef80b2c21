//! A folder with a configuration, Maildirs in and out, and the program called there.

use std::{fs, path::PathBuf, time::Duration};

use okno::{
    config::{Config, load},
    lab::MailFolder,
    store::{self, Db},
};

/// A house in a folder of its own.
pub(crate) struct House {
    folder: tempfile::TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl House {
    /// With Maildirs in and out, everything from the beginning, in English.
    pub(crate) fn new() -> Self {
        Self::with("[smtp]\nmaildir = \"out\"\n")
    }

    /// The same with another ending of the configuration.
    pub(crate) fn with(rest: &str) -> Self {
        let house = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for below in ["new", "cur", "tmp"] {
            fs::create_dir_all(house.path("in").join(below)).unwrap();
        }
        house.configure(rest);
        house
    }

    /// Writes the configuration anew.
    pub(crate) fn configure(&self, rest: &str) {
        let config = format!(
            r#"administrator = "root@uni.test"
language = "en"
data = "data"
[mailbox.it]
address = "it@uni.test"
mode = "full"
maildir = "in"
start_from = "beginning"
poll = "1 s"
[queue.it]
title = "IT support"
agents = ["anna"]
[agent.anna]
name = "Anna Petrova"
address = "anna@uni.test"
{rest}"#
        );
        fs::write(self.path("okno.toml"), config).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Somebody writes to it@uni.test.
    pub(crate) fn receives(&self, mail: &str) {
        MailFolder::at(self.path("in"))
            .put(mail.replace('\n', "\r\n").as_bytes())
            .unwrap();
    }

    /// What was sent to this address.
    pub(crate) fn sent_to(&self, address: &str) -> Vec<String> {
        let folder = self.path("out").join(address);
        if !folder.exists() {
            return Vec::new();
        }
        let mails = MailFolder::at(folder).mails().unwrap();
        mails
            .into_iter()
            .map(|mail| String::from_utf8(mail).unwrap())
            .collect()
    }

    /// Calls `okno WORDS --config okno.toml` in the folder.
    pub(crate) fn okno(&self, words: &[&str]) -> Ended {
        let mut all = words.to_vec();
        all.extend(["--config", "okno.toml"]);
        self.bare(&all)
    }

    /// Calls `okno WORDS` in the folder.
    pub(crate) fn bare(&self, words: &[&str]) -> Ended {
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_okno"))
            .args(words)
            .current_dir(self.folder.path())
            .timeout(Duration::from_secs(120))
            .output()
            .unwrap();
        Ended {
            code: output.status.code().expect("it was not killed"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn config(&self) -> Config {
        // Relative paths are relative to the file.
        load(&self.path("okno.toml")).unwrap()
    }

    /// Does something with the database, as the library sees it.
    pub(crate) fn with_db<T>(&self, work: impl AsyncFnOnce(&Db) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let db = Db::visit(&self.config().database, store::HOUSE)
                .await
                .unwrap();
            let done = work(&db).await;
            db.close().await;
            done
        })
    }
}

impl Ended {
    /// It ended with this code; what it printed.
    #[track_caller]
    pub(crate) fn with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// It said all of this, on either side.
    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Self {
        for one in words {
            assert!(
                self.out.contains(one) || self.err.contains(one),
                "{one:?} is missing\n{}\n{}",
                self.out,
                self.err
            );
        }
        self
    }

    /// It said none of this.
    #[track_caller]
    pub(crate) fn never_says(self, words: &[&str]) -> Self {
        for one in words {
            assert!(
                !self.out.contains(one) && !self.err.contains(one),
                "{one:?} was said\n{}\n{}",
                self.out,
                self.err
            );
        }
        self
    }
}

/// A request of Olga's.
pub(crate) const REQUEST: &str = "From: Olga Smirnova <olga@uni.test>
To: it@uni.test
Subject: The printer is silent
Message-ID: <request@uni.test>

It prints nothing.
";
