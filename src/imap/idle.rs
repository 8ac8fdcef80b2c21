//! Waiting for news (RFC 2177). IDLE is only a bell: whoever hears it, or grows tired of waiting, lists what is new.

use std::time::Duration;

use tokio::time::timeout;

use super::{error::ImapError, session::Session, talk::Step};

/// The longest IDLE: servers may hang up after 30 minutes (RFC 2177, 3), and NATs forget sooner.
const LONGEST: Duration = Duration::from_secs(25 * 60);

/// How soon a server should answer DONE. One that does not has most likely gone away behind a NAT.
const DONE_WITHIN: Duration = Duration::from_secs(15);

const NAME: &str = "IDLE";

/// Why the waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// There is new mail, or was.
    News,
    /// The time is up.
    TimeUp,
    /// The server ended it by itself, at once: this server's IDLE is no use, wait by the clock and poll.
    NoUse,
}

impl Session {
    /// Waits until the folder grows, `at_most` so long (and never longer than 25 minutes). A server's «still here»
    /// lines do not prolong it.
    ///
    /// # Errors
    /// [`ImapError::Refused`] where the server does not want to; [`ImapError::Lost`] where the connection is gone;
    /// and others.
    pub async fn idle(&mut self, at_most: Duration) -> Result<Woken, ImapError> {
        if self.talk.has_news {
            return Ok(Woken::News);
        }
        let at_most = at_most.min(LONGEST);
        let quiet = self.talk.deadlines().quiet;
        self.talk.send(NAME, "IDLE").await?;
        if self.talk.answer(NAME, |_| ()).await? == Step::Done {
            return Ok(Woken::NoUse);
        }
        // A quiet server is what we wait for: the connection's own patience must outlast the wait.
        self.talk.set_quiet(at_most.saturating_add(quiet));
        let waited = timeout(at_most, self.talk.news(NAME)).await;
        self.talk.set_quiet(quiet);
        let woken = match waited {
            Ok(Ok(Step::GoOn)) => Woken::News,
            Ok(Ok(Step::Done)) if self.talk.has_news => return Ok(Woken::News),
            Ok(Ok(Step::Done)) => return Ok(Woken::NoUse),
            Ok(Err(error)) => return Err(error),
            Err(_elapsed) => Woken::TimeUp,
        };
        timeout(DONE_WITHIN.min(quiet), self.finish_idle())
            .await
            .map_err(|_elapsed| ImapError::Silent { during: NAME })??;
        if self.talk.has_news {
            return Ok(Woken::News);
        }
        Ok(woken)
    }

    async fn finish_idle(&mut self) -> Result<(), ImapError> {
        self.talk.send_more(NAME, "DONE").await?;
        // A late `+` is no answer to DONE.
        while self.talk.answer(NAME, |_| ()).await? == Step::GoOn {}
        Ok(())
    }
}
