//! A shot: every page that is served, rendered once from one status, whoever looks and however often.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{
    access::Sees,
    json::Json,
    pages::{Look, PageError, Pages},
    status::Status,
};
use crate::model::ids::QueueName;

/// Something that is served as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Its bytes.
    pub body: String,
    /// What it is known by, so that it is not sent twice (RFC 9110, 8.8.3).
    pub etag: String,
}

impl Served {
    /// With the tag of its bytes.
    #[must_use]
    pub fn new(body: String) -> Self {
        let digest = Sha256::digest(body.as_bytes());
        let short = digest.get(..12).unwrap_or_default();
        Self {
            etag: format!("\"{}\"", HEXLOWER.encode(short)),
            body,
        }
    }
}

/// Something for those who see these queues and no more.
type OfSome<K> = Mutex<BTreeMap<(BTreeSet<QueueName>, K), Arc<Served>>>;

/// What is served until the next one.
#[derive(Debug)]
pub struct Shot {
    status: Arc<Status>,
    overviews: BTreeMap<Look, Arc<Served>>,
    /// By whether single tickets are shown.
    queues: BTreeMap<(QueueName, Look, bool), Arc<Served>>,
    /// Rendered when somebody asks: there are as many as there are sets of queues in the configuration.
    of_some: OfSome<Look>,
    /// Rendered when somebody asks: they are long, and looked at seldom.
    months: Mutex<BTreeMap<(QueueName, Look), Arc<Served>>>,
}

impl Shot {
    /// Renders everything.
    ///
    /// # Errors
    /// Why a template cannot be filled.
    pub fn take(status: Arc<Status>, pages: &Pages) -> Result<Self, PageError> {
        let (mut overviews, mut queues) = (BTreeMap::new(), BTreeMap::new());
        for look in Look::ALL {
            let page = pages.overview(&status, look, &Sees::All)?;
            overviews.insert(look, Arc::new(Served::new(page)));
            for (name, queue) in &status.queues {
                let both: &[bool] = match queue.is_confidential {
                    true => &[false, true],
                    false => &[true],
                };
                for lists in both {
                    if let Some(page) = pages.queue(&status, name, (look, *lists))? {
                        let key = (name.clone(), look, *lists);
                        queues.insert(key, Arc::new(Served::new(page)));
                    }
                }
            }
        }
        Ok(Self {
            status,
            overviews,
            queues,
            of_some: Mutex::default(),
            months: Mutex::default(),
        })
    }

    /// The first page of somebody who sees so much; `None`: a template cannot be filled with so little.
    #[must_use]
    pub fn overview(&self, look: Look, sees: &Sees, pages: &Pages) -> Option<Arc<Served>> {
        match sees {
            Sees::All => self.overviews.get(&look).cloned(),
            Sees::Queues(queues) => {
                let render = || pages.overview(&self.status, look, sees).ok();
                kept(&self.of_some, (queues.clone(), look), render)
            }
        }
    }

    /// The page of a queue, for somebody who sees so much; `None`: there is none, or not for them.
    #[must_use]
    pub fn queue(&self, name: &QueueName, look: Look, sees: &Sees) -> Option<Arc<Served>> {
        let queue = self.status.queues.get(name)?;
        let lists = sees.tickets(name, queue.is_confidential);
        let found = self.queues.get(&(name.clone(), look, lists));
        found.filter(|_| sees.queue(name)).cloned()
    }

    /// The charts of a queue's months, for somebody who sees so much; `None`: there is no such queue, or not for them.
    #[must_use]
    pub fn months(
        &self,
        name: &QueueName,
        look: Look,
        (sees, pages): (&Sees, &Pages),
    ) -> Option<Arc<Served>> {
        if !sees.queue(name) {
            return None;
        }
        let render = || pages.months(&self.status, name, look).ok().flatten();
        kept(&self.months, (name.clone(), look), render)
    }
}

/// What was rendered before under that key, or what is rendered now.
fn kept<K: Ord>(
    all: &Mutex<BTreeMap<K, Arc<Served>>>,
    key: K,
    render: impl FnOnce() -> Option<String>,
) -> Option<Arc<Served>> {
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all.get(&key) {
        return Some(Arc::clone(known));
    }
    let served = Arc::new(Served::new(render()?));
    all.insert(key, Arc::clone(&served));
    Some(served)
}

/// What is known of the house and what is served of it. Programs are told at once; pages that cannot be rendered stay as
/// they were, and it is known why.
#[derive(Debug)]
pub struct Taken {
    /// The house.
    pub status: Arc<Status>,
    /// The last pages that could be rendered; `None`: none could.
    pub shot: Option<Arc<Shot>>,
    /// Why those are not of this status.
    pub fault: Option<PageError>,
    json: Arc<Served>,
    of_some: OfSome<()>,
}

impl Taken {
    /// Of a status, with what is served so far.
    #[must_use]
    pub fn new(status: Status, pages: &Pages, before: Option<Arc<Shot>>) -> Self {
        let status = Arc::new(status);
        let (shot, fault) = match Shot::take(Arc::clone(&status), pages) {
            Ok(shot) => (Some(Arc::new(shot)), None),
            Err(fault) => (before, Some(fault)),
        };
        let json = Json::of(&status, &Sees::All).written();
        Self {
            json: Arc::new(Served::new(json)),
            status,
            shot,
            fault,
            of_some: Mutex::default(),
        }
    }

    /// `/status.json` of somebody who sees so much.
    #[must_use]
    pub fn json(&self, sees: &Sees) -> Arc<Served> {
        let Sees::Queues(queues) = sees else {
            return Arc::clone(&self.json);
        };
        let written = || Some(Json::of(&self.status, sees).written());
        let nothing = || Arc::new(Served::new("{}\n".to_owned()));
        kept(&self.of_some, (queues.clone(), ()), written).unwrap_or_else(nothing)
    }
}
