//! What was aimed at and promised in a month that is over: as the settings said at its end, which every decision names.

use super::super::{House, HouseError};
use crate::{
    desk::{kpi::Period, policy::Policy, review::Aims},
    store::instance,
};

/// The settings at the end of a month and of the one before, as far as they are known.
#[derive(Debug)]
pub(in crate::house) struct Then {
    now: Option<Policy>,
    before: Option<Policy>,
}

impl Then {
    /// What figures are held against.
    pub(in crate::house) fn aims<'a>(&'a self, today: &'a Policy) -> Aims<'a> {
        Aims {
            today,
            then: self.now.as_ref(),
            before: self.before.as_ref(),
        }
    }

    /// Whether figures are held against today's targets for want of those of the month.
    pub(in crate::house) const fn is_unknown(&self) -> bool {
        self.now.is_none()
    }
}

impl House {
    /// Those of a month.
    pub(in crate::house) async fn then(&self, month: &Period) -> Result<Then, HouseError> {
        Ok(Then {
            now: instance::policy_before(&self.db, month.to).await?,
            before: instance::policy_before(&self.db, month.from).await?,
        })
    }
}
