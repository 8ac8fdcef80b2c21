//! The guard around reading. Mail comes from anybody, and reading it is the processor's work: so it is done on threads
//! of their own, with a stack that is far larger than it needs, and nothing a mail does to its reader costs another one.
//!
//! * A panic is a defect of okno and costs that mail alone: it is logged, and the mail is read once more the plain way
//!   ([`read_plainly`]), which is enough for a ticket to open.
//! * A mail that takes too long is given up and read the plain way too. Its thread cannot be ended from outside; it ends
//!   by itself, since no step of reading is endless. How many such threads there may be is bounded.
//! * What ends the process (a stack that is spent, no memory left) is not for this file: the decider has marked the
//!   batch before, and after the restart each mail of it comes alone.

use std::{
    fmt, io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use crate::{
    clock::Stopwatch,
    mail::read::{Limits, read, read_plainly},
    model::message::Reading,
};

/// The stack of a reading thread: address space that is only used where something goes deep. A quarter of a megabyte is
/// enough whatever a mail holds (tests/read.rs); the rest is for what we do not know.
const STACK_BYTES: usize = 16 << 20;

/// How long one mail may take. The slowest we know takes less than a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// So many threads may be reading, those counted whose mail was given up; the next waits until one has ended.
const THREADS_MAX: usize = 6;

/// How often the next looks.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The oddities of a mail that was read the plain way: because its reader panicked, because it took too long.
const PANICKED: &str = "reader_panicked";
const TOO_SLOW: &str = "too_slow";

/// A way to read a mail.
pub type ReadFn = fn(&[u8], &Limits) -> Reading;

/// Reads mails, guarded.
#[derive(Clone)]
pub struct Reader {
    read: ReadFn,
    limits: Arc<Limits>,
    patience: Duration,
    running: Arc<AtomicUsize>,
}

/// One mail read, or the words of a panic, and how long it took.
type Outcome = (Result<Reading, String>, Duration);

impl Default for Reader {
    fn default() -> Self {
        Self::new(read, PATIENCE)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

impl Reader {
    /// A reader that reads this way and waits so long for one mail. [`Reader::default`] is the one in use; tests bring
    /// ways of their own, that fail.
    #[must_use]
    pub fn new(read: ReadFn, patience: Duration) -> Self {
        Self {
            read,
            limits: Arc::default(),
            patience,
            running: Arc::default(),
        }
    }

    /// Reads one mail. It waits: not for a task.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn read(&self, raw: Vec<u8>) -> io::Result<Reading> {
        let mut readings = self.read_all(&[Arc::new(raw)])?;
        Ok(readings
            .pop()
            .map(|(reading, _)| reading)
            .unwrap_or_default())
    }

    /// Reads mails in order, and says how long each took. It waits: not for a task.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn read_all(&self, mails: &[Arc<Vec<u8>>]) -> io::Result<Vec<(Reading, Duration)>> {
        let mut readings = Vec::with_capacity(mails.len());
        while let Some(rest) = mails.get(readings.len()..).filter(|rest| !rest.is_empty()) {
            let results = self.start(self.read, rest)?;
            for raw in rest {
                let outcome = results.recv_timeout(self.patience);
                let is_given_up = outcome.is_err();
                let watch = Stopwatch::start();
                let (reading, before) = match outcome {
                    Ok((Ok(reading), took)) => (reading, took),
                    Ok((Err(words), took)) => {
                        tracing::error!(
                            panic = words,
                            "reading a mail panicked, which is a defect of okno; it was read the plain way"
                        );
                        (self.plainly(raw, PANICKED)?, took)
                    }
                    Err(RecvTimeoutError::Timeout) => {
                        tracing::error!(
                            bytes = raw.len(),
                            "reading a mail took too long, which is a defect of okno; it was read the plain way"
                        );
                        (self.plainly(raw, TOO_SLOW)?, self.patience)
                    }
                    Err(RecvTimeoutError::Disconnected) => {
                        (self.plainly(raw, PANICKED)?, Duration::ZERO)
                    }
                };
                readings.push((reading, before.saturating_add(watch.elapsed())));
                if is_given_up {
                    break;
                }
            }
        }
        Ok(readings)
    }

    /// The plain way, under the same guard; where even that fails nothing is known of the mail.
    fn plainly(&self, raw: &Arc<Vec<u8>>, why: &'static str) -> io::Result<Reading> {
        let results = self.start(read_plainly, std::slice::from_ref(raw))?;
        let mut reading = match results.recv_timeout(self.patience) {
            Ok((Ok(reading), _)) => reading,
            Ok((Err(_), _)) | Err(_) => Reading {
                size: u64::try_from(raw.len()).unwrap_or(u64::MAX),
                ..Reading::default()
            },
        };
        let message = &mut reading.message;
        message.oddities.push(why.to_owned());
        message.answer_automatically = false;
        message.auto_reasons = vec![why.to_owned()];
        Ok(reading)
    }

    /// Starts a thread on these mails. What it has read comes out one by one.
    fn start(&self, read: ReadFn, mails: &[Arc<Vec<u8>>]) -> io::Result<mpsc::Receiver<Outcome>> {
        while self.running.load(Ordering::SeqCst) >= THREADS_MAX {
            thread::sleep(LOOK_EVERY);
        }
        let running = Running::one_more(&self.running);
        let (mails, limits) = (mails.to_vec(), Arc::clone(&self.limits));
        let (results, read_so_far) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("reader".to_owned())
            .stack_size(STACK_BYTES);
        let started = thread.spawn(move || {
            let _running = running;
            for raw in mails {
                let watch = Stopwatch::start();
                let outcome = catch_unwind(AssertUnwindSafe(|| read(&raw, &limits)));
                let outcome = outcome.map_err(|panic| words_of(panic.as_ref()));
                if results.send((outcome, watch.elapsed())).is_err() {
                    // Given up: somebody else reads the rest.
                    return;
                }
            }
        });
        started.map(|_detached| read_so_far)
    }
}

/// A thread that is counted as long as it runs.
struct Running(Arc<AtomicUsize>);

impl Running {
    fn one_more(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(count))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What a panic says.
pub(super) fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    let words = owned.or_else(|| panic.downcast_ref::<&str>().copied());
    words.unwrap_or("no words").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    static AT_ONCE: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);

    fn dawdles(_: &[u8], _: &Limits) -> Reading {
        let now = AT_ONCE.fetch_add(1, Ordering::SeqCst).saturating_add(1);
        MOST.fetch_max(now, Ordering::SeqCst);
        thread::sleep(Duration::from_millis(400));
        AT_ONCE.fetch_sub(1, Ordering::SeqCst);
        Reading::default()
    }

    #[test]
    fn mails_without_end_leave_few_threads_behind() {
        let mail = Arc::new(b"From: Anna <anna@uni.test>\n\nwords".to_vec());
        let reader = Reader::new(dawdles, Duration::from_millis(100));
        let readings = reader.read_all(&vec![mail; 12]).unwrap();
        let readings: Vec<Reading> = readings.into_iter().map(|(reading, _)| reading).collect();
        assert_eq!(readings.len(), 12);
        for reading in readings {
            assert_eq!(reading.message.oddities, [TOO_SLOW]);
            assert_eq!(reading.message.auto_reasons, [TOO_SLOW]);
            assert_eq!(reading.message.text.as_deref(), Some("words"));
        }
        let most = MOST.load(Ordering::SeqCst);
        assert!((2..=THREADS_MAX).contains(&most), "{most} at once");
    }

    fn panics(_: &[u8], _: &Limits) -> Reading {
        panic!("a test panics here, on purpose")
    }

    #[test]
    fn a_panic_is_no_end() {
        let mails = [
            Arc::new(Vec::new()),
            Arc::new(b"Subject: a\n\nwords".to_vec()),
        ];
        let readings = Reader::new(panics, PATIENCE).read_all(&mails).unwrap();
        let readings: Vec<Reading> = readings.into_iter().map(|(reading, _)| reading).collect();
        let texts = readings.iter().map(|one| one.message.text.as_deref());
        assert!(texts.eq([None, Some("words")]));
        assert!(
            readings
                .iter()
                .all(|one| one.message.oddities.ends_with(&[PANICKED.to_owned()]))
        );
    }
}
