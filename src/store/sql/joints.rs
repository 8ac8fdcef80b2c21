//! What is asked together.

use super::{
    ADDRESSES_OF, ADDRESSES_OF_OWNERS, CHALLENGE_GET, CHALLENGE_LAST, FACTS_ALARMS, FACTS_ASIDES,
    FACTS_BEGUN, FACTS_FUSE, FACTS_KNOWN, FACTS_LINEAGE, FACTS_LOADS, FACTS_NUMBERS,
    FACTS_OPENINGS, FACTS_QUEUES, FACTS_SENT, FACTS_SENT_ABOUT, FACTS_SILENCED, FACTS_SURVEYED,
    FACTS_TICKETS_LED_TO, HELD_ASKED, HELD_WAITING, PEOPLE_BY_ADDRESS, PEOPLE_BY_NUMBER,
    PEOPLE_BY_WORD, ROUTE_LIST, together,
};
use crate::store::joint::Joint;

together! {
    OF_JOINTS;

    /// What a batch needs that can be asked before anything is known.
    FACTS_FIRST = [
        FACTS_NUMBERS 4,
        FACTS_ALARMS 5,
        FACTS_FUSE 1,
        FACTS_BEGUN 9,
        FACTS_OPENINGS 5,
        FACTS_KNOWN 8,
        FACTS_ASIDES 1,
        FACTS_LINEAGE 7,
        FACTS_TICKETS_LED_TO 3,
        PEOPLE_BY_ADDRESS 13,
        ADDRESSES_OF_OWNERS 2,
        PEOPLE_BY_WORD 1,
        CHALLENGE_LAST 2,
        HELD_WAITING 8,
        ROUTE_LIST 2,
        CHALLENGE_GET 4,
        HELD_ASKED 8,
        FACTS_QUEUES 2,
        FACTS_LOADS 3,
    ];
    /// What it needs of the tickets that were found, and of their people.
    FACTS_SECOND = [
        PEOPLE_BY_NUMBER 14,
        ADDRESSES_OF 2,
        FACTS_SENT 5,
        FACTS_SILENCED 2,
        FACTS_SURVEYED 5,
        FACTS_SENT_ABOUT 3,
    ];
}
