//! Files may lie on a disk that hangs: whoever asks for them waits on a thread apart, and everybody else goes on.

use std::{sync::Arc, time::Duration};

use tokio::sync::Semaphore;

use super::HouseError;

/// So many may wait for files at once: fewer than there are threads for what blocks, which decisions need, too.
const HANDS_MAX: usize = 8;

static HANDS: Semaphore = Semaphore::const_new(HANDS_MAX);

/// Does work that reads or writes files.
///
/// # Errors
/// [`HouseError::Panicked`].
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, HouseError> {
    let panicked = |error: &dyn std::fmt::Display| HouseError::Panicked(error.to_string());
    let hand = HANDS.acquire().await.map_err(|error| panicked(&error))?;
    // The hand is taken for as long as the disk holds it, even where nobody waits any more.
    let working = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(hand);
        done
    });
    working.await.map_err(|error| panicked(&error))
}

/// So long a disk may take for one thing that is asked of it.
const ANSWERS_WITHIN: Duration = Duration::from_secs(120);

/// The way to files that one after the other are asked for: however long the disk hangs and however often it is tried, it has
/// no more than one thread of the house.
#[derive(Debug)]
pub(super) struct Hand {
    own: Arc<Semaphore>,
    within: Duration,
}

impl Default for Hand {
    fn default() -> Self {
        Self {
            own: Arc::new(Semaphore::new(1)),
            within: ANSWERS_WITHIN,
        }
    }
}

impl Hand {
    /// Does work that reads or writes files.
    ///
    /// # Errors
    /// [`HouseError::DiskAway`] where the disk does not answer in time, be it an earlier question; [`HouseError::Panicked`].
    pub(super) async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HouseError> {
        let working = async {
            let own = Arc::clone(&self.own).acquire_owned().await;
            apart(move || {
                let done = work();
                drop(own);
                done
            })
            .await
        };
        let answer = tokio::time::timeout(self.within, working).await;
        answer.unwrap_or(Err(HouseError::DiskAway))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_disk_that_hangs_holds_up_nobody_else_and_not_every_thread() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .max_blocking_threads(HANDS_MAX + 1)
            .build()
            .unwrap();
        let (wakes, hangs) = mpsc::channel::<()>();
        let hangs = Arc::new(std::sync::Mutex::new(hangs));
        runtime.block_on(async {
            let mut asked = tokio::task::JoinSet::new();
            for _ in 0..HANDS_MAX + 5 {
                let hangs = Arc::clone(&hangs);
                asked.spawn(apart(move || hangs.lock().unwrap().recv().is_ok()));
            }
            tokio::task::yield_now().await;
            // Decisions find a thread all the same.
            assert_eq!(tokio::task::spawn_blocking(|| 7).await.unwrap(), 7);
            drop(wakes);
            while let Some(one) = asked.join_next().await {
                one.unwrap().unwrap();
            }
        });
    }

    #[tokio::test]
    async fn a_disk_that_hangs_is_told_of_and_has_one_thread_however_often_it_is_tried() {
        let hand = Hand {
            within: Duration::from_millis(20),
            ..Hand::default()
        };
        let (wakes, hangs) = mpsc::channel::<()>();
        let hung = hand.apart(move || hangs.recv().is_ok()).await;
        assert!(matches!(hung, Err(HouseError::DiskAway)), "{hung:?}");
        let again = hand.apart(|| 8).await;
        assert!(matches!(again, Err(HouseError::DiskAway)), "{again:?}");
        drop(wakes);
        let hand = Hand {
            within: ANSWERS_WITHIN,
            ..hand
        };
        assert_eq!(hand.apart(|| 7).await.unwrap(), 7);
    }
}
