//! One child process: started with its output in a file, asked until it answers, and ended by its number.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use super::error::LabError;
use crate::clock::Stopwatch;

/// How long a server may take until it answers, or until it has ended.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two questions.
const PAUSE: Duration = Duration::from_millis(20);

/// A running server.
#[derive(Debug)]
pub(super) struct Server {
    name: &'static str,
    child: Child,
    log: PathBuf,
    pid_file: PathBuf,
    signal: &'static str,
}

impl Server {
    /// Starts `command` in the background with everything it says in `log`. Its number goes to `<name>.pid` in
    /// `folder`; where that file still names a server that an earlier, killed run left in this folder, that one is
    /// ended first. `signal` is what asks it to end. The program has to lead its process group: see [`apart`].
    pub(super) fn start(
        name: &'static str,
        folder: &Path,
        mut command: Command,
        log: &Path,
        signal: &'static str,
    ) -> Result<Self, LabError> {
        let pid_file = folder.join(format!("{name}.pid"));
        end_leftover(&pid_file, folder, signal);
        redirect(&mut command, log)?;
        command.current_dir(folder);
        let child = command.spawn().map_err(|error| LabError::Program {
            program: name.to_owned(),
            why: format!("did not start: {error}"),
            log: log.to_owned(),
            tail: tail(log),
        })?;
        let server = Self {
            name,
            child,
            log: log.to_owned(),
            pid_file,
            signal,
        };
        fs::write(&server.pid_file, server.child.id().to_string())
            .map_err(LabError::file("write", &server.pid_file))?;
        Ok(server)
    }

    /// The number of the process.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks until the answer is yes, the process has ended, or patience has.
    pub(super) fn wait_until(&mut self, mut ask: impl FnMut() -> bool) -> Result<(), LabError> {
        let watch = Stopwatch::start();
        loop {
            if ask() {
                return Ok(());
            }
            let why = match self.child.try_wait() {
                Ok(Some(status)) => format!("ended at once ({status})"),
                Ok(None) if watch.elapsed() < PATIENCE => {
                    thread::sleep(PAUSE);
                    continue;
                }
                Ok(None) => format!("did not answer within {} seconds", PATIENCE.as_secs()),
                Err(error) => format!("could not be asked how it is: {error}"),
            };
            return Err(LabError::Program {
                program: self.name.to_owned(),
                why,
                log: self.log.clone(),
                tail: tail(&self.log),
            });
        }
    }

    /// Asks it to end and waits; after a while it is not asked any more. Ending twice is harmless.
    pub(super) fn stop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            self.forget();
            return;
        }
        send(self.signal, &self.child.id().to_string());
        let watch = Stopwatch::start();
        while matches!(self.child.try_wait(), Ok(None)) {
            if watch.elapsed() > PATIENCE {
                self.crash();
                return;
            }
            thread::sleep(PAUSE);
        }
        self.forget();
    }

    /// Kills it and its children, as a power cut would, without a chance to tidy up.
    pub(super) fn crash(&mut self) {
        send("KILL", &format!("-{}", self.child.id()));
        if let Err(error) = self.child.wait() {
            super::complain(&format!(
                "Cannot wait for the end of {}: {error}",
                self.name
            ));
        }
        self.forget();
    }

    fn forget(&self) {
        // Already gone after a second stop, or together with its folder: then there is nothing to forget.
        if self.pid_file.exists()
            && let Err(error) = fs::remove_file(&self.pid_file)
        {
            super::complain(&format!(
                "Cannot remove {}: {error}",
                self.pid_file.display()
            ));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Gives a server a process group of its own: the terminal's Ctrl-C is for okno, which then ends its servers itself.
pub(super) fn apart(command: &mut Command) {
    command.process_group(0);
}

/// Runs a program to its end, its words in `log`.
pub(super) fn run(name: &str, mut command: Command, log: &Path) -> Result<(), LabError> {
    redirect(&mut command, log)?;
    let why = match command.status() {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => format!("failed ({status})"),
        Err(error) => format!("did not start: {error}"),
    };
    Err(LabError::Program {
        program: name.to_owned(),
        why,
        log: log.to_owned(),
        tail: tail(log),
    })
}

/// Servers keep what they are given open, and a pipe held open keeps a caller waiting for ever: files only.
fn redirect(command: &mut Command, log: &Path) -> Result<(), LabError> {
    let open = || {
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(log)
            .map_err(LabError::file("write", log))
    };
    command.stdin(Stdio::null()).stdout(open()?).stderr(open()?);
    Ok(())
}

/// Sends a signal by way of the shell, whose `kill` is always there. To a process that has just ended it says so,
/// and that is no fault.
fn send(signal: &str, target: &str) {
    let asked = Command::new("/bin/sh")
        .args(["-c", "kill -s \"$1\" -- \"$2\" 2>/dev/null", "sh"])
        .args([signal, target])
        .stdin(Stdio::null())
        .status();
    if let Err(error) = asked {
        super::complain(&format!(
            "Cannot run /bin/sh to end process {target}: {error}"
        ));
    }
}

/// Ends the process that a pid file names, if it still is a server of this folder.
fn end_leftover(pid_file: &Path, folder: &Path, signal: &str) {
    let Ok(words) = fs::read_to_string(pid_file) else {
        return;
    };
    let Ok(pid) = words.trim().parse::<u32>() else {
        return;
    };
    let watch = Stopwatch::start();
    while is_of(pid, folder) && watch.elapsed() < PATIENCE {
        send(signal, &pid.to_string());
        thread::sleep(PAUSE);
    }
}

/// Whether a process names `folder` on its command line or works inside it: a number alone may since have been
/// given to somebody else.
fn is_of(pid: u32, folder: &Path) -> bool {
    let process = Path::new("/proc").join(pid.to_string());
    let words = fs::read(process.join("cmdline")).unwrap_or_default();
    let works_inside =
        fs::read_link(process.join("cwd")).is_ok_and(|place| place.starts_with(folder));
    // A process that has ended but was not yet waited for has no words and works nowhere.
    works_inside || String::from_utf8_lossy(&words).contains(&*folder.to_string_lossy())
}

/// The last lines of a log, for an error message.
pub(super) fn tail(log: &Path) -> String {
    const BYTES: u64 = 4_000;
    const LINES: usize = 15;
    let read = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(log)?;
        let size = file.metadata()?.len();
        file.seek(SeekFrom::Start(size.saturating_sub(BYTES)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    match read() {
        Ok(bytes) => {
            let words = String::from_utf8_lossy(&bytes);
            let lines: Vec<&str> = words.lines().collect();
            let from = lines.len().saturating_sub(LINES);
            lines.get(from..).unwrap_or_default().join("\n")
        }
        Err(error) => format!("(cannot be read: {error})"),
    }
}
