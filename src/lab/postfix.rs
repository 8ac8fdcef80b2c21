//! A private Postfix: every address is at home, and nothing can leave the machine. Root only.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    error::{LabError, Missing},
    lmtp::Talk,
    place::{User, free_port, make_folder, make_folder_of, open_for_servers, write_file},
    process::{Server, run},
};

const PROGRAM: &str = "/usr/sbin/postfix";
/// The daemon itself. It makes a process group of its own, and could not if it were given one.
const MASTER: &str = "/usr/lib/postfix/sbin/master";

/// Where a private Postfix takes the mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// To the LMTP server on this loopback port.
    Lmtp(u16),
    /// Accepted, queued, and thrown away: for measuring.
    Nowhere,
}

/// How a private Postfix is to behave.
#[derive(Debug, Clone, Copy)]
pub struct PostfixOptions<'a> {
    /// Where mail goes that it has taken.
    pub destination: Destination,
    /// Addresses for which it refuses mail with 550 while it is offered.
    pub refused: &'a [&'a str],
    /// What it says of senders in `Authentication-Results`, as a site's server with a milter would: a regular expression
    /// over the envelope sender, and the value of the header; the first that fits speaks, on top of the mail.
    pub verdicts: &'a [(&'a str, &'a str)],
}

impl PostfixOptions<'_> {
    /// Takes everything and says nothing of anybody.
    #[must_use]
    pub fn to(destination: Destination) -> Self {
        Self {
            destination,
            refused: &[],
            verdicts: &[],
        }
    }
}

/// A running private Postfix. Dropped, it ends; the folder stays.
#[derive(Debug)]
pub struct Postfix {
    server: Server,
    folder: PathBuf,
    port: u16,
}

impl Postfix {
    /// Whether this machine, and this user, can run it.
    ///
    /// # Errors
    /// [`Missing`] with the package that would help, or that only root can.
    pub fn available() -> Result<(), Missing> {
        let missing = |why: &str, packages| Missing {
            server: "Postfix",
            why: why.to_owned(),
            packages,
        };
        if !User::me().is_ok_and(User::is_root) {
            return Err(missing("only root can start it", &[]));
        }
        if !(Path::new(PROGRAM).exists() && Path::new(MASTER).exists()) {
            return Err(missing("its programs are not there", &["postfix"]));
        }
        if User::named("postfix").is_none() {
            return Err(missing("there is no system user «postfix»", &["postfix"]));
        }
        Ok(())
    }

    /// Starts one in `folder`.
    ///
    /// # Errors
    /// [`LabError`]: it cannot run here, the folder refuses, or it did not start, with the end of its log.
    pub fn start(folder: &Path, options: PostfixOptions<'_>) -> Result<Self, LabError> {
        Self::available()?;
        let folder = open_for_servers(folder)?;
        let postfix = User::named("postfix").unwrap_or(User::me()?);
        let config = folder.join("config");
        make_folder(&config, 0o755)?;
        make_folder(&folder.join("queue"), 0o755)?;
        make_folder_of(&folder.join("data"), 0o700, postfix)?;
        write_file(&config.join("refused"), 0o644, &refusals(options.refused))?;
        write_file(&config.join("verdicts"), 0o644, &verdicts(options.verdicts))?;
        let main = main_cf(&folder, options.destination);
        write_file(&config.join("main.cf"), 0o644, &main)?;
        let port = free_port()?;
        write_file(&config.join("master.cf"), 0o644, &master_cf(port))?;
        let log = folder.join("postfix.log");
        // What `postfix start-fg` does, without its shell in between, which would take our signals for itself.
        let mut check = Command::new(PROGRAM);
        check.arg("-c").arg(&config).arg("check");
        run("postfix check", check, &log)?;
        let mut command = Command::new(MASTER);
        command.arg("-c").arg(&config).arg("-s");
        let mut server = Server::start("postfix", &folder, command, &log, "TERM")?;
        server.wait_until(|| Talk::smtp(port).is_ok_and(|talk| talk.quit().is_ok()))?;
        Ok(Self {
            server,
            folder,
            port,
        })
    }

    /// The port for SMTP.
    #[must_use]
    pub fn smtp_port(&self) -> u16 {
        self.port
    }

