//! The outbox. `state <> 'sent'` says nothing new to a reader: it lets both engines use the index `delivery_open`,
//! which holds only what is not sent.

use super::{over_list, statements};
use crate::store::statement::Statement;

/// Deliveries looked at for an order: nobody takes them to be sent before it is carried out.
macro_rules! locked {
    ($tail:literal) => {
        Statement::twin(
            concat!("SELECT delivery.id, delivery.state FROM delivery ", $tail),
            concat!(
                "SELECT delivery.id, delivery.state FROM delivery ",
                $tail,
                " FOR UPDATE OF delivery"
            ),
        )
    };
}

statements! {
    OF_OUTBOX;

    /// What the fuse holds of mails up to one, for an order.
    ORDER_HELD = locked!("WHERE delivery.state = 'held' AND delivery.state <> 'sent' AND delivery.outgoing_id <= $1 ORDER BY delivery.id");
    /// What waits for a later try, for an order.
    ORDER_WAITING = locked!("WHERE delivery.state IN ('ready', 'unknown') AND delivery.next_at > $1 ORDER BY delivery.next_at, delivery.id");
    /// One delivery, for an order.
    ORDER_DELIVERY = locked!("WHERE delivery.id = $1");
    /// All of one mail, for an order.
    ORDER_MAIL = locked!("JOIN outgoing ON outgoing.id = delivery.outgoing_id WHERE outgoing.dedupe_key = $1 ORDER BY delivery.id");
    /// All of one decision, for an order.
    ORDER_DECISION = locked!("JOIN outgoing ON outgoing.id = delivery.outgoing_id WHERE outgoing.decision_id = $1 ORDER BY delivery.id");
    /// What one decision wrote about one ticket, for an order.
    ORDER_DECISION_TICKET = locked!("JOIN outgoing ON outgoing.id = delivery.outgoing_id WHERE outgoing.decision_id = $1 AND outgoing.ticket = $2 ORDER BY delivery.id");
    /// An order is carried out: the state, and for a new try the time.
    ORDER_CARRY_OUT = over_list!("UPDATE delivery SET state = $2, next_at = CASE WHEN $2 = 'ready' THEN $3 ELSE next_at END, done_at = $4 WHERE id", int, "");
    /// Deliveries that are due, but for mailboxes that send nobody anything except alarms, and for those whose relay is at
    /// work. Another instance passes over what this one takes.
    DELIVERY_DUE = Statement::twin(
        "SELECT delivery.id, delivery.outgoing_id, delivery.mailbox, delivery.recipient, delivery.attempts, delivery.is_in_doubt, outgoing.size, outgoing.expires_at, delivery.reply_to \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id \
         WHERE delivery.state IN ('ready', 'unknown') AND delivery.next_at <= $1 + 0 \
         AND (delivery.class = 'alarm' OR delivery.mailbox NOT IN (SELECT value FROM json_each($3))) \
         AND delivery.mailbox NOT IN (SELECT value FROM json_each($4)) ORDER BY delivery.next_at, delivery.id LIMIT $2 + 0",
        "SELECT delivery.id, delivery.outgoing_id, delivery.mailbox, delivery.recipient, delivery.attempts, delivery.is_in_doubt, outgoing.size, outgoing.expires_at, delivery.reply_to \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id \
         WHERE delivery.state IN ('ready', 'unknown') AND delivery.next_at <= $1 + 0 \
         AND (delivery.class = 'alarm' OR delivery.mailbox <> ALL (ARRAY(SELECT value FROM json_array_elements_text($3::JSON)))) \
         AND delivery.mailbox <> ALL (ARRAY(SELECT value FROM json_array_elements_text($4::JSON))) ORDER BY delivery.next_at, delivery.id LIMIT $2 + 0 \
         FOR UPDATE OF delivery SKIP LOCKED",
    );
    /// They are ours now: the attempt is booked before it is made.
    DELIVERY_CLAIM = over_list!("UPDATE delivery SET state = 'claimed', attempts = attempts + 1, claimed_by = $2 WHERE id", int, "");
    /// Claims of a run whose lease ran out two minutes ago, or was given back: nobody knows whether these were sent, so once more
    /// with the same bytes. A run that the database was away for, or that was slow, has renewed its lease by then.
    DELIVERY_RECLAIM = Statement::twin(
        "UPDATE delivery SET state = 'unknown', is_in_doubt = 1, claimed_by = NULL, next_at = $2 WHERE state = 'claimed' AND state <> 'sent' AND claimed_by <> $1 \
         AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.owner = delivery.claimed_by AND lease.until >= CAST(unixepoch('subsec') * 1000 AS INTEGER) - 120000)",
        "UPDATE delivery SET state = 'unknown', is_in_doubt = 1, claimed_by = NULL, next_at = $2 WHERE state = 'claimed' AND state <> 'sent' AND claimed_by <> $1 \
         AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.owner = delivery.claimed_by AND lease.until >= CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) - 120000)",
    );
    /// Claims of one's own that nobody works on any more, since their relay is not at work: nobody knows how far they came.
    DELIVERY_FREE_OWN = Statement::twin(
        "UPDATE delivery SET state = 'unknown', is_in_doubt = 1, claimed_by = NULL, next_at = $2 WHERE state = 'claimed' AND state <> 'sent' AND claimed_by = $1 \
         AND mailbox NOT IN (SELECT value FROM json_each($3))",
        "UPDATE delivery SET state = 'unknown', is_in_doubt = 1, claimed_by = NULL, next_at = $2 WHERE state = 'claimed' AND state <> 'sent' AND claimed_by = $1 \
         AND mailbox <> ALL (ARRAY(SELECT value FROM json_array_elements_text($3::JSON)))",
    );
    /// Claims of one's own that were not begun.
    DELIVERY_GIVE_BACK = over_list!(
        "UPDATE delivery SET state = 'ready', attempts = attempts - 1, claimed_by = NULL WHERE id", int, " AND state = 'claimed' AND claimed_by = $2"
    );
    /// How a delivery ended, or when it is tried again. What has ended meanwhile in other hands stays as it is, and
    /// what is in other hands by now is theirs, unless it has been sent.
    DELIVERY_RESULTS = Statement::twin(
        "UPDATE delivery SET state = result.state, next_at = result.next_at, done_at = result.done_at, code = result.code, reply = result.reply, \
         claimed_by = NULL, is_in_doubt = CASE WHEN result.state = 'unknown' THEN 1 ELSE is_in_doubt END FROM \
         (SELECT CAST(value ->> 0 AS BIGINT) AS delivery, value ->> 1 AS state, CAST(value ->> 2 AS BIGINT) AS next_at, \
         CAST(value ->> 3 AS BIGINT) AS done_at, value ->> 4 AS code, value ->> 5 AS reply FROM json_each($1)) AS result \
         WHERE delivery.id = result.delivery AND (delivery.state = 'unknown' OR delivery.state = 'claimed' AND delivery.claimed_by = $2 \
         OR delivery.state IN ('claimed', 'ready') AND result.state = 'sent') RETURNING id",
        "UPDATE delivery SET state = result.state, next_at = result.next_at, done_at = result.done_at, code = result.code, reply = result.reply, \
         claimed_by = NULL, is_in_doubt = CASE WHEN result.state = 'unknown' THEN 1 ELSE is_in_doubt END FROM \
         (SELECT CAST(value ->> 0 AS BIGINT) AS delivery, value ->> 1 AS state, CAST(value ->> 2 AS BIGINT) AS next_at, \
         CAST(value ->> 3 AS BIGINT) AS done_at, value ->> 4 AS code, value ->> 5 AS reply FROM json_array_elements($1::JSON)) AS result \
         WHERE delivery.id = result.delivery AND (delivery.state = 'unknown' OR delivery.state = 'claimed' AND delivery.claimed_by = $2 \
         OR delivery.state IN ('claimed', 'ready') AND result.state = 'sent') RETURNING id",
    );
    /// A relay cannot be reached: its mails wait, without a mark against them.
    DELIVERY_POSTPONE = Statement::both(
        "UPDATE delivery SET next_at = $2 WHERE mailbox = $1 AND state IN ('ready', 'unknown') AND next_at < $2",
    );
    /// When a delivery is due next, but for the same mailboxes as `DELIVERY_DUE`.
    DELIVERY_NEXT = Statement::twin(
        "SELECT MIN(next_at) FROM delivery WHERE state IN ('ready', 'unknown') AND (class = 'alarm' OR mailbox NOT IN (SELECT value FROM json_each($1))) \
         AND mailbox NOT IN (SELECT value FROM json_each($2))",
        "SELECT MIN(next_at) FROM delivery WHERE state IN ('ready', 'unknown') AND (class = 'alarm' OR mailbox <> ALL (ARRAY(SELECT value FROM json_array_elements_text($1::JSON)))) \
         AND mailbox <> ALL (ARRAY(SELECT value FROM json_array_elements_text($2::JSON)))",
    );
    /// The bytes and envelope of a mail.
    OUTGOING_GET = Statement::both("SELECT content, envelope_from, message_id FROM outgoing WHERE id = $1");
    /// The same of several mails.
    OUTGOING_GET_MANY = over_list!("SELECT content, envelope_from, message_id, id FROM outgoing WHERE id", int, "");
    /// Mails of a mailbox that have gone and of which a copy is to be kept, the oldest first.
    COPY_DUE = Statement::both(
        "SELECT outgoing.id, outgoing.message_id, outgoing.created_at FROM outgoing WHERE outgoing.keep_copy = 1 AND outgoing.mailbox = $1 \
         AND EXISTS (SELECT 1 FROM delivery WHERE delivery.outgoing_id = outgoing.id AND delivery.state = 'sent') ORDER BY outgoing.id LIMIT $2 + 0",
    );
    /// A copy is about to be put there.
    COPY_TRIED = Statement::both("UPDATE outgoing SET copy_attempts = copy_attempts + 1 WHERE id = $1");
    /// It lies there.
    COPY_KEPT = Statement::both("UPDATE outgoing SET keep_copy = 0 WHERE id = $1");
    /// Copies of mails that are too old, and those that were tried too often, are given up.
    COPY_FORGET = Statement::both("UPDATE outgoing SET keep_copy = 0 WHERE keep_copy = 1 AND mailbox = $1 AND (created_at < $2 OR copy_attempts >= $3)");
    /// What a failed delivery was about.
    DELIVERY_ABOUT = Statement::both(
        "SELECT outgoing.ticket, outgoing.side, outgoing.message, outgoing.template, outgoing.class, delivery.recipient, outgoing.dedupe_key \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id WHERE delivery.id = $1",
    );
    /// The outbox for people: what waits, the oldest first.
    OUTBOX_LIST = Statement::both(
        "SELECT delivery.id, delivery.recipient, delivery.state, delivery.attempts, delivery.next_at, delivery.created_at, delivery.reply, outgoing.template, outgoing.ticket \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id \
         WHERE delivery.state IN ('ready', 'claimed', 'unknown', 'held', 'stopped') AND delivery.state <> 'sent' ORDER BY delivery.id LIMIT $1 + 0",
    );
    /// What was given up, the newest first.
    OUTBOX_FAILED = Statement::both(
        "SELECT delivery.id, delivery.recipient, delivery.state, delivery.attempts, delivery.next_at, delivery.created_at, delivery.reply, outgoing.template, outgoing.ticket \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id \
         WHERE delivery.state IN ('refused', 'expired') AND delivery.state <> 'sent' ORDER BY delivery.id DESC LIMIT $1 + 0",
    );
    /// Whether a delivery can be tried again.
    OUTBOX_RETRIABLE = Statement::both("SELECT COUNT(*) FROM delivery WHERE id = $1 AND state IN ('ready', 'unknown', 'refused', 'expired')");
    /// How much waits for a later try.
    OUTBOX_WAITING = Statement::both("SELECT COUNT(*) FROM delivery WHERE state IN ('ready', 'unknown') AND next_at > $1");
    /// What waits too long: how many, and since when.
    OUTBOX_STUCK = Statement::both(
        "SELECT mailbox, COUNT(*), MIN(created_at) FROM delivery WHERE state IN ('ready', 'unknown', 'claimed') AND state <> 'sent' AND created_at < $1 GROUP BY mailbox",
    );
    /// How many are held.
    OUTBOX_HELD = Statement::both("SELECT COUNT(*) FROM delivery WHERE state = 'held' AND state <> 'sent'");
}
