//! What the page is served from: settings, templates, the shot in force.

use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError, RwLock},
};

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::{
    clock::{Clock, Stopwatch},
    model::{language::Language, page::PageSettings},
    web::{
        Meters, Pages, Status,
        guard::Guard,
        pages::{Look, PageError},
        shot::{Shot, Taken},
    },
};

/// So many proofs of passwords are remembered, so that each need not be proven anew, which takes long on purpose.
const PROVEN_MAX: usize = 256;

/// So many passwords are proven at once: each takes memory and a core.
const PROVERS_MAX: usize = 2;

/// What the page is served from.
#[derive(Debug)]
pub struct Site {
    /// How it is served.
    pub settings: PageSettings,
    /// Its templates.
    pub pages: Pages,
    /// The meters of the house.
    pub meters: Meters,
    /// The time.
    pub clock: Clock,
    /// The language of whoever has not asked for another.
    pub language: Language,
    taken: RwLock<Option<Arc<Taken>>>,
    pub(super) guard: Guard,
    pub(super) watch: Stopwatch,
    pub(super) provers: Semaphore,
    proven: RwLock<BTreeSet<[u8; 32]>>,
}

impl Site {
    /// Before anything is known.
    #[must_use]
    pub fn new(
        settings: PageSettings,
        pages: Pages,
        meters: Meters,
        (clock, language): (Clock, Language),
    ) -> Self {
        Self {
            settings,
            pages,
            meters,
            clock,
            language,
            taken: RwLock::default(),
            guard: Guard::default(),
            watch: Stopwatch::start(),
            provers: Semaphore::new(PROVERS_MAX),
            proven: RwLock::default(),
        }
    }

    /// Serves this status from now on: to the monitoring and to programs whatever comes, to people as pages.
    ///
    /// # Errors
    /// Why the pages could not be rendered; those of before stay.
    pub fn put(&self, status: Status) -> Result<(), PageError> {
        self.meters.show(&status);
        let taken = Taken::new(status, &self.pages, self.shot());
        let fault = taken.fault.clone();
        *self.taken.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(taken));
        fault.map_or(Ok(()), Err)
    }

    /// What is known and served; `None`: nothing yet.
    #[must_use]
    pub fn taken(&self) -> Option<Arc<Taken>> {
        let taken = self.taken.read().unwrap_or_else(PoisonError::into_inner);
        taken.clone()
    }

    /// The pages that are served.
    pub(super) fn shot(&self) -> Option<Arc<Shot>> {
        self.taken()?.shot.clone()
    }

    /// How somebody looks who asks so: by what stands behind the question mark, by what their browser prefers.
    pub(super) fn look(&self, query: Option<&str>, headers: &HeaderMap) -> Look {
        let accepted = || {
            let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            preferred(accepted)
        };
        let wanted = asked(query, "lang").and_then(by_code);
        Look {
            language: wanted.or_else(accepted).unwrap_or(self.language),
            refreshes: asked(query, "refresh") != Some("off"),
        }
    }

    /// Whether this password was proven before.
    pub(super) fn has_proven(&self, hash: &str, password: &str) -> bool {
        let proven = self.proven.read().unwrap_or_else(PoisonError::into_inner);
        proven.contains(&proof_of(hash, password))
    }

    /// Whether a password is that of a PHC string, found out beside the threads that answer; what was proven once is
    /// remembered.
    pub(super) async fn prove(&self, hash: &str, password: String) -> bool {
        let (key, hash) = (proof_of(hash, &password), hash.to_owned());
        let verified = tokio::task::spawn_blocking(move || verify(&hash, &password));
        let is_proven = verified.await.unwrap_or(false);
        if is_proven {
            let mut proven = self.proven.write().unwrap_or_else(PoisonError::into_inner);
            if proven.len() >= PROVEN_MAX {
                proven.clear();
            }
            proven.insert(key);
        }
        is_proven
    }
}

fn proof_of(hash: &str, password: &str) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(hash.as_bytes());
    digest.update([0]);
    digest.update(password.as_bytes());
    digest.finalize().into()
}

/// argon2 (RFC 9106), by the parameters of the hash.
fn verify(hash: &str, password: &str) -> bool {
    use argon2::{Argon2, PasswordHash, PasswordVerifier as _};
    PasswordHash::new(hash).is_ok_and(|hash| {
        let argon = Argon2::default();
        argon.verify_password(password.as_bytes(), &hash).is_ok()
    })
}

/// The value of a key behind the question mark, as written; of several the first.
fn asked<'q>(query: Option<&'q str>, key: &str) -> Option<&'q str> {
    let mut pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == key).map(|(_, value)| value)
}

fn by_code(code: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|one| one.code() == code)
}

/// The language that somebody would rather read (RFC 9110, 12.5.4): the highest weight, the first of equals.
pub(super) fn preferred(accepted: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for one in accepted.split(',').take(32) {
        let mut parts = one.split(';');
        let range = parts.next().unwrap_or_default().trim().to_lowercase();
        let language = range.split('-').next().and_then(by_code);
        let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
        let weight: f32 = weight.map_or(Some(1.0), |q| q.parse().ok()).unwrap_or(0.0);
        let is_better = best.is_none_or(|(most, _)| weight > most);
        if let Some(language) = language.filter(|_| weight > 0.0 && is_better) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}
