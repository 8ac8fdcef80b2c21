//! One command, one checked answer.

use std::{collections::BTreeSet, fmt, io, time::Duration};

use async_imap::{
    Client,
    imap_proto::{Capability, MailboxDatum, Outcome, Response, ResponseCode, Status},
};
use tokio::{io::AsyncWriteExt as _, time::timeout};

use super::error::{ImapError, words};
use crate::tls::stream::Wire;

/// How long to wait, for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// For a connection, and once more for TLS.
    pub connect: Duration,
    /// For the next byte of an answer.
    pub quiet: Duration,
    /// For a whole command: a bound for a server that trickles.
    pub command: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            quiet: Duration::from_secs(60),
            command: Duration::from_secs(15 * 60),
        }
    }
}

/// How a command ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// With the tagged OK.
    Done,
    /// With a `+`: the server waits for more.
    GoOn,
}

/// A connection that speaks IMAP.
pub(super) struct Talk {
    client: Client<Wire>,
    tag: u64,
    deadlines: Deadlines,
    /// A command's future was dropped in the middle: what comes next from the server belongs to nobody.
    out_of_step: bool,
    /// What the server can do, in capitals.
    capabilities: BTreeSet<String>,
    /// How many mails the open folder has, as last heard.
    pub(super) exists: u32,
    /// Whether the folder has grown since somebody last looked.
    pub(super) has_news: bool,
    goodbye: Option<String>,
}

impl fmt::Debug for Talk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Talk")
            .field("tag", &self.tag)
            .field("exists", &self.exists)
            .finish_non_exhaustive()
    }
}

impl Talk {
    pub(super) fn new(mut wire: Wire, deadlines: Deadlines) -> Self {
        wire.set_patience(Some(deadlines.quiet));
        Self {
            client: Client::new(wire),
            tag: 0,
            deadlines,
            out_of_step: false,
            capabilities: BTreeSet::new(),
            exists: 0,
            has_news: false,
            goodbye: None,
        }
    }

    /// The bare connection, for STARTTLS. Bytes that came before TLS are dropped with the parser that held them,
    /// which closes the injection hole of RFC 3501's STARTTLS (CVE-2011-0411 and its family).
    pub(super) fn into_wire(self) -> Wire {
        self.client.into_inner()
    }

    pub(super) const fn deadlines(&self) -> Deadlines {
        self.deadlines
    }

    pub(super) fn set_quiet(&mut self, quiet: Duration) {
        self.client.get_mut().set_patience(Some(quiet));
    }

    /// Whether the server has said that it can do this; `name` in capitals.
    pub(super) fn can(&self, name: &str) -> bool {
        self.capabilities.contains(name)
    }

    /// Reads the greeting (RFC 3501, 7.1). A server that knows us already (PREAUTH) is not wanted: whose mailbox is it?
    pub(super) async fn greeting(&mut self) -> Result<(), ImapError> {
        const DURING: &str = "the greeting";
        let limit = self.deadlines.command;
        let response = timeout(limit, self.client.read_response())
            .await
            .map_err(|_elapsed| ImapError::Silent { during: DURING })?
            .map_err(|error| ImapError::reading(&error, DURING))?;
        let Some(response) = response else {
            return Err(self.lost(DURING));
        };
        let Response::Data { status, outcome } = response.parsed() else {
            return Err(ImapError::Garbled { during: DURING });
        };
        if *status == Status::Ok {
            if let Some(ResponseCode::Capabilities(list)) = &outcome.code {
                self.capabilities = list.iter().map(capability_name).collect();
            }
            return Ok(());
        }
        Err(ImapError::Refused {
            command: "the connection",
            words: outcome_words(outcome),
        })
    }

    /// Asks what the server can do. What it said before TLS or before the login counts no more.
    pub(super) async fn ask_capabilities(&mut self) -> Result<(), ImapError> {
        self.capabilities.clear();
        self.command("CAPABILITY", "CAPABILITY", |_| ()).await
    }

