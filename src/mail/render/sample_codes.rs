//! The codes that samples show, each at least once: what may happen, be warned of, refused, reported.

/// What a notice may tell.
pub(super) const HAPPENINGS: [&str; 31] = [
    "asker_done",
    "taken_back",
    "snoozed",
    "called_back",
    "approved",
    "rejected",
    "due_soon",
    "answer_due",
    "not_late",
    "wait_over",
    "full",
    "assigned",
    "taken",
    "candidate",
    "unconfirmed",
    "reply",
    "confirmed",
    "returned",
    "reopened",
    "withdrawn",
    "helped",
    "urgent",
    "opinion",
    "stranger",
    "machine",
    "bounce",
    "report",
    "note",
    "outside",
    "outside_shared",
    "other",
];

/// What a card may warn of, besides what is worth telling of any mail.
pub(super) const WARNINGS: [&str; 24] = [
    "answered_unseen",
    "token_of_another",
    "no_author",
    "several_authors",
    "dmarc_refused",
    "own_domain_forged",
    "other_address_in_name",
    "staff_name_outside",
    "look_alike_domain",
    "mixed_scripts",
    "suspicious",
    "reply_to_differs",
    "empty",
    "pgp_encrypted",
    "smime_encrypted",
    "smime_signed",
    "pgp_signed",
    "smime_certificates",
    "rights_protected",
    "original_attached",
    "flood",
    "same_words",
    "reflex",
    "other",
];

/// How a card may have been given to somebody.
pub(super) const GIVEN: [&str; 4] = ["turn", "fewest", "curator", "person"];

/// How a request may be brought.
pub(super) const BROUGHT: [&str; 3] = ["forwarded", "written_down", "split"];

/// Why it may not be sure whose it is.
pub(super) const UNSURE: [&str; 9] = [
    "several",
    "nobody",
    "no_address",
    "unknown",
    "ours",
    "staff",
    "automatic",
    "old",
    "unproven",
];

/// Why that may be asked once more.
pub(super) const UNSURE_STILL: [&str; 6] = [
    "unclear",
    "nobody",
    "no_address",
    "unknown",
    "several",
    "ours",
];

/// Why an answer to a mail for information may make no ticket.
pub(super) const OFFER_ANSWERS: [&str; 4] = ["unclear", "already", "not_trusted", "not_of_queue"];

/// Why a whole mail of an agent may be held.
pub(super) const HELD: [&str; 16] = [
    "not_proven",
    "requester_erased",
    "may_ask",
    "not_asked",
    "crossed",
    "not_of_queue",
    "not_trusted",
    "maybe_note",
    "not_read",
    "other_words",
    "article",
    "not_head",
    "draft_gone",
    "only_quote",
    "below_the_line",
    "mail_attached",
];

/// Why a mail may not be delivered: each obstacle once, by its code or by the other server's words.
pub(super) const FAILED: [(&str, &str); 24] = [
    (
        "5.1.1",
        "550 5.1.1 <m.sokolova@uni.test>: Recipient address rejected: User unknown",
    ),
    ("5.1.2", "550 5.1.2 Host unknown"),
    ("5.1.3", "501 5.1.3 Bad recipient address syntax"),
    ("5.1.6", "550 5.1.6 recipient no longer on server"),
    ("5.1.8", "553 5.1.8 Domain of sender address does not exist"),
    ("5.1.10", "The domain returned Null MX"),
    ("5.2.1", "550 5.2.1 The account is disabled"),
    ("5.2.2", "552 5.2.2 Mailbox full"),
    ("5.3.1", "452 4.3.1 Insufficient system storage"),
    ("5.3.4", "552 5.3.4 Message size exceeds fixed limit"),
    (
        "4.4.1",
        "connect to mx.uni.test[192.0.2.1]:25: Connection timed out",
    ),
    ("4.4.7", "Delivery time expired"),
    ("5.4.6", "554 5.4.6 Too many hops"),
    ("5.6.1", "554 5.6.1 Media type not supported"),
    ("5.7.1", "550 5.7.1 Message rejected as spam"),
    ("5.7.1", "554 5.7.1 Relay access denied"),
    ("5.7.1", "554 5.7.1 Client host rejected: on a block list"),
    ("5.7.1", "550 5.7.1 A virus was found"),
    ("5.7.26", "550 5.7.26 The mail is unauthenticated"),
    ("5.7.133", "550 5.7.133 Sender not authenticated for group"),
    ("4.7.0", "421 4.7.0 Too many connections"),
    ("5.7.0", "550 5.7.0 Local policy violation"),
    ("4.3.2", "421 4.3.2 System going down"),
    ("5.5.0", "554 5.5.0 No"),
];

/// What an alarm may be about.
pub(super) const ALARMS: [&str; 29] = [
    "login",
    "outbox",
    "relay",
    "timer",
    "quarantine",
    "fuse",
    "directory",
    "texts",
    "flood",
    "cap",
    "guessing",
    "storm",
    "scanner",
    "calendar",
    "nameless",
    "balance",
    "no_approver",
    "unsettled",
    "pay_file",
    "pay_silent",
    "pay_list",
    "pay_name",
    "pay_early",
    "disowned",
    "recount",
    "unfiled",
    "missing",
    "uncompared",
    "other",
];

/// What a requester may ask for.
pub(super) const WISHES: [&str; 8] = [
    "status", "cancel", "urgent", "history", "forms", "language", "why", "help",
];

/// What a requester who asked may be told.
pub(super) const TOLD: [&str; 13] = [
    "nps_never",
    "nps_again",
    "status",
    "history",
    "help",
    "withdrawn",
    "urgent",
    "urgent_already",
    "urgent_limit",
    "urgent_lowered",
    "lowered",
    "too_late",
    "language",
];

/// Where a ticket may stand.
pub(super) const TICKET_STATES: [&str; 6] =
    ["new", "open", "pending", "on_hold", "resolved", "closed"];
