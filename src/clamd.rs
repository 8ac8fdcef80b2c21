//! # clamd: asks ClamAV's daemon whether a mail carries something harmful
//!
//! The mail goes over a socket in pieces (`INSTREAM`, clamd(8)), so that clamd need not be able to read our files, and
//! one line comes back. What follows from it is not decided here.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
    time::timeout,
};

use crate::model::{
    account::{ScannerAccount, ScannerAt},
    text::Text,
};

/// How long it may take to connect, and to answer a question about itself.
const GREETING: Duration = Duration::from_secs(10);

/// How long it may look at one mail. By itself it gives up after two minutes (`MaxScanTime`); a mail that takes it half
/// of that is no ordinary one.
const LOOK: Duration = Duration::from_secs(60);

/// How large the pieces are.
const PIECE: usize = 64 << 10;

/// The longest answer that is read, in bytes.
const ANSWER_MAX: u64 = 4096;

/// The longest name of something harmful that is kept, in characters.
const NAME_MAX: usize = 100;

/// What clamd says of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It knows nothing against it.
    Clean,
    /// It found this.
    Found(String),
}

/// Why clamd said nothing of use.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// Nobody listens, or the connection broke.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It took too long.
    #[error("no answer within {} seconds", .0.as_secs())]
    Slow(Duration),
    /// It answered something else than a verdict.
    #[error("it says: {0}")]
    Said(String),
}

/// clamd, at its socket. Every question is a connection of its own.
#[derive(Debug, Clone)]
pub struct Clamd {
    at: ScannerAt,
    bytes_max: u64,
    look: Duration,
}

impl Clamd {
    /// clamd as configured.
    #[must_use]
    pub fn new(account: &ScannerAccount) -> Self {
        Self {
            at: account.at.clone(),
            bytes_max: account.bytes_max,
            look: LOOK,
        }
    }

    /// The same, with less patience for one mail; for tests.
    #[must_use]
    pub const fn patient_for(mut self, look: Duration) -> Self {
        self.look = look;
        self
    }

    /// Whether a mail of so many bytes is larger than clamd takes: then only its beginning is looked at.
    #[must_use]
    pub fn is_too_large(&self, bytes: usize) -> bool {
        u64::try_from(bytes).is_ok_and(|bytes| bytes > self.bytes_max)
    }

    /// Has a mail looked at, as much of it as clamd takes.
    ///
    /// # Errors
    /// It did not say. Whether that is this mail's fault, [`Clamd::version`] shows.
    pub async fn scan(&self, mail: &[u8]) -> Result<Verdict, ScanError> {
        let most = usize::try_from(self.bytes_max).unwrap_or(usize::MAX);
        let mail = mail.get(..most).unwrap_or(mail);
        let said = self.ask(b"zINSTREAM\0", Some(mail), self.look).await?;
        verdict(&said)
    }

    /// Its version and that of its signatures, which shows that it is there.
    ///
    /// # Errors
    /// It is not.
    pub async fn version(&self) -> Result<String, ScanError> {
        self.ask(b"zVERSION\0", None, GREETING).await
    }

    async fn ask(
        &self,
        command: &[u8],
        mail: Option<&[u8]>,
        within: Duration,
    ) -> Result<String, ScanError> {
        let answer = async {
            match &self.at {
                ScannerAt::Unix(path) => {
                    talk(
                        within_greeting(UnixStream::connect(path)).await?,
                        command,
                        mail,
                    )
                    .await
                }
                ScannerAt::Tcp { host, port } => {
                    let connected = TcpStream::connect((host.as_str(), *port));
                    talk(within_greeting(connected).await?, command, mail).await
                }
            }
        };
        let answer = timeout(within, answer).await;
        answer.map_err(|_elapsed| ScanError::Slow(within))?
    }
}

async fn within_greeting<S>(connect: impl Future<Output = io::Result<S>>) -> Result<S, ScanError> {
    let connected = timeout(GREETING, connect).await;
    Ok(connected.map_err(|_elapsed| ScanError::Slow(GREETING))??)
}

/// Says the command and what belongs to it, and hears the answer to its end.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    command: &[u8],
    mail: Option<&[u8]>,
) -> Result<String, ScanError> {
    let sent = send(&mut stream, command, mail).await;
    let mut answer = Vec::new();
    let heard = stream.take(ANSWER_MAX).read_to_end(&mut answer).await;
    let words = Text::line(&String::from_utf8_lossy(&answer));
    let words = words.as_str().trim();
    // Whoever hangs up before all is said may have told why.
    if words.is_empty() {
        sent?;
        heard?;
        return Err(ScanError::Said("nothing".to_owned()));
    }
    Ok(words.to_owned())
}

/// Each piece behind its length, four bytes, the highest first; a length of zero ends it.
async fn send<S: AsyncWrite + Unpin>(
    stream: &mut S,
    command: &[u8],
    mail: Option<&[u8]>,
) -> io::Result<()> {
    stream.write_all(command).await?;
    if let Some(mail) = mail {
        for piece in mail.chunks(PIECE) {
            let length = u32::try_from(piece.len()).unwrap_or(0);
            stream.write_all(&length.to_be_bytes()).await?;
            stream.write_all(piece).await?;
        }
        stream.write_all(&[0; 4]).await?;
    }
    stream.flush().await
}

/// `stream: OK` or `stream: Eicar-Test-Signature FOUND`.
fn verdict(said: &str) -> Result<Verdict, ScanError> {
    let (_, words) = said.split_once(": ").unwrap_or(("", said));
    if words == "OK" {
        return Ok(Verdict::Clean);
    }
    match words.strip_suffix(" FOUND") {
        Some(name) => Ok(Verdict::Found(name.chars().take(NAME_MAX).collect())),
        None => Err(ScanError::Said(said.chars().take(NAME_MAX).collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, expected: Option<Verdict>) {
        assert_eq!(verdict(said).ok(), expected, "{said}");
    }

    #[test]
    fn what_clamd_says() {
        let found = |name: &str| Some(Verdict::Found(name.to_owned()));
        check("stream: OK", Some(Verdict::Clean));
        check(
            "stream: Eicar-Test-Signature FOUND",
            found("Eicar-Test-Signature"),
        );
        check(
            "instream(local): Win.Test.EICAR_HDB-1 FOUND",
            found("Win.Test.EICAR_HDB-1"),
        );
        check("stream: OK FOUND", found("OK"));
        check("INSTREAM size limit exceeded. ERROR", None);
        check("stream: Can't allocate memory ERROR", None);
        check("UNKNOWN COMMAND", None);
    }
}