    /// Sends `line` and hands every untagged answer to `on`, until the tagged OK.
    pub(super) async fn command(
        &mut self,
        name: &'static str,
        line: &str,
        on: impl FnMut(&Response<'_>),
    ) -> Result<(), ImapError> {
        self.send(name, line).await?;
        match self.answer(name, on).await? {
            Step::Done => Ok(()),
            Step::GoOn => Err(ImapError::Garbled { during: name }),
        }
    }

    /// Sends the line of a command under a new tag.
    pub(super) async fn send(&mut self, name: &'static str, line: &str) -> Result<(), ImapError> {
        if self.out_of_step {
            return Err(self.lost(name));
        }
        self.out_of_step = true;
        self.tag = self.tag.saturating_add(1);
        let line = format!("{} {line}\r\n", self.tag_text());
        self.write(name, line.as_bytes()).await
    }

    /// Sends a line that belongs to the command under way.
    pub(super) async fn send_more(
        &mut self,
        name: &'static str,
        line: &str,
    ) -> Result<(), ImapError> {
        self.write(name, format!("{line}\r\n").as_bytes()).await
    }

    /// Sends bytes that the server has been promised, and ends the command with them.
    pub(super) async fn send_literal(
        &mut self,
        name: &'static str,
        bytes: &[u8],
    ) -> Result<(), ImapError> {
        self.write(name, bytes).await?;
        self.write(name, b"\r\n").await
    }

    /// Reads up to the tagged answer or a `+`.
    pub(super) async fn answer(
        &mut self,
        name: &'static str,
        on: impl FnMut(&Response<'_>),
    ) -> Result<Step, ImapError> {
        let limit = self.deadlines.command;
        timeout(limit, self.read(name, on, false))
            .await
            .map_err(|_elapsed| ImapError::Silent { during: name })?
    }

    /// Reads until the folder has news (`GoOn`) or the command ends; for IDLE, and safe to drop in the middle.
    pub(super) async fn news(&mut self, name: &'static str) -> Result<Step, ImapError> {
        self.read(name, |_| (), true).await
    }

    async fn read(
        &mut self,
        name: &'static str,
        mut on: impl FnMut(&Response<'_>),
        until_news: bool,
    ) -> Result<Step, ImapError> {
        let tag = self.tag_text();
        while !(until_news && self.has_news) {
            let response = match self.client.read_response().await {
                Ok(Some(response)) => response,
                Ok(None) => return Err(self.lost(name)),
                Err(_) if self.goodbye.is_some() => return Err(self.lost(name)),
                Err(error) => return Err(ImapError::reading(&error, name)),
            };
            let parsed = response.parsed();
            if let Response::Done {
                tag: theirs,
                status,
                outcome,
            } = parsed
            {
                // The answer to a command of another life would be a bug of the server; it is passed over.
                if theirs.0 != tag {
                    continue;
                }
                self.out_of_step = false;
                self.hear(outcome.code.as_ref());
                on(parsed);
                return if *status == Status::Ok {
                    Ok(Step::Done)
                } else {
                    Err(ImapError::Refused {
                        command: name,
                        words: outcome_words(outcome),
                    })
                };
            }
            if matches!(parsed, Response::Continue(_)) {
                if until_news {
                    continue;
                }
                return Ok(Step::GoOn);
            }
            self.listen(parsed);
            on(parsed);
        }
        Ok(Step::GoOn)
    }

    /// Takes notice of what a server may say at any time (RFC 3501, 7).
    fn listen(&mut self, response: &Response<'_>) {
        if let Response::Capabilities(list) = response {
            self.capabilities = list.iter().map(capability_name).collect();
        } else if let Response::MailboxData(MailboxDatum::Exists(count)) = response {
            self.has_news |= *count > self.exists;
            self.exists = *count;
        } else if let Response::Expunge(_) = response {
            self.exists = self.exists.saturating_sub(1);
        } else if let Response::Data { status, outcome } = response {
            self.hear(outcome.code.as_ref());
            if *status == Status::Bye {
                self.goodbye = Some(outcome_words(outcome));
            }
        }
    }

    fn hear(&mut self, code: Option<&ResponseCode<'_>>) {
        if let Some(ResponseCode::Capabilities(list)) = code {
            self.capabilities = list.iter().map(capability_name).collect();
        }
    }

    async fn write(&mut self, name: &'static str, bytes: &[u8]) -> Result<(), ImapError> {
        let wire = self.client.get_mut();
        let limit = self.deadlines.command;
        // Not by async-imap's own `run_command`: that one logs the line, and the line may be a login.
        let written = timeout(limit, async {
            wire.write_all(bytes).await?;
            wire.flush().await
        });
        written
            .await
            .unwrap_or_else(|_elapsed| Err(io::ErrorKind::TimedOut.into()))
            .map_err(|error| ImapError::reading(&error, name))
    }

    fn lost(&mut self, during: &'static str) -> ImapError {
        let why = self
            .goodbye
            .take()
            .unwrap_or_else(|| "the server closed it".to_owned());
        ImapError::Lost { during, why }
    }

    fn tag_text(&self) -> String {
        format!("o{}", self.tag)
    }
}

fn capability_name(capability: &Capability<'_>) -> String {
    match capability {
        Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
        Capability::Auth(mechanism) => format!("AUTH={}", mechanism.to_ascii_uppercase()),
        Capability::Atom(name) => name.to_ascii_uppercase(),
    }
}

/// The words of a status line. The parser takes the codes it knows out of the text; the one that matters here is put
/// back.
fn outcome_words(outcome: &Outcome<'_>) -> String {
    let text = outcome.information.as_deref().unwrap_or_default();
    if matches!(outcome.code, Some(ResponseCode::TryCreate)) {
        return words(&format!("[TRYCREATE] {text}"));
    }
    if text.is_empty() {
        return "no reason given".to_owned();
    }
    words(text)
}