    /// Where its files are; `postfix.log` is its log.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The number of its process.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.server.id()
    }

    /// Ends it.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// How many mails it has taken and not yet handed on.
    ///
    /// # Errors
    /// Where its queue cannot be read.
    pub fn waiting(&self) -> Result<usize, LabError> {
        let mut count = 0_usize;
        for part in ["maildrop", "incoming", "active", "deferred", "hold"] {
            count = count.saturating_add(count_files(&self.folder.join("queue").join(part))?);
        }
        Ok(count)
    }

    /// The program that sends mails as fast as a server takes them.
    #[must_use]
    pub fn smtp_source() -> &'static Path {
        Path::new("/usr/sbin/smtp-source")
    }

    /// The program that takes mails and throws them away.
    #[must_use]
    pub fn smtp_sink() -> &'static Path {
        Path::new("/usr/sbin/smtp-sink")
    }
}

/// Files below a queue folder, whose names hash into subfolders. Mails move while we look, so what has just gone
/// is not counted.
fn count_files(folder: &Path) -> Result<usize, LabError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(LabError::file("read", folder)(error)),
    };
    let mut count = 0_usize;
    for entry in entries {
        let entry = entry.map_err(LabError::file("read", folder))?;
        let below = match entry.file_type() {
            Ok(kind) if kind.is_dir() => count_files(&entry.path())?,
            Ok(_) => 1,
            Err(_) => 0,
        };
        count = count.saturating_add(below);
    }
    Ok(count)
}

/// A table for `check_recipient_access`.
fn refusals(addresses: &[&str]) -> String {
    let mut lines = String::from("# Written by okno.\n");
    for address in addresses {
        lines.push_str(&format!("{address} 550 5.1.1 There is no such mailbox\n"));
    }
    lines
}

/// A table for `check_sender_access`.
fn verdicts(verdicts: &[(&str, &str)]) -> String {
    let mut lines = String::from("# Written by okno.\n");
    for (senders, words) in verdicts {
        lines.push_str(&format!(
            "/{senders}/ PREPEND Authentication-Results: {words}\n"
        ));
    }
    lines
}

fn main_cf(folder: &Path, destination: Destination) -> String {
    let folder = folder.display();
    let transport = match destination {
        Destination::Lmtp(port) => format!("lmtp:inet:127.0.0.1:{port}"),
        Destination::Nowhere => "discard:".to_owned(),
    };
    format!(
        "# Written by okno for a private Postfix; made anew at every start.
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.lab.test
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
# Everybody is at home here, and what is not (nothing) cannot leave.
virtual_mailbox_domains = static:ALL
virtual_mailbox_maps = static:yes
virtual_transport = {transport}
default_transport = error:this Postfix sends nothing away
relay_transport = error:this Postfix sends nothing away
# Taken, and returned afterwards.
transport_maps = inline:{{ {{ gone.test = error:5.1.1 There is no such mailbox }} }}
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtpd_null_access_lookup_key = nobody
smtpd_sender_restrictions = check_sender_access regexp:{folder}/config/verdicts
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access texthash:{folder}/config/refused, permit_mynetworks, reject
# Bounces come at once; a test need not wait for them.
minimal_backoff_time = 5s
queue_run_delay = 5s
message_size_limit = 60000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
biff = no
"
    )
}

/// Every service of the distributed file that mail on loopback passes through, none of them in a chroot.
fn master_cf(port: u16) -> String {
    format!(
        "# Written by okno.
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix  n  -  n  60    1  pickup
cleanup   unix  n  -  n  -     0  cleanup
qmgr      unix  n  -  n  300   1  qmgr
rewrite   unix  -  -  n  -     -  trivial-rewrite
bounce    unix  -  -  n  -     0  bounce
defer     unix  -  -  n  -     0  bounce
trace     unix  -  -  n  -     0  bounce
verify    unix  -  -  n  -     1  verify
flush     unix  n  -  n  1000? 0  flush
proxymap  unix  -  -  n  -     -  proxymap
proxywrite unix -  -  n  -     1  proxymap
showq     unix  n  -  n  -     -  showq
error     unix  -  -  n  -     -  error
retry     unix  -  -  n  -     -  error
discard   unix  -  -  n  -     -  discard
lmtp      unix  -  -  n  -     -  lmtp
anvil     unix  -  -  n  -     1  anvil
scache    unix  -  -  n  -     1  scache
tlsmgr    unix  -  -  n  1000? 1  tlsmgr
postlog   unix-dgram n - n -   1  postlogd
"
    )
}
