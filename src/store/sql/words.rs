//! The index of words, and what is found by it.

use super::statements;
use crate::store::statement::Statement;

statements! {
    OF_WORDS;

    /// The next mails of conversations: their ticket, side and bytes, the first mail of the ticket, and in how many places
    /// it is.
    WORDS_NEXT = Statement::both(
        "SELECT message.id, message.ticket, message.side, message.raw_id, \
         (SELECT MIN(first.id) FROM message AS first WHERE first.ticket = message.ticket), \
         (SELECT COUNT(*) FROM message AS other WHERE other.raw_id = message.raw_id) \
         FROM message WHERE message.id > $1 ORDER BY message.id LIMIT $2 + 0");
    /// The index is of other stems: so much of it goes, from this number on.
    INDEX_CLEAR = Statement::both(
        "DELETE FROM ticket_word WHERE (word, ticket) IN (SELECT word, ticket FROM ticket_word WHERE word >= $1 ORDER BY word, ticket LIMIT $2 + 0)",
    );
    /// Tickets of these queues whose mails say some of these words, those first that say the most, then the newest. Of a word
    /// that very many say the newest count. What was merged counts for the ticket that goes on.
    WORDS_FIND = Statement::twin(
        "SELECT COALESCE(ticket.merged_into, ticket.id), COUNT(DISTINCT list.value) \
         FROM json_each($1) AS list JOIN ticket ON ticket.id IN \
         (SELECT ticket_word.ticket FROM ticket_word WHERE ticket_word.word = list.value ORDER BY ticket_word.ticket DESC LIMIT 5000) \
         WHERE ticket.queue IN (SELECT value FROM json_each($2)) \
         GROUP BY COALESCE(ticket.merged_into, ticket.id) ORDER BY 2 DESC, 1 DESC LIMIT $3 + 0",
        "SELECT COALESCE(ticket.merged_into, ticket.id), COUNT(DISTINCT list.value) \
         FROM json_array_elements_text($1::JSON) AS list (value) CROSS JOIN LATERAL \
         (SELECT ticket_word.ticket FROM ticket_word WHERE ticket_word.word = list.value::BIGINT ORDER BY ticket_word.ticket DESC LIMIT 5000) AS newest \
         JOIN ticket ON ticket.id = newest.ticket \
         WHERE ticket.queue = ANY (ARRAY(SELECT value FROM json_array_elements_text($2::JSON))) \
         GROUP BY COALESCE(ticket.merged_into, ticket.id) ORDER BY 2 DESC, 1 DESC LIMIT $3 + 0",
    );
    /// The tickets of a person, under every number of theirs, in these queues, the newest first.
    FACTS_PAST = Statement::twin(
        "SELECT ticket.id FROM ticket WHERE ticket.requester IN (SELECT $1 UNION ALL SELECT person.id FROM person WHERE person.same_as = $1) \
         AND ticket.queue IN (SELECT value FROM json_each($2)) ORDER BY ticket.id DESC LIMIT $3 + 0",
        "SELECT ticket.id FROM ticket WHERE ticket.requester = ANY (ARRAY(SELECT $1::BIGINT UNION ALL SELECT person.id FROM person WHERE person.same_as = $1)) \
         AND ticket.queue = ANY (ARRAY(SELECT value FROM json_array_elements_text($2::JSON))) ORDER BY ticket.id DESC LIMIT $3 + 0",
    );
}
