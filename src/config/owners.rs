//! Whose address is whose: an address that belongs to two is a mail that goes astray, or round in a loop.

use std::collections::BTreeMap;

use super::{
    problems::{At, Notes},
    written::{File, Place},
};
use crate::model::address::Address;

/// Who has an address.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Owner {
    Mailbox(String),
    Agent(String),
}

/// Checks that no address belongs to two, and that the administrator's is no mailbox's.
pub(super) fn check(file: &File, notes: &mut Notes) {
    let mut owners: BTreeMap<Address, Owner> = BTreeMap::new();
    for (name, mailbox) in &file.mailboxes {
        let owner = Owner::Mailbox(name.clone());
        let further = mailbox.aliases.iter().chain(&mailbox.former);
        let further = further.chain(&mailbox.dry_run);
        for at in mailbox.address.iter().chain(further) {
            claim(&mut owners, at, &owner, notes);
        }
    }
    for (name, agent) in &file.agents {
        let owner = Owner::Agent(name.clone());
        for at in agent.address.iter().chain(&agent.aliases) {
            claim(&mut owners, at, &owner, notes);
        }
    }
    let Some(administrator) = &file.administrator else {
        return;
    };
    for address in [
        administrator.value.clone(),
        administrator.value.without_detail(),
    ] {
        if let Some(Owner::Mailbox(name)) = owners.get(&address) {
            notes.problem(
                &administrator.spot,
                format!(
                    "this is the address of mailbox \"{name}\", and an alarm about the mailbox would arrive in it; \
                     write a person's own address"
                ),
            );
            return;
        }
    }
}

/// Checks that no folder is read by two mailboxes: each of its mails would become two tickets.
pub(super) fn check_sources(file: &File, notes: &mut Notes) {
    let mut readers: BTreeMap<(String, String, String), &str> = BTreeMap::new();
    for (name, mailbox) in &file.mailboxes {
        let address = mailbox.address.as_ref().map(|at| at.value.as_str());
        let folders = match &mailbox.source {
            None => continue,
            Some(Place::Maildir(path)) => {
                vec![(String::new(), String::new(), path.display().to_string())]
            }
            Some(Place::Server(server)) => {
                let user = server.user.as_deref().or(address).unwrap_or_default();
                let of = |folder: &String| {
                    let host = server.host.to_lowercase();
                    (host, user.to_lowercase(), folder.clone())
                };
                server.folders.iter().map(of).collect()
            }
        };
        for folder in folders {
            let shown = folder.2.clone();
            if let Some(other) = readers.insert(folder, name) {
                let words = if other == name {
                    format!("the folder \"{shown}\" stands in `folders` twice")
                } else {
                    format!(
                        "mailbox \"{other}\" reads the folder \"{shown}\" of this account already, and each mail would \
                         become two tickets; for a second address of one mailbox write `aliases`"
                    )
                };
                notes.problem(&mailbox.spot, words);
            }
        }
    }
}

fn claim(
    owners: &mut BTreeMap<Address, Owner>,
    at: &At<Address>,
    owner: &Owner,
    notes: &mut Notes,
) {
    let plain = at.value.without_detail();
    let holder = owners.get(&at.value).or_else(|| {
        // A mailbox answers to its address with any `+detail`, an agent only to the very address.
        owners
            .get(&plain)
            .filter(|holder| matches!(holder, Owner::Mailbox(_)))
    });
    let words = match (holder, owner) {
        (None, _) => {
            owners.insert(at.value.clone(), owner.clone());
            return;
        }
        (Some(holder), owner) if holder == owner => "stands here twice".to_owned(),
        (Some(Owner::Mailbox(other)), Owner::Mailbox(_)) => {
            format!(
                "mailbox \"{other}\" has this address already; an address belongs to one mailbox"
            )
        }
        (Some(Owner::Agent(other)), Owner::Agent(_)) => {
            format!("agent \"{other}\" has this address already; an address belongs to one agent")
        }
        (Some(Owner::Mailbox(other)), Owner::Agent(_)) => format!(
            "this is the address of mailbox \"{other}\": mail to the agent would come back as a new ticket, for ever; \
             write the agent's own address"
        ),
        (Some(Owner::Agent(other)), Owner::Mailbox(_)) => {
            format!("agent \"{other}\" has this address already")
        }
    };
    notes.problem(&at.spot, format!("{}: {words}", at.value));
}
