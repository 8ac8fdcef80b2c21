//! A private Dovecot: IMAP with STARTTLS, IMAP over TLS, and LMTP, for every address there is.

mod settings;

use std::{
    io::Read,
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::{
    certificate::Certificate,
    error::{LabError, Missing},
    mailfolder::MailFolder,
    place::{
        User, free_port, make_folder, make_folder_of, my_names, open_for_servers, secret,
        write_file,
    },
    process::{Server, apart},
};

use settings::{Ports, Settings};

const PROGRAM: &str = "/usr/sbin/dovecot";
const PACKAGES: &[&str] = &["dovecot-imapd", "dovecot-lmtpd"];
/// The system user that holds the mails where root starts the server: Dovecot refuses root itself.
const MAIL_USER: &str = "mail";

/// What may differ between two private Dovecots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DovecotOptions {
    /// How many connections it takes at once, in all and from one account.
    pub connections_max: u16,
    /// The password of every account; made up when not given.
    pub password: Option<String>,
}

impl Default for DovecotOptions {
    fn default() -> Self {
        Self {
            connections_max: 500,
            password: None,
        }
    }
}

/// A running private Dovecot. Every address is an account with the same password; its mails lie in
/// `mail/<address>/Maildir`. Dropped, it ends; the folder stays.
#[derive(Debug)]
pub struct Dovecot {
    server: Server,
    folder: PathBuf,
    ports: Ports,
    password: String,
    authority: PathBuf,
    mail_owner: Option<User>,
}

impl Dovecot {
    /// Whether this machine can run it.
    ///
    /// # Errors
    /// [`Missing`] with the packages that would help.
    pub fn available() -> Result<(), Missing> {
        let missing = |why: String, packages| Missing {
            server: "Dovecot",
            why,
            packages,
        };
        for program in [PROGRAM, "/usr/lib/dovecot/imap", "/usr/lib/dovecot/lmtp"] {
            if !Path::new(program).exists() {
                return Err(missing(format!("{program} is not there"), PACKAGES));
            }
        }
        let asked = Command::new(PROGRAM).arg("--version").output();
        let version = asked
            .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
            .map_err(|error| missing(format!("{PROGRAM} does not run: {error}"), &[]))?;
        if version.starts_with("2.3.") {
            return Ok(());
        }
        // 2.4 renamed most settings; a configuration for 2.3 would only produce a riddle.
        let why = format!("version 2.3 is needed, this one says «{version}»");
        Err(missing(why, &[]))
    }

    /// Starts one in `folder` and waits until all three ports answer. A folder used before keeps its mails.
    ///
    /// # Errors
    /// [`LabError`]: not installed, the folder refuses, or it did not start, with the end of its log.
    pub fn start(folder: &Path, options: DovecotOptions) -> Result<Self, LabError> {
        Self::available()?;
        let me = User::me()?;
        let folder = open_for_servers(folder)?;
        let mail_owner = if me.is_root() {
            Some(User::named(MAIL_USER).ok_or_else(|| Missing {
                server: "Dovecot",
                why: format!("there is no system user «{MAIL_USER}»"),
                packages: &[],
            })?)
        } else {
            None
        };
        make_folder(&folder.join("base"), 0o755)?;
        make_folder(&folder.join("state"), 0o755)?;
        make_folder_of(&folder.join("mail"), 0o700, mail_owner.unwrap_or(me))?;
        let ports = Ports {
            imap: free_port()?,
            imaps: free_port()?,
            lmtp: free_port()?,
        };
        let certificate = Certificate::make(&folder)?;
        let password = match options.password {
            Some(password) => password,
            None => secret()?,
        };
        let words = Settings {
            folder: &folder,
            ports,
            certificate: &certificate,
            password: &password,
            connections_max: options.connections_max,
            names: if me.is_root() {
                None
            } else {
                Some(my_names()?)
            },
            mail_owner: mail_owner.unwrap_or(me),
        };
        write_file(&folder.join("dovecot.conf"), 0o600, &words.to_string())?;
        Ok(Self {
            server: run_in(&folder, ports)?,
            folder,
            ports,
            password,
            authority: certificate.authority,
            mail_owner,
        })
    }

    /// Ends it; a test may want to see what okno does then.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// Starts it again after [`Self::stop`]: same ports, same mails.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_again(&mut self) -> Result<(), LabError> {
        self.server.stop();
        self.server = run_in(&self.folder, self.ports)?;
        Ok(())
    }

    /// Where its files are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The port for IMAP with STARTTLS.
    #[must_use]
    pub fn imap_port(&self) -> u16 {
        self.ports.imap
    }

    /// The port for IMAP over TLS.
    #[must_use]
    pub fn imaps_port(&self) -> u16 {
        self.ports.imaps
    }

    /// The port for LMTP.
    #[must_use]
    pub fn lmtp_port(&self) -> u16 {
        self.ports.lmtp
    }

    /// The password of every account.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The certificate that clients have to trust, as a PEM file.
    #[must_use]
    pub fn authority(&self) -> &Path {
        &self.authority
    }

    /// The number of its process.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.server.id()
    }

    /// The Maildir of one account.
    #[must_use]
    pub fn maildir_of(&self, user: &str) -> MailFolder {
        // Dovecot folds names the same way (auth_username_format %Lu).
        let path = self.folder.join("mail").join(user.to_lowercase());
        MailFolder::of(path.join("Maildir"), self.mail_owner)
    }

    /// Puts a mail into an account's INBOX without LMTP, by an atomic rename.
    ///
    /// # Errors
    /// Where a file or folder refuses.
    pub fn deliver(&self, user: &str, mail: &[u8]) -> Result<(), LabError> {
        self.maildir_of(user).put(mail).map(drop)
    }

    /// All mails in an account's INBOX, oldest first.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn mails(&self, user: &str) -> Result<Vec<Vec<u8>>, LabError> {
        self.maildir_of(user).mails()
    }
}

fn run_in(folder: &Path, ports: Ports) -> Result<Server, LabError> {
    let mut command = Command::new(PROGRAM);
    command.arg("-F").arg("-c").arg(folder.join("dovecot.conf"));
    apart(&mut command);
    let log = folder.join("dovecot.log");
    let mut server = Server::start("dovecot", folder, command, &log, "TERM")?;
    server.wait_until(|| {
        greets(ports.imap, b"* OK") && greets(ports.lmtp, b"220 ") && is_open(ports.imaps)
    })?;
    Ok(server)
}

fn connect(port: u16) -> Option<TcpStream> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()
}

fn is_open(port: u16) -> bool {
    connect(port).is_some()
}

/// Whether whoever listens on a port begins with these words.
fn greets(port: u16, words: &[u8; 4]) -> bool {
    let Some(mut stream) = connect(port) else {
        return false;
    };
    let mut heard = [0_u8; 4];
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .is_ok()
        && stream.read_exact(&mut heard).is_ok()
        && &heard == words
}
