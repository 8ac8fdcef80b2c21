//! What decisions rest on, and what applying them needs to know.

use super::{over_list, statements};
use crate::store::statement::Statement;

/// A column among the addresses of the JSON array `$1` and those of the people in `$2`.
macro_rules! to_them {
    ($head:literal, $tail:literal) => {
        Statement::twin(
            concat!(
                $head,
                " IN (SELECT value FROM json_each($1) UNION SELECT person.address FROM person AS asked \
                 JOIN person ON person.id = COALESCE(asked.same_as, asked.id) WHERE asked.id IN (SELECT value FROM json_each($2)))",
                $tail
            ),
            concat!(
                $head,
                " = ANY (ARRAY(SELECT value FROM json_array_elements_text($1::JSON) UNION SELECT person.address FROM person AS asked \
                 JOIN person ON person.id = COALESCE(asked.same_as, asked.id) \
                 WHERE asked.id = ANY (ARRAY(SELECT value::BIGINT FROM json_array_elements_text($2::JSON)))))",
                $tail
            ),
        )
    };
}

statements! {
    OF_FACTS;

    /// Mails known by these hashes of Message-IDs.
    FACTS_KNOWN = over_list!(
        "SELECT message.message_id, message.id, message.ticket, message.side, message.content, message.person, message.at, \
         (SELECT COUNT(*) FROM outgoing JOIN delivery ON delivery.outgoing_id = outgoing.id WHERE outgoing.message = message.id) \
         FROM ref JOIN message ON message.id = ref.message WHERE ref.hash", int, " AND message.ticket IS NOT NULL ORDER BY message.id");
    /// To whom we sent the mails of these hashes of Message-IDs.
    FACTS_POSTED = over_list!(
        "SELECT delivery.id, outgoing.message_id, outgoing.ticket, outgoing.side, outgoing.message, delivery.recipient \
         FROM ref JOIN outgoing ON outgoing.message = ref.message JOIN delivery ON delivery.outgoing_id = outgoing.id \
         WHERE ref.hash", int, " ORDER BY delivery.id");
    /// What we sent by these deliveries.
    FACTS_POSTED_BY = over_list!(
        "SELECT delivery.id, outgoing.message_id, outgoing.ticket, outgoing.side, outgoing.message, delivery.recipient \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id \
         WHERE delivery.id", int, " ORDER BY delivery.id");
    /// Mails of tickets that name what these are the hashes of: the newest of each, however many there are.
    FACTS_LINEAGE = Statement::twin(
        "SELECT list.value, message.ticket, message.side, message.content, message.id, message.person, message.at \
         FROM json_each($1) AS list JOIN message ON message.id IN \
         (SELECT lineage.message FROM lineage WHERE lineage.hash = list.value ORDER BY lineage.message DESC LIMIT 20) \
         WHERE message.ticket IS NOT NULL ORDER BY message.id",
        "SELECT list.value::BIGINT, message.ticket, message.side, message.content, message.id, message.person, message.at \
         FROM json_array_elements_text($1::JSON) AS list (value) CROSS JOIN LATERAL \
         (SELECT lineage.message FROM lineage WHERE lineage.hash = list.value::BIGINT ORDER BY lineage.message DESC LIMIT 20) AS newest \
         JOIN message ON message.id = newest.message WHERE message.ticket IS NOT NULL ORDER BY message.id",
    );
    /// Mails that were put aside, by these hashes of Message-IDs.
    FACTS_ASIDES = Statement::twin(
        "SELECT list.value FROM json_each($1) AS list WHERE EXISTS \
         (SELECT 1 FROM ref JOIN message ON message.id = ref.message WHERE ref.hash = list.value AND message.ticket IS NULL)",
        "SELECT list.value::BIGINT FROM json_array_elements_text($1::JSON) AS list (value) WHERE EXISTS \
         (SELECT 1 FROM ref JOIN message ON message.id = ref.message WHERE ref.hash = list.value::BIGINT AND message.ticket IS NULL)",
    );
    /// Tickets as they stand: these, those of the mails that are known by these hashes, and of those that name what the last
    /// are the hashes of.
    FACTS_TICKETS_LED_TO = Statement::twin(
        "SELECT snapshot, fold_version, id FROM ticket WHERE id IN (SELECT value FROM json_each($1) UNION \
         SELECT message.ticket FROM ref JOIN message ON message.id = ref.message WHERE ref.hash IN (SELECT value FROM json_each($2)) UNION \
         SELECT message.ticket FROM json_each($3) AS list JOIN message ON message.id IN \
         (SELECT lineage.message FROM lineage WHERE lineage.hash = list.value ORDER BY lineage.message DESC LIMIT 20))",
        "SELECT snapshot, fold_version, id FROM ticket WHERE id = ANY (ARRAY(SELECT value::BIGINT FROM json_array_elements_text($1::JSON) UNION \
         SELECT message.ticket FROM ref JOIN message ON message.id = ref.message \
         WHERE ref.hash = ANY (ARRAY(SELECT value::BIGINT FROM json_array_elements_text($2::JSON))) UNION \
         SELECT message.ticket FROM json_array_elements_text($3::JSON) AS list (value) CROSS JOIN LATERAL \
         (SELECT lineage.message FROM lineage WHERE lineage.hash = list.value::BIGINT ORDER BY lineage.message DESC LIMIT 20) AS newest \
         JOIN message ON message.id = newest.message))",
    );
    /// Tickets as they stand.
    FACTS_TICKETS = over_list!("SELECT snapshot, fold_version, id FROM ticket WHERE id", int, "");
    /// What these addresses were sent by machine, and those of these people, in the last hour and day.
    FACTS_SENT = to_them!(
        "SELECT recipient, CAST(SUM(CASE WHEN class = 'automatic' AND created_at > $3 THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN class = 'automatic' THEN 1 ELSE 0 END) AS BIGINT), MAX(CASE WHEN class = 'automatic' THEN created_at END), \
         CAST(SUM(CASE WHEN class = 'report' AND created_at > $3 THEN 1 ELSE 0 END) AS BIGINT) FROM delivery WHERE recipient",
        " AND class IN ('automatic', 'report') AND created_at > $4 + 0 GROUP BY recipient");
    /// Which of them are sent nothing automatic.
    FACTS_SILENCED = to_them!("SELECT address, until FROM silence WHERE address", "");
    /// When people were last asked to rate, under whatever number.
    FACTS_SURVEYED = Statement::twin(
        "SELECT person, ticket, at, nps_at, wants_nps FROM survey WHERE person IN (\
         SELECT COALESCE(asked.same_as, asked.id) FROM person AS asked WHERE asked.id IN (SELECT value FROM json_each($1)))",
        "SELECT person, ticket, at, nps_at, wants_nps FROM survey WHERE person = ANY (ARRAY(\
         SELECT COALESCE(asked.same_as, asked.id) FROM person AS asked \
         WHERE asked.id = ANY (ARRAY(SELECT value::BIGINT FROM json_array_elements_text($1::JSON)))))",
    );
    /// Whether whoever opened this ticket has another that is not closed.
    FACTS_UNSOLVED = Statement::both("SELECT other.id FROM ticket AS this JOIN ticket AS other ON other.requester = this.requester WHERE this.id = $1 AND other.state <> 'closed' LIMIT 1");
    /// Mail reaches an address again.
    SILENCE_CLEAR = Statement::both("DELETE FROM silence WHERE address = $1");
    /// What addresses were sent by machine about these tickets since.
    FACTS_SENT_ABOUT = over_list!(
        "SELECT outgoing.ticket, delivery.recipient, COUNT(*) FROM outgoing JOIN delivery ON delivery.outgoing_id = outgoing.id WHERE outgoing.ticket",
        int, " AND outgoing.class = 'automatic' AND outgoing.created_at > $2 + 0 GROUP BY outgoing.ticket, delivery.recipient");
    /// What the people at these addresses have begun, the newest of each, and which queue it is in now.
    FACTS_BEGUN = Statement::twin(
        "SELECT list.value, beginning.message, beginning.ticket, beginning.at, beginning.body, beginning.is_flood, beginning.is_reflex, \
         beginning.guesses, ticket.queue FROM json_each($1) AS list JOIN beginning ON beginning.message IN \
         (SELECT newest.message FROM beginning AS newest \
         WHERE newest.person = (SELECT person FROM person_address WHERE address = list.value) ORDER BY newest.message DESC LIMIT $2 + 0) \
         JOIN ticket ON ticket.id = beginning.ticket ORDER BY beginning.message DESC",
        "SELECT list.value, beginning.message, beginning.ticket, beginning.at, beginning.body, beginning.is_flood, beginning.is_reflex, \
         beginning.guesses, ticket.queue FROM json_array_elements_text($1::JSON) AS list (value) CROSS JOIN LATERAL \
         (SELECT newest.message FROM beginning AS newest \
         WHERE newest.person = (SELECT person FROM person_address WHERE address = list.value) ORDER BY newest.message DESC LIMIT $2 + 0) AS newest \
         JOIN beginning ON beginning.message = newest.message JOIN ticket ON ticket.id = beginning.ticket ORDER BY beginning.message DESC",
    );
    /// The tickets of the person at an address, under every number of theirs, the newest first.
    FACTS_OWN_TICKETS = Statement::both(
        "SELECT ticket.id FROM ticket WHERE ticket.requester IN (\
         SELECT person_address.person FROM person_address WHERE person_address.address = $1 UNION ALL \
         SELECT person.id FROM person_address JOIN person ON person.same_as = person_address.person WHERE person_address.address = $1) \
         ORDER BY ticket.id DESC LIMIT $2 + 0");
    /// What the people at these addresses took part in from the start, the newest of each.
    FACTS_OPENINGS = Statement::twin(
        "SELECT list.value, opening.person, opening.ticket, opening.simhash, message.raw_id FROM json_each($1) AS list \
         JOIN person_address ON person_address.address = list.value JOIN opening ON opening.person = person_address.person AND opening.ticket IN \
         (SELECT newest.ticket FROM opening AS newest WHERE newest.person = person_address.person ORDER BY newest.ticket DESC LIMIT $2 + 0) \
         JOIN message ON message.id = opening.message ORDER BY opening.ticket DESC",
        "SELECT list.value, opening.person, opening.ticket, opening.simhash, message.raw_id FROM json_array_elements_text($1::JSON) AS list (value) \
         JOIN person_address ON person_address.address = list.value CROSS JOIN LATERAL \
         (SELECT newest.person, newest.ticket, newest.simhash, newest.message FROM opening AS newest \
         WHERE newest.person = person_address.person ORDER BY newest.ticket DESC LIMIT $2 + 0) AS opening \
         JOIN message ON message.id = opening.message ORDER BY opening.ticket DESC",
    );
    /// Which of the newest tickets of whoever writes from this address were said to be urgent.
    FACTS_URGENT = Statement::twin(
        "SELECT DISTINCT newest.ticket FROM (SELECT opening.ticket FROM person_address JOIN opening ON opening.person = person_address.person \
         WHERE person_address.address = $1 ORDER BY opening.ticket DESC LIMIT $2 + 0) AS newest CROSS JOIN event WHERE event.stream_kind = 'ticket' \
         AND event.stream_id = CAST(newest.ticket AS TEXT) AND +event.kind = 'urgency_asked'",
        "SELECT DISTINCT newest.ticket FROM (SELECT opening.ticket FROM person_address JOIN opening ON opening.person = person_address.person \
         WHERE person_address.address = $1 ORDER BY opening.ticket DESC LIMIT $2 + 0) AS newest JOIN event ON event.stream_kind = 'ticket' \
         AND event.stream_id = CAST(newest.ticket AS TEXT) AND event.kind = 'urgency_asked'",
    );
    /// The next tickets of a queue that are not resolved.
    BACKLOG_PAGE = Statement::both("SELECT id FROM ticket WHERE queue = $1 AND state IN ('new', 'open', 'pending', 'on_hold') AND id > $2 ORDER BY id LIMIT $3 + 0");
    /// The live tickets that an agent is responsible for, the oldest first.
    FACTS_OWNED = Statement::both("SELECT id FROM ticket WHERE assignee = $1 AND state IN ('new', 'open', 'pending', 'on_hold') ORDER BY id LIMIT $2 + 0");
    /// The live tickets of a queue that are nobody's, the oldest first.
    FACTS_FREE = Statement::both("SELECT id FROM ticket WHERE queue = $1 AND state IN ('new', 'open', 'pending', 'on_hold') AND assignee IS NULL ORDER BY id LIMIT $2 + 0");
    /// The tickets of a queue that wait for room, the oldest first.
    FACTS_WAITING = Statement::both("SELECT id FROM ticket WHERE queue = $1 AND waits = 1 ORDER BY id LIMIT $2 + 0");
    /// How many active tickets agents have, by queue; beyond five hundred nobody counts.
    FACTS_LOADS = Statement::twin(
        "SELECT list.value, ticket.queue, COUNT(*) FROM json_each($1) AS list JOIN ticket ON ticket.id IN \
         (SELECT active.id FROM ticket AS active WHERE active.assignee = list.value AND active.state IN ('new', 'open') LIMIT 500) \
         GROUP BY list.value, ticket.queue",
        "SELECT list.value, active.queue, COUNT(*) FROM json_array_elements_text($1::JSON) AS list (value) CROSS JOIN LATERAL \
         (SELECT ticket.queue FROM ticket WHERE ticket.assignee = list.value AND ticket.state IN ('new', 'open') LIMIT 500) AS active \
         GROUP BY list.value, active.queue",
    );
    /// Queues as they stand.
    FACTS_QUEUES = over_list!("SELECT queue, state FROM queue_state WHERE queue", text, "");
    /// All queues of which it is stored how they stand, for the proof of history.
    QUEUES_ALL = Statement::both("SELECT queue FROM queue_state ORDER BY queue");
    /// What an agent has to decide, the oldest first.
    FACTS_LIST_ITEMS = Statement::both("SELECT number, kind, words FROM list_item WHERE agent = $1 \
        ORDER BY CASE kind WHEN 'done' THEN 1 ELSE 0 END, at, number, kind LIMIT $2 + 0");
    /// What an agent has decided, or has heard of.
    LIST_ITEM_DONE = Statement::both("DELETE FROM list_item WHERE agent = $1 AND number = $2 AND kind = $3");
    /// The lines of a work list.
    FACTS_WORK_LIST = Statement::both("SELECT tickets FROM work_list WHERE agent = $1 AND minutes = $2");
    /// Two weeks after it was made nobody answers a work list any more.
    WORK_LIST_FORGET = Statement::both("DELETE FROM work_list WHERE agent = $1 AND minutes < $2 - 20160");
    /// A work list.
    WORK_LIST_ADD = Statement::both("INSERT INTO work_list (agent, minutes, tickets) VALUES ($1, $2, $3) ON CONFLICT (agent, minutes) DO UPDATE SET tickets = excluded.tickets");
    /// An appointment that may be moved forward, never back.
    TIMER_NOT_LATER = Statement::both("INSERT INTO timer (kind, object, at) VALUES ($1, $2, $3) ON CONFLICT (kind, object) DO UPDATE SET at = excluded.at WHERE excluded.at < timer.at");
    /// What the fuse has counted since then, and since it was last released.
    FACTS_FUSE = Statement::both(
        "SELECT COUNT(*) FROM outgoing WHERE counts_for_fuse = 1 AND created_at > $1 + 0 \
         AND created_at > COALESCE((SELECT over_at FROM alarm WHERE alarm = 'fuse' AND object = 'house'), 0)",
    );
    /// Alarms.
    FACTS_ALARMS = Statement::both("SELECT alarm, object, raised_at, told_at, over_at FROM alarm");
    /// Alarms of that name which have passed by themselves.
    ALARM_FORGET = Statement::both("DELETE FROM alarm WHERE alarm = $1 AND raised_at < $2");
    /// Tickets withheld from a person.
    FACTS_WITHHELD = Statement::both("SELECT ticket FROM withheld WHERE person = $1 ORDER BY ticket");
    /// Mails that came in for a ticket on one side, the newest first.
    FACTS_CAME_IN = Statement::both(
        "SELECT raw_id, person FROM message WHERE ticket = $1 AND side = $2 AND raw_id IS NOT NULL AND id < $3 ORDER BY id DESC LIMIT 20",
    );
    /// In which queue a ticket is.
    FACTS_QUEUE_OF = Statement::both("SELECT queue FROM ticket WHERE id = $1");
    /// The bytes of a mail that came in for a ticket.
    FACTS_RAW_OF = Statement::both("SELECT raw_id FROM message WHERE id = $1 AND raw_id IS NOT NULL");
    /// The last numbers given out.
    FACTS_NUMBERS = Statement::both(
        "SELECT (SELECT MAX(id) FROM ticket), (SELECT MAX(id) FROM message), (SELECT MAX(id) FROM person), (SELECT MAX(id) FROM decision)",
    );
    /// The last numbers of the tables that only apply writes.
    APPLY_NUMBERS = Statement::both(
        "SELECT (SELECT MAX(id) FROM decision), (SELECT MAX(seq) FROM event), (SELECT MAX(id) FROM outgoing)",
    );
    /// The end of the chain.
    APPLY_HEAD = Statement::both("SELECT hash, recorded_at FROM event WHERE seq = (SELECT MAX(seq) FROM event)");
    /// How long streams are, NULL for a new one: one look into the index each, however long the stream.
    APPLY_STREAMS = Statement::twin(
        "SELECT list.value, (SELECT MAX(event.stream_seq) FROM event WHERE event.stream_kind = $2 AND event.stream_id = list.value) \
         FROM json_each($1) AS list",
        "SELECT list.value, (SELECT MAX(event.stream_seq) FROM event WHERE event.stream_kind = $2 AND event.stream_id = list.value) \
         FROM json_array_elements_text($1::JSON) AS list (value)",
    );
    /// Appointments of tickets, before they are derived anew.
    TIMERS_CLEAR = over_list!("DELETE FROM timer WHERE object", int, " AND kind IN ('clock_due', 'reminder', 'escalation', 'close', 'quiet', 'wait_over', 'snooze', 'origin', 'owner')");
    /// An appointment that was kept.
    TIMER_DONE = Statement::both("DELETE FROM timer WHERE kind = $1 AND object = $2");
    /// An appointment that cannot be kept now.
    TIMER_POSTPONE = Statement::both("UPDATE timer SET at = $3 WHERE kind = $1 AND object = $2");
    /// A person's digest is written.
    WITHHELD_CLEAR = Statement::both("DELETE FROM withheld WHERE person = $1");
    /// What is due.
    TIMERS_DUE = Statement::both("SELECT kind, object, at FROM timer WHERE at <= $1 + 0 ORDER BY at, kind, object LIMIT $2 + 0");
    /// How many tickets have something due.
    SWEEP_COUNT = Statement::twin(
        "SELECT COUNT(*) FROM ticket WHERE due_at IS NOT NULL AND queue NOT IN (SELECT value FROM json_each($1))",
        "SELECT COUNT(*) FROM ticket WHERE due_at IS NOT NULL AND queue NOT IN (SELECT json_array_elements_text($1::JSON))",
    );
    /// The next of them, the earliest due first.
    SWEEP_PAGE = Statement::twin(
        "SELECT due_at, id FROM ticket WHERE due_at IS NOT NULL AND (due_at, id) > ($1, $2) \
         AND queue NOT IN (SELECT value FROM json_each($3)) ORDER BY due_at, id LIMIT 64",
        "SELECT due_at, id FROM ticket WHERE due_at IS NOT NULL AND (due_at, id) > ($1, $2) \
         AND queue NOT IN (SELECT json_array_elements_text($3::JSON)) ORDER BY due_at, id LIMIT 64",
    );
    /// When something falls due after an instant.
    TIMER_NEXT_AFTER = Statement::twin(
        // With the sign SQLite does not think of going by the kind, which without statistics it takes for the rarer thing.
        "SELECT at FROM timer WHERE at > $1 + 0 AND +kind IN ('clock_due', 'reminder', 'escalation', 'close', 'quiet') ORDER BY at LIMIT 1",
        "SELECT at FROM timer WHERE at > $1 + 0 AND kind IN ('clock_due', 'reminder', 'escalation', 'close', 'quiet') ORDER BY at LIMIT 1",
    );
    /// When something falls due next.
    TIMER_NEXT = Statement::both("SELECT MIN(at) FROM timer");
}
