//! Somebody is erased: piece by piece, before it is decided, as everything that takes long is. See [`crate::store::erase`].

use super::{Decider, HouseError, threads::blocking};
use crate::{
    desk::cause::Operation,
    model::{
        address::{Address, NamedAddress},
        erasure::Erased,
        ids::{RawId, WorkId},
    },
    store::{
        Fate, StoreError,
        erase::{self, Erasure, Known, Piece, Stage},
        journal, lookup, people,
        work::Work,
    },
};

/// So many mails that nobody has decided on are looked through, the newest first.
const UNDECIDED_MAX: i64 = 1000;

/// What passes, such as somebody who reads in the file, is no fault of the work's: it is tried again. A disk that is full is no
/// reason to hold up all other work: this one waits in quarantine then.
fn not_written(error: StoreError) -> HouseError {
    if error.fate() == Fate::Retry || matches!(error, StoreError::Killed { .. }) {
        return error.into();
    }
    HouseError::Stored(error.to_string())
}

impl Decider {
    /// Does all of it; what is to be written down of it.
    pub(super) async fn erase(&self, work: &Work) -> Result<Operation, HouseError> {
        let db = &self.house.db;
        let erasure = erase::progress(db, work.id).await?;
        let erasure =
            erasure.ok_or_else(|| HouseError::Stored(format!("work {}: it is gone", work.id)))?;
        let erased = match self.known(&erasure).await? {
            Some(known) => self.all_pieces(work.id, known).await?,
            None => None,
        };
        if erased.is_some() {
            db.write_anew().await.map_err(not_written)?;
        }
        Ok(Operation::Erase {
            person: erasure.person,
            erased,
            words: erasure.words,
        })
    }

    async fn all_pieces(&self, work: WorkId, known: Known) -> Result<Option<Erased>, HouseError> {
        loop {
            let now = self.house.clock.now();
            let piece = erase::piece(
                &self.house.db,
                self.lease.clone(),
                work,
                (known.clone(), now),
            );
            match piece.await? {
                Piece::More => {}
                Piece::Refused => return Ok(None),
                Piece::Done(erased) => return Ok(Some(erased)),
            }
        }
    }

    /// What the first piece has to know; `None`: nobody is erased whom the configuration or the people directory names.
    async fn known(&self, erasure: &Erasure) -> Result<Option<Known>, HouseError> {
        if erasure.stage != Stage::Person {
            return Ok(Some(Known::default()));
        }
        let found = people::named(&self.house.db, &[erasure.person]).await?;
        let Some((_, person)) = found.into_iter().next() else {
            return Ok(None);
        };
        let policy = &self.house.config.policy;
        let is_named = person.addresses().any(|own| policy.names(own));
        if is_named || person.listed().is_some() {
            return Ok(None);
        }
        let addresses: Vec<Address> = person.addresses().cloned().collect();
        let undecided = self.undecided_of(&addresses).await?;
        Ok(Some(Known {
            addresses,
            undecided,
        }))
    }

    /// The mails from these addresses that are quarantined or were discarded. What waits behind this work is somebody new's.
    async fn undecided_of(&self, addresses: &[Address]) -> Result<Vec<RawId>, HouseError> {
        let db = &self.house.db;
        let mut found = Vec::new();
        for raw in lookup::undecided(db, UNDECIDED_MAX).await? {
            let standing = lookup::standing(db, raw).await?;
            if !standing
                .is_some_and(|one| matches!(one.state.as_str(), "quarantined" | "discarded"))
            {
                continue;
            }
            let bytes = journal::raw(db, raw).await?.bytes;
            let reader = self.house.reader.clone();
            let reading = blocking(move || reader.read(bytes)).await??;
            let from = reading.message.from.as_ref();
            let author = from.and_then(NamedAddress::parsed);
            if author.is_some_and(|author| addresses.contains(&author)) {
                found.push(raw);
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_somebody_reads_is_waited_for_and_a_full_disk_is_not() {
        let (what, reason) = (|| "write anew".to_owned(), || "why".to_owned());
        let gone = StoreError::Gone {
            what: what(),
            reason: reason(),
        };
        assert!(not_written(gone).passes());
        let busy = StoreError::Busy {
            what: what(),
            reason: reason(),
        };
        assert!(not_written(busy).passes());
        let full = StoreError::DiskFull {
            what: what(),
            reason: reason(),
        };
        assert!(!not_written(full).passes());
    }
}
