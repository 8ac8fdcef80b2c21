//! The caps: how much automatic mail may leave the house.

use serde::{Deserialize, Serialize};

/// How many automatic mails an address may get (DOMAIN, decision 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// Automatic mails an hour to a requester's address.
    pub requester_hour: u32,
    /// And a day.
    pub requester_day: u32,
    /// Automatic mails an hour to an agent's address; what is withheld goes into a digest.
    pub staff_hour: u32,
    /// And a day.
    pub staff_day: u32,
    /// Automatic mails about one ticket a day to one address, whoever it is.
    #[serde(default = "Caps::ticket_day")]
    pub ticket_day: u32,
    /// New tickets an hour of one requester; further mails are gathered in one.
    #[serde(default = "Caps::new_tickets_hour")]
    pub new_tickets_hour: u32,
    /// Automatic mails in ten minutes that no fresh human mail has caused, of the whole house; more are held.
    pub fuse: u32,
    /// For how many days an address that mail does not reach is sent nothing automatic; 0: it is.
    #[serde(default = "silence_days")]
    pub silence_days: u32,
}

const fn silence_days() -> u32 {
    60
}

impl Caps {
    const fn ticket_day() -> u32 {
        10
    }

    const fn new_tickets_hour() -> u32 {
        10
    }
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            requester_hour: 4,
            requester_day: 20,
            staff_hour: 60,
            staff_day: 300,
            ticket_day: Self::ticket_day(),
            new_tickets_hour: Self::new_tickets_hour(),
            fuse: 200,
            silence_days: silence_days(),
        }
    }
}
