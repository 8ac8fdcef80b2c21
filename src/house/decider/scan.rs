//! Mails are shown to the virus scanner before anybody reads them. Where it does not answer they wait, in their order,
//! while everything else goes on; where it stays silent for longer than the configuration says they go on without it.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::{
    super::{House, lease::DECIDER, watch},
    HouseError,
};
use crate::{
    clamd::{Clamd, ScanError, Verdict},
    desk::arrival::Again,
    model::{alarm, ids::RawId},
    store::{instance, journal::Raw, work::WaitingMail},
};

/// How many mails are looked at side by side.
const AT_ONCE: usize = 4;

/// How long a silent scanner is left alone.
const REST: SignedDuration = SignedDuration::from_secs(30);

/// What came of showing a mail to the scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scan {
    /// It knows nothing against it.
    Clean,
    /// Nothing against its beginning; it takes no more.
    InPart,
    /// It did not say.
    Missed,
    /// It found this.
    Found(String),
}

impl Scan {
    /// What people should know of it, as an oddity of the mail.
    pub(super) const fn oddity(&self) -> Option<&'static str> {
        match self {
            Self::Clean | Self::Found(_) => None,
            Self::InPart => Some("scanned_in_part"),
            Self::Missed => Some("not_scanned"),
        }
    }
}

/// What was said of which mail; a mail that was not shown is not in it.
pub(super) type Scans = BTreeMap<RawId, Scan>;

/// Why a mail has no verdict.
enum Trouble {
    /// The scanner is there and fails on this mail.
    Mail(ScanError),
    /// The scanner is not there.
    Away(ScanError),
}

impl Trouble {
    const fn is_away(&self) -> bool {
        matches!(self, Self::Away(_))
    }
}

/// The scanner, as the decider knows it.
#[derive(Debug)]
pub(super) struct Scanner {
    clamd: Clamd,
    wait: SignedDuration,
    /// It was silent: until then nothing is asked.
    rests_until: Option<Timestamp>,
    /// Mail waits for it.
    has_waiting: bool,
    /// Whether an alarm or a silence may stand, perhaps of an earlier run.
    may_stand: bool,
}

impl Scanner {
    /// The scanner of this house, if it has one.
    pub(super) fn of(house: &House) -> Option<Self> {
        let account = house.config.scanner.as_ref()?;
        Some(Self {
            clamd: Clamd::new(account),
            wait: SignedDuration::try_from(account.wait).unwrap_or(SignedDuration::MAX),
            rests_until: None,
            has_waiting: false,
            may_stand: true,
        })
    }

    /// Whether mail waits at this instant, because the scanner was silent just now.
    pub(super) fn holds_mail(&self, now: Timestamp) -> bool {
        self.has_waiting && self.is_resting(now)
    }

    fn is_resting(&self, now: Timestamp) -> bool {
        self.rests_until.is_some_and(|until| now < until)
    }

    /// Shows the mails of a batch to the scanner: those that are new, or that an agent has taken up again.
    ///
    /// # Errors
    /// [`HouseError::ScannerAway`] where they are to wait; what the database says.
    pub(super) async fn scan(
        &mut self,
        house: &House,
        mails: &[WaitingMail],
        raws: &BTreeMap<RawId, Raw>,
    ) -> Result<Scans, HouseError> {
        let is_shown = |mail: &&WaitingMail| {
            mail.again != Some(Again::Released)
                && !house.is_sent_folder(&mail.mailbox, &mail.folder)
        };
        let shown: Vec<(RawId, &[u8])> = mails
            .iter()
            .filter(is_shown)
            .filter_map(|mail| Some((mail.raw, raws.get(&mail.raw)?.bytes.as_slice())))
            .collect();
        let mut scans = shown.iter().map(|(raw, _)| (*raw, Scan::Missed)).collect();
        if shown.is_empty() || self.is_resting(house.clock.now()) {
            return Ok(scans);
        }
        let asked = Box::pin(self.ask_all(&shown, &mut scans));
        let troubles = house.keep(&[DECIDER], asked).await;
        self.judge(house, troubles).await?;
        Ok(scans)
    }

    /// Asks for each; what went wrong comes back.
    async fn ask_all(&self, shown: &[(RawId, &[u8])], scans: &mut Scans) -> Vec<Trouble> {
        let mut troubles = Vec::new();
        for some in shown.chunks(AT_ONCE) {
            let mut asked = Vec::new();
            for (_, bytes) in some {
                asked.push(self.ask(bytes));
            }
            for (answer, (raw, _)) in join_all(asked).await.into_iter().zip(some) {
                match answer {
                    Ok(scan) => drop(scans.insert(*raw, scan)),
                    Err(trouble) => troubles.push(trouble),
                }
            }
            if troubles.iter().any(Trouble::is_away) {
                break;
            }
        }
        troubles
    }

    /// Asks twice, since the scanner may have been started anew just now; then whether it is there at all.
    async fn ask(&self, mail: &[u8]) -> Result<Scan, Trouble> {
        let mut answer = self.clamd.scan(mail).await;
        if answer.is_err() {
            self.clamd.version().await.map_err(Trouble::Away)?;
            answer = self.clamd.scan(mail).await;
        }
        match answer {
            Ok(Verdict::Clean) if self.clamd.is_too_large(mail.len()) => Ok(Scan::InPart),
            Ok(Verdict::Clean) => Ok(Scan::Clean),
            Ok(Verdict::Found(name)) => Ok(Scan::Found(name)),
            Err(error) => match self.clamd.version().await {
                Ok(_) => Err(Trouble::Mail(error)),
                Err(_) => Err(Trouble::Away(error)),
            },
        }
    }

    /// Whether mail waits, and whether the administrator is told.
    async fn judge(&mut self, house: &House, troubles: Vec<Trouble>) -> Result<(), HouseError> {
        let now = house.clock.now();
        (self.rests_until, self.has_waiting) = (None, false);
        // The gravest: that nobody is there.
        let Some(trouble) = troubles.into_iter().max_by_key(Trouble::is_away) else {
            return self.answered(house).await;
        };
        self.may_stand = true;
        let (error, since) = match trouble {
            Trouble::Mail(error) => {
                tracing::warn!(%error, "the virus scanner fails on a mail, which goes on with a warning");
                (error, now)
            }
            Trouble::Away(error) => {
                let since = instance::scanner_silent(&house.db, now).await?;
                self.rests_until = now.checked_add(REST).ok();
                if now.duration_since(since) < self.wait {
                    self.has_waiting = true;
                    return Err(HouseError::ScannerAway(error.to_string()));
                }
                tracing::warn!(%error, %since, "the virus scanner is silent, mail goes on with a warning");
                (error, since)
            }
        };
        let seen = Some((error.to_string(), since));
        watch::report(house, alarm::SCANNER, alarm::HOUSE, seen).await;
        Ok(())
    }

    async fn answered(&mut self, house: &House) -> Result<(), HouseError> {
        if self.may_stand {
            instance::scanner_answers(&house.db).await?;
            self.may_stand = !watch::report(house, alarm::SCANNER, alarm::HOUSE, None).await;
        }
        Ok(())
    }
}
