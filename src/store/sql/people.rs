//! People, their addresses, and the directory they stand in.

use super::{over_list, statements};
use crate::store::statement::Statement;

/// A row of `person`, as `store::people` reads it.
macro_rules! select_person {
    ($more:literal, $tail:literal) => {
        concat!(
            "SELECT person.id, person.address, person.name, person.language, person.same_as, person.listing, person.kind, \
             person.department, person.employee_number, person.curator, person.listed_language, person.duty, person.position",
            $more,
            " FROM ",
            $tail
        )
    };
}

statements! {
    OF_PEOPLE;

    /// People by any of their addresses.
    PEOPLE_BY_ADDRESS = over_list!(
        select_person!("", "person_address AS asked JOIN person ON person.id = asked.person WHERE asked.address"), text, "");
    /// People by any number that is theirs, with the number.
    PEOPLE_BY_NUMBER = over_list!(
        select_person!(", asked.id", "person AS asked JOIN person ON person.id = COALESCE(asked.same_as, asked.id) WHERE asked.id"), int, "");
    /// The addresses of people, by any number that is theirs.
    ADDRESSES_OF = Statement::twin(
        "SELECT person, address FROM person_address WHERE person IN (SELECT COALESCE(asked.same_as, asked.id) \
         FROM person AS asked WHERE asked.id IN (SELECT value FROM json_each($1))) ORDER BY person, address",
        "SELECT person, address FROM person_address WHERE person = ANY (ARRAY(SELECT COALESCE(asked.same_as, asked.id) \
         FROM person AS asked WHERE asked.id = ANY (ARRAY(SELECT value::BIGINT FROM json_array_elements_text($1::JSON))))) ORDER BY person, address",
    );
    /// All addresses of whoever these addresses are.
    ADDRESSES_OF_OWNERS = Statement::twin(
        "SELECT person, address FROM person_address WHERE person IN (\
         SELECT asked.person FROM person_address AS asked WHERE asked.address IN (SELECT value FROM json_each($1))) ORDER BY person, address",
        "SELECT person, address FROM person_address WHERE person = ANY (ARRAY(SELECT asked.person FROM person_address AS asked \
         WHERE asked.address = ANY (ARRAY(SELECT value FROM json_array_elements_text($1::JSON))))) ORDER BY person, address",
    );
    /// Everybody, from a number on.
    PEOPLE_AFTER = Statement::both(select_person!("", "person WHERE person.id > $1 ORDER BY person.id LIMIT 5000"));
    /// Every address, from one on.
    ADDRESSES_AFTER = Statement::both("SELECT person, address FROM person_address WHERE address > $1 ORDER BY address LIMIT 5000");
    /// Addresses that are nobody's.
    ADDRESSES_CLEAR = over_list!("DELETE FROM person_address WHERE address", text, "");
    /// Whom names of these words may mean: those in whose names most of them stand.
    PEOPLE_BY_WORD = over_list!(
        "SELECT person FROM person_word WHERE word", text, " GROUP BY person ORDER BY COUNT(*) DESC, person LIMIT 50");
    /// Names that are known no more, or have changed.
    WORDS_CLEAR = over_list!("DELETE FROM person_word WHERE person", int, "");
    /// How many live tickets agents have.
    LIVE_TICKETS = over_list!(
        "SELECT assignee, COUNT(*) FROM ticket WHERE assignee", text, " AND state IN ('new', 'open', 'pending', 'on_hold') GROUP BY assignee");
    /// What became of the directory that was read last.
    DIRECTORY_GET = Statement::both("SELECT sha256, is_refused FROM directory WHERE name = 'people'");
    /// What becomes of the one that is read now.
    DIRECTORY_SET = Statement::both(
        "INSERT INTO directory (name, sha256, is_refused, at) VALUES ('people', $1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, is_refused = excluded.is_refused, at = excluded.at");
}
