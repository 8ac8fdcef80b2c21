//! A private PostgreSQL on loopback.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    error::{LabError, Missing},
    place::{User, free_port, make_folder_of, open_for_servers, secret, write_file},
    process::{Server, apart, run},
};

const VERSIONS: &str = "/usr/lib/postgresql";
const SYSTEM_USER: &str = "postgres";
const DATABASE_USER: &str = "okno";

/// A running private PostgreSQL. Dropped, it ends; the folder stays.
#[derive(Debug)]
pub struct Postgres {
    server: Server,
    programs: Programs,
    folder: PathBuf,
    port: u16,
    password: String,
    is_durable: bool,
}

/// Where its programs lie and whose they run as.
#[derive(Debug, Clone)]
struct Programs {
    folder: PathBuf,
    /// Set where root calls: PostgreSQL refuses root.
    runs_as: Option<User>,
}

impl Programs {
    fn find() -> Result<Self, Missing> {
        let missing = |why: String| Missing {
            server: "PostgreSQL",
            why,
            packages: &["postgresql"],
        };
        let versions = fs::read_dir(VERSIONS)
            .map_err(|error| missing(format!("{VERSIONS} cannot be read: {error}")))?;
        // The newest version that has a server.
        let newest = versions
            .filter_map(Result::ok)
            .filter_map(|entry| {
                let number: u32 = entry.file_name().to_str()?.parse().ok()?;
                let folder = entry.path().join("bin");
                folder.join("initdb").exists().then_some((number, folder))
            })
            .max_by_key(|(number, _)| *number);
        let Some((_, folder)) = newest else {
            return Err(missing(format!("no version below {VERSIONS} has initdb")));
        };
        let is_root = User::me().is_ok_and(User::is_root);
        let runs_as = if is_root {
            let user = User::named(SYSTEM_USER);
            Some(user.ok_or_else(|| missing(format!("there is no system user «{SYSTEM_USER}»")))?)
        } else {
            None
        };
        Ok(Self { folder, runs_as })
    }

    fn command(&self, program: &str) -> Command {
        let path = self.folder.join(program);
        let Some(user) = self.runs_as else {
            return Command::new(path);
        };
        // setpriv becomes the program it starts: its number is the server's number.
        let mut command = Command::new("setpriv");
        command
            .arg(format!("--reuid={}", user.uid))
            .arg(format!("--regid={}", user.gid))
            .arg("--clear-groups")
            .arg(path);
        command
    }
}

impl Postgres {
    /// Whether this machine can run it.
    ///
    /// # Errors
    /// [`Missing`] with the package that would help.
    pub fn available() -> Result<(), Missing> {
        Programs::find().map(drop)
    }

    /// Makes a new cluster in `folder` and starts it. What is not `is_durable` is fast and would not outlive a
    /// power cut; a killed server it outlives.
    ///
    /// # Errors
    /// [`LabError`]: not installed, the folder refuses or holds a cluster already, or it did not start.
    pub fn start(folder: &Path, is_durable: bool) -> Result<Self, LabError> {
        let programs = Programs::find()?;
        let folder = open_for_servers(folder)?;
        let owner = programs.runs_as.map_or_else(User::me, Ok)?;
        let data = folder.join("data");
        make_folder_of(&data, 0o700, owner)?;
        let password = secret()?;
        let password_file = data.with_extension("password");
        write_file(&password_file, 0o600, &password)?;
        std::os::unix::fs::chown(&password_file, Some(owner.uid), Some(owner.gid))
            .map_err(LabError::file("give away", &password_file))?;
        let mut initdb = programs.command("initdb");
        initdb
            .args(["--no-sync", "--locale=C", "--encoding=UTF8"])
            .args(["--auth=scram-sha-256", "--username", DATABASE_USER])
            .arg("--pwfile")
            .arg(&password_file)
            .arg("--pgdata")
            .arg(&data)
            .current_dir(&folder);
        run("initdb", initdb, &folder.join("initdb.log"))?;
        let port = free_port()?;
        Ok(Self {
            server: run_in(&folder, &programs, port, is_durable)?,
            programs,
            folder,
            port,
            password,
            is_durable,
        })
    }

    /// Makes an empty database and returns its URL.
    ///
    /// # Errors
    /// Where the name is taken or the server is away.
    pub fn create_database(&self, name: &str) -> Result<String, LabError> {
        let mut command = Command::new(self.programs.folder.join("createdb"));
        command
            .args(["--host=127.0.0.1", "--username", DATABASE_USER])
            .arg(format!("--port={}", self.port))
            .arg(name)
            .env("PGPASSWORD", &self.password);
        run("createdb", command, &self.folder.join("createdb.log"))?;
        Ok(self.url(name))
    }

    /// The URL of a database of this server.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        format!(
            "postgres://{DATABASE_USER}:{}@127.0.0.1:{}/{name}",
            self.password, self.port
        )
    }

    /// Where its files are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The number of its process.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.server.id()
    }

    /// Ends it; connections are cut.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// Kills it without a chance to tidy up.
    pub fn crash(&mut self) {
        self.server.crash();
    }

    /// Starts it again after [`Self::stop`] or [`Self::crash`]: same port, same databases.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_again(&mut self) -> Result<(), LabError> {
        self.server.stop();
        self.server = run_in(&self.folder, &self.programs, self.port, self.is_durable)?;
        Ok(())
    }
}

fn run_in(
    folder: &Path,
    programs: &Programs,
    port: u16,
    is_durable: bool,
) -> Result<Server, LabError> {
    let mut command = programs.command("postgres");
    command.arg("-D").arg(folder.join("data"));
    command.arg("-p").arg(port.to_string());
    let mut settings = vec![
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=200",
    ];
    if !is_durable {
        settings.extend([
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
        ]);
    }
    for setting in settings {
        command.args(["-c", setting]);
    }
    // INT is PostgreSQL's fast way to end: TERM would wait for every client to leave.
    apart(&mut command);
    let log = folder.join("postgres.log");
    let mut server = Server::start("postgres", folder, command, &log, "INT")?;
    server.wait_until(|| {
        Command::new(programs.folder.join("pg_isready"))
            .args(["--quiet", "--host=127.0.0.1"])
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    })?;
    Ok(server)
}
