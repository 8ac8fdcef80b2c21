//! Who gets a payroll list's file, `to` of `[payroll.NAME]`; and whom servers prove to be a head.

use std::collections::BTreeSet;

use super::{
    problems::{At, Notes},
    written::File,
};
use crate::{
    desk::{policy::Policy, trust::Submission},
    model::address::Address,
};

/// Checks that the file goes to people, and to each of them once. What is sent to a mailbox of ours comes back as our own mail,
/// is put aside, and nobody ever sees it; two equal letters are one key, and neither is sent.
pub(super) fn check(file: &File, to: &At<Vec<Address>>, notes: &mut Notes) {
    let mut seen = BTreeSet::new();
    for address in &to.value {
        let plain = address.without_detail();
        let is = |other: &At<Address>| other.value == *address || other.value == plain;
        let ours = file.mailboxes.iter().find(|(_, mailbox)| {
            let named = mailbox.address.iter().chain(&mailbox.aliases);
            named.chain(&mailbox.former).chain(&mailbox.dry_run).any(is)
        });
        if let Some((name, _)) = ours {
            notes.problem(
                &to.spot,
                format!(
                    "{address} is an address of mailbox \"{name}\": the file would come back to okno, and no accountant would ever \
                     see it; write the accountants' own addresses"
                ),
            );
        }
        if !seen.insert(address) {
            notes.problem(
                &to.spot,
                format!(
                    "{address} stands here twice, and would get everything twice; leave it once"
                ),
            );
        }
    }
}

/// Who decides about pay by mail is believed as far as servers prove them. One that signs whatever its own people hand in, under
/// whichever address, proves too much: only `submission` tells who has logged in.
pub(super) fn insiders(file: &File, policy: &Policy, notes: &mut Notes) {
    let Some(payroll) = file.payrolls.values().next() else {
        return;
    };
    if policy.trust.can_prove() && policy.trust.submission == Submission::default() {
        notes.warning(
            &payroll.spot,
            "[trust] has no `submission`: if your mail server lets people send under each other's addresses, it signs that, too, \
             and any of them could approve, correct and send figures and employee numbers in a head's or the administrator's name. \
             Have the server allow nobody but its owner to use an address, or write `submission`",
        );
    }
}
