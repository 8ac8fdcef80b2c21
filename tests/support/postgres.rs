//! A private PostgreSQL in a temporary folder, reached by a socket file; it ends with the test.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of tests: what fails here is the test's failure, told at once"
)]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A running server; dropped, it is stopped and its folder removed.
pub(crate) struct Postgres {
    folder: tempfile::TempDir,
    programs: PathBuf,
}

impl Postgres {
    /// Starts one.
    pub(crate) fn start() -> Self {
        let programs = programs();
        let folder = tempfile::Builder::new()
            .prefix("okno-pg")
            .tempdir_in("/tmp")
            .expect("a temporary folder");
        let server = Self { folder, programs };
        if is_root() {
            // initdb refuses root; the folder must belong to the one who runs it.
            let owned = Command::new("chown")
                .arg("postgres")
                .arg(server.folder.path())
                .output();
            succeeded("chown", owned);
        }
        server.run(
            "initdb",
            &[
                "-D",
                &server.data(),
                "-A",
                "trust",
                "-U",
                "okno",
                "-E",
                "UTF8",
                "--no-sync",
                "--locale=C",
            ],
        );
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c fsync=off -c max_connections=40",
            server.folder.path().display()
        );
        let log = server.folder.path().join("log").display().to_string();
        server.run(
            "pg_ctl",
            &[
                "-D",
                &server.data(),
                "-w",
                "-t",
                "30",
                "-l",
                &log,
                "-o",
                &options,
                "start",
            ],
        );
        server
    }

    /// Where to connect: the database named `postgres`.
    pub(crate) fn url(&self) -> String {
        format!(
            "postgres://okno@localhost/postgres?host={}",
            self.folder.path().display()
        )
    }

    /// An empty database of this name; where to connect.
    pub(crate) fn database(&self, name: &str) -> String {
        let host = self.folder.path().display().to_string();
        self.run("createdb", &["-h", &host, "-U", "okno", name]);
        format!("postgres://okno@localhost/{name}?host={host}")
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        succeeded(program, self.output(program, arguments));
    }

    fn output(&self, program: &str, arguments: &[&str]) -> std::io::Result<Output> {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=postgres", "--regid=postgres", "--init-groups"])
                .arg(&program);
            command
        } else {
            Command::new(&program)
        };
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.folder.path().join("data/postmaster.pid").exists() {
            let data = self.data();
            let stopped = self.output("pg_ctl", &["-D", &data, "-w", "-m", "immediate", "stop"]);
            // A second panic would end the process before the first is told.
            if !std::thread::panicking() {
                succeeded("pg_ctl", stopped);
            }
        }
    }
}

fn programs() -> PathBuf {
    let found = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .find(|folder| folder.join("initdb").exists());
    found.unwrap_or_else(|| {
        panic!("no PostgreSQL under /usr/lib/postgresql: install the Debian package `postgresql`")
    })
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(Path::new("/proc/self")).is_ok_and(|own| own.uid() == 0)
}

fn succeeded(program: &str, done: std::io::Result<Output>) {
    let done = done.unwrap_or_else(|error| panic!("cannot run {program}: {error}"));
    assert!(
        done.status.success(),
        "{program} failed: {}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
}
