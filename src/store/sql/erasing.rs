//! Somebody is erased: what there is of them is found first, and goes by its numbers.

use super::{over_list, statements};
use crate::store::statement::Statement;

statements! {
    OF_ERASING;

    /// Every number of a person.
    ERASE_NUMBERS = Statement::both("SELECT id FROM person WHERE id = $1 UNION SELECT id FROM person WHERE same_as = $1");
    /// Their tickets.
    ERASE_TICKETS = over_list!("SELECT id FROM ticket WHERE requester", int, "");
    /// The mails that stand in a ticket.
    ERASE_RAWS = Statement::both("SELECT raw_id FROM message WHERE ticket = $1 AND raw_id IS NOT NULL");
    /// The mails that have written something in its history: copies and reports of failed deliveries stand in no conversation.
    ERASE_CAUSES = Statement::both(
        "SELECT decision.cause_id FROM event JOIN decision ON decision.id = event.decision_id \
         WHERE event.stream_kind = 'ticket' AND event.stream_id = $1 AND decision.cause_kind = 'mail'",
    );
    /// Which of these mails stand in another ticket's conversation.
    ERASE_ELSEWHERE = over_list!("SELECT raw_id FROM message WHERE raw_id", int, " AND ticket IS NOT NULL AND ticket <> $2");
    /// What people have written.
    ERASE_WRITTEN = over_list!("SELECT id, raw_id, ticket FROM message WHERE person", int, "");
    /// Which of these mails still have their bytes.
    ERASE_LEFT = over_list!("SELECT id FROM raw WHERE id", int, " AND erased_at IS NULL");
    /// The words beside the events of a ticket. Why figures were corrected stays: people are paid by them.
    ERASE_WORDS_OF = Statement::both(
        "SELECT private.id FROM event JOIN private ON private.id = event.private_id WHERE event.stream_kind = 'ticket' \
         AND event.stream_id = $1 AND event.kind NOT IN ('figures_corrected', 'verdict_corrected')",
    );
    /// People's words, wherever they stand.
    ERASE_WORDS_BY = over_list!("SELECT id FROM private WHERE person", int, "");
    /// The words of alarms about these addresses.
    ERASE_WORDS_OF_ALARMS = Statement::twin(
        "SELECT private.id FROM event JOIN private ON private.id = event.private_id WHERE event.kind = 'alarm_raised' AND event.version = 1 \
         AND event.data ->> 'object' IN (SELECT value FROM json_each($1))",
        "SELECT private.id FROM event JOIN private ON private.id = event.private_id WHERE event.kind = 'alarm_raised' AND event.version = 1 \
         AND CAST(event.data AS JSON) ->> 'object' = ANY (ARRAY(SELECT value FROM json_array_elements_text($1::JSON)))",
    );
    /// How many events name these addresses: alarms about what comes from them.
    ERASE_NAMING = Statement::twin(
        "SELECT COUNT(*) FROM event WHERE kind IN ('alarm_raised', 'alarm_over') AND version = 1 \
         AND data ->> 'object' IN (SELECT value FROM json_each($1))",
        "SELECT COUNT(*) FROM event WHERE kind IN ('alarm_raised', 'alarm_over') AND version = 1 \
         AND CAST(data AS JSON) ->> 'object' = ANY (ARRAY(SELECT value FROM json_array_elements_text($1::JSON)))",
    );
    /// What was sent about a ticket.
    ERASE_SENT_OF = Statement::both("SELECT id FROM outgoing WHERE ticket = $1 AND length(content) > 0");
    /// What people were sent.
    ERASE_SENT_TO = over_list!(
        "SELECT delivery.id, delivery.outgoing_id, CAST(length(outgoing.content) AS BIGINT) FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id WHERE delivery.person",
        int, "");
    /// The first mail that was sent about these tickets.
    ERASE_FIRST_SENT = over_list!("SELECT MIN(id) FROM outgoing WHERE ticket", int, "");
    /// Letters that list requests of many people, a stretch of them: after one, up to another, and none that is younger.
    ERASE_LISTS = Statement::both(
        "SELECT id FROM outgoing WHERE id > $1 AND id <= $2 AND created_at < $3 + 0 AND ticket IS NULL \
         AND template IN ('work_list', 'work_list_answer', 'digest', 'weekly', 'monthly', 'director', 'queue', 'head', 'late', 'duty', 'found', \
         'quarantine', 'quarantine_answer', 'offer', 'offer_answer', 'alarm') AND length(content) > 0",
    );
    /// How much about these tickets is still to be sent.
    ERASE_WAITING_OF = over_list!(
        "SELECT COUNT(*) FROM outgoing JOIN delivery ON delivery.outgoing_id = outgoing.id WHERE outgoing.ticket",
        int, " AND delivery.state IN ('ready', 'claimed', 'unknown', 'held', 'stopped')");
    /// How much is still to be sent to these people.
    ERASE_WAITING_TO = over_list!(
        "SELECT COUNT(*) FROM delivery WHERE person", int, " AND state IN ('ready', 'claimed', 'unknown', 'held', 'stopped')");

    /// A mail loses its bytes. What it is known by stays, so that it is never taken again.
    ERASE_RAW = over_list!("UPDATE raw SET content = $2, chunks = 0, erased_at = $3 WHERE id", int, " AND erased_at IS NULL");
    /// The rest of them.
    ERASE_CHUNKS = over_list!("DELETE FROM raw_chunk WHERE raw_id", int, "");
    /// What they were understood to say.
    ERASE_READINGS = over_list!("DELETE FROM reading WHERE raw_id", int, "");
    /// Nothing is to be done with them any more. That it was not stays known: else a mail of that day would be missed.
    ERASE_WORK = over_list!("UPDATE work SET state = 'discarded', payload = '', problem = NULL WHERE raw_id", int, "");
    /// Words beside events.
    ERASE_WORDS = over_list!("DELETE FROM private WHERE id", int, "");
    /// Mails that were sent lose their bytes.
    ERASE_SENT = over_list!("UPDATE outgoing SET content = $2, keep_copy = 0 WHERE id", int, " AND length(content) > 0 \
        AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.outgoing_id = outgoing.id AND delivery.state IN ('ready', 'claimed', 'unknown', 'held', 'stopped'))");
    /// What other servers said of them. What was given up is not tried any more: there is nothing to send.
    ERASE_REPLIES = over_list!("UPDATE delivery SET reply = NULL, \
        state = CASE WHEN state IN ('refused', 'expired') THEN 'cancelled' ELSE state END WHERE outgoing_id", int, "");
    /// Where they went.
    ERASE_RECIPIENTS = over_list!("UPDATE delivery SET recipient = $2, reply = NULL, reply_to = NULL WHERE id", int, "");
    /// What agents find of a ticket in their next list.
    ERASE_LIST_ITEMS = Statement::both("DELETE FROM list_item WHERE number = $1 AND kind <> 'everybody'");
    /// A draft article.
    ERASE_DRAFT = Statement::both("DELETE FROM kb_draft WHERE ticket = $1");
    /// A ticket as its history without those words has it.
    ERASE_SNAPSHOT = Statement::both("UPDATE ticket SET snapshot = $2, fold_version = $3 WHERE id = $1");

    /// Of a person nothing is left but the number: `model::person::Person::erased_address`.
    ERASE_PERSON = over_list!(
        "UPDATE person SET address = 'erased-' || id || '@erased.invalid', name = '', listing = NULL, kind = 'person', department = '', \
         employee_number = '', curator = '', listed_language = NULL, duty = NULL, position = '' WHERE id", int, "");
    /// Their addresses.
    ERASE_ADDRESSES = over_list!("DELETE FROM person_address WHERE person", int, "");
    /// That mail does not reach these addresses.
    ERASE_SILENCE = over_list!("DELETE FROM silence WHERE address", text, "");
    /// Alarms about what comes from these addresses.
    ERASE_ALARMS = over_list!("DELETE FROM alarm WHERE object", text, "");
    /// When they were asked for an opinion.
    ERASE_SURVEYS = over_list!("DELETE FROM survey WHERE person", int, "");
    /// Whether mails in their names were theirs.
    ERASE_CHALLENGES = over_list!("DELETE FROM challenge WHERE person", int, "");
    /// By which ways their mail came.
    ERASE_ROUTES = over_list!("DELETE FROM route WHERE person", int, "");
    /// What was withheld from them.
    ERASE_WITHHELD = over_list!("DELETE FROM withheld WHERE person", int, "");
    /// What they took part in, and the likeness of what they wrote.
    ERASE_OPENINGS = over_list!("DELETE FROM opening WHERE person", int, "");
    /// What they have begun.
    ERASE_BEGINNINGS = over_list!("DELETE FROM beginning WHERE person", int, "");
    /// Their own appointments.
    ERASE_TIMERS = over_list!("DELETE FROM timer WHERE object", int, " AND kind IN ('digest', 'challenge')");

    /// The next words of the index.
    ERASE_NEXT_WORDS = Statement::both(
        "WITH RECURSIVE next (word, n) AS (SELECT (SELECT MIN(word) FROM ticket_word WHERE word > $1), 1 UNION ALL \
         SELECT (SELECT MIN(other.word) FROM ticket_word AS other WHERE other.word > next.word), next.n + 1 FROM next \
         WHERE next.word IS NOT NULL AND next.n < $2 + 0) SELECT word FROM next WHERE word IS NOT NULL ORDER BY n",
    );
    /// These tickets say these words no more.
    ERASE_INDEX = Statement::twin(
        "DELETE FROM ticket_word WHERE word IN (SELECT value FROM json_each($1)) AND ticket IN (SELECT value FROM json_each($2))",
        "DELETE FROM ticket_word WHERE word = ANY (ARRAY(SELECT value::BIGINT FROM json_array_elements_text($1::JSON))) \
         AND ticket = ANY (ARRAY(SELECT value::BIGINT FROM json_array_elements_text($2::JSON)))",
    );

    /// How far a piece of work has come.
    ERASE_GET = Statement::both("SELECT payload FROM work WHERE id = $1");
    /// It has come so far.
    ERASE_KEEP = Statement::both("UPDATE work SET payload = $2 WHERE id = $1");
    /// New work of that kind.
    ERASE_ADD = Statement::both(
        "INSERT INTO work (kind, raw_id, payload, created_at, state, attempts) VALUES ('erase', NULL, $1, $2, 'ready', 0) RETURNING id",
    );
    /// What waits of it, or could not be done.
    ERASE_PENDING = Statement::both(
        "SELECT id, payload FROM work WHERE kind = 'erase' AND state IN ('ready', 'suspect') AND raw_id IS NULL \
         UNION ALL SELECT id, payload FROM work WHERE kind = 'erase' AND state = 'quarantined' ORDER BY id",
    );
}
