//! Who is asked about a part of a month, and who hears that they do not answer.

use std::collections::BTreeSet;

use crate::{
    desk::policy::{PayrollPolicy, Policy},
    model::ids::AgentName,
};

/// Whoever decides on a part, and whoever may in their place.
pub fn readers<'l>(
    list: &'l PayrollPolicy,
    approver: &'l AgentName,
) -> impl Iterator<Item = &'l AgentName> {
    let deputy = list.deputy.iter().filter(move |one| *one != approver);
    std::iter::once(approver).chain(deputy)
}

/// The director, where there is one who is not asked anyway.
#[must_use]
pub fn director_of<'p>(
    list: &PayrollPolicy,
    policy: &'p Policy,
    waits_for: &BTreeSet<AgentName>,
) -> Option<&'p AgentName> {
    let director = policy.director.as_ref()?;
    let mut asked = waits_for.iter().flat_map(|one| readers(list, one));
    (!asked.any(|own| own == director)).then_some(director)
}
