//! The words of the names in the people directory, so that somebody of whom only the name is known is found.

use std::collections::BTreeSet;

use super::{StoreError, Tx, V, json_list, sql};
use crate::{
    desk::origin::words_of,
    model::{
        ids::PersonId,
        person::{Kind, Person},
    },
};

/// The words of the names that the directory knows people by.
pub(super) async fn save_words(tx: &mut Tx, people: &[&Person]) -> Result<(), StoreError> {
    let listed: Vec<&Person> = people
        .iter()
        .copied()
        .filter(|person| person.listing.is_some())
        .collect();
    if listed.is_empty() {
        return Ok(());
    }
    let ids: Vec<PersonId> = listed.iter().map(|person| person.id).collect();
    tx.exec(&sql::WORDS_CLEAR, &[(&json_list(&ids)).into()])
        .await?;
    let named = listed.iter().filter(|person| {
        let listed = person.listed();
        person.same_as.is_none() && listed.is_some_and(|listed| listed.kind == Kind::Person)
    });
    let words: BTreeSet<(String, i64)> = named
        .flat_map(|person| {
            let words = words_of(person.name.as_str()).into_iter();
            words.map(|word| (word, person.id.0))
        })
        .collect();
    let rows: Vec<Vec<V<'_>>> = words
        .iter()
        .map(|(word, person)| vec![word.into(), (*person).into()])
        .collect();
    tx.insert_many(&sql::PERSON_WORD_ADD, &rows).await.map(drop)
}
