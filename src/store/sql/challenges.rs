//! Questions to agents whether mails in their names are theirs, and the mails that wait for the answers.

use super::{over_list, statements};
use crate::store::statement::Statement;

/// A column among the people at the addresses of the JSON array `$1` and the numbers of `$2`.
macro_rules! over_claimants {
    ($head:literal, $tail:literal) => {
        Statement::twin(
            concat!(
                $head,
                " IN (SELECT person_address.person FROM person_address WHERE person_address.address IN (SELECT value FROM json_each($1)) \
                 UNION SELECT value FROM json_each($2))",
                $tail
            ),
            concat!(
                $head,
                " = ANY (ARRAY(SELECT person_address.person FROM person_address \
                 WHERE person_address.address = ANY (ARRAY(SELECT value FROM json_array_elements_text($1::JSON))) \
                 UNION SELECT value::BIGINT FROM json_array_elements_text($2::JSON)))",
                $tail
            ),
        )
    };
}

statements! {
    OF_CHALLENGES;

    /// Questions by their codes.
    CHALLENGE_GET = over_list!("SELECT code, person, expires_at, answered_at FROM challenge WHERE code", text, "");
    /// When people were last asked.
    CHALLENGE_LAST = over_claimants!("SELECT person, MAX(sent_at) FROM challenge WHERE person", " GROUP BY person");
    /// Mails that people were not asked about yet.
    HELD_WAITING = over_claimants!("SELECT raw_id, ticket, message, at, route, person, other, is_automatic FROM held WHERE person", " AND code IS NULL ORDER BY raw_id");
    /// Mails that questions are about.
    HELD_ASKED = over_list!("SELECT raw_id, ticket, message, at, route, code, other, is_automatic FROM held WHERE code", text, " AND code IS NOT NULL ORDER BY raw_id");
    /// Ways that hold.
    ROUTE_LIST = over_claimants!("SELECT person, route FROM route WHERE person", " AND until > $3 + 0");
    /// Mails are asked about under a code.
    HELD_ASK = over_list!("UPDATE held SET code = $2 WHERE raw_id", int, "");
    /// Mails wait no longer.
    HELD_DONE = over_list!("DELETE FROM held WHERE raw_id", int, "");
    /// Nor do those of a question that is answered.
    HELD_DROP = Statement::both("DELETE FROM held WHERE code = $1");
    /// A question is answered.
    CHALLENGE_DONE = Statement::both("UPDATE challenge SET answered_at = $2 WHERE code = $1");
}
