//! Figures from outside of several lists: a code has one meaning in the house, since a file that brings it names no list.

use std::collections::BTreeMap;

use super::{super::problems::Notes, File, Scoring};
use crate::model::scoring::Measure;

/// A code that two lists measure differently: the file of one could never be read.
pub(super) fn differing(file: &File, notes: &mut Notes) {
    let mut known: BTreeMap<&str, (&str, Measure)> = BTreeMap::new();
    for (name, payroll) in &file.payrolls {
        let indicators = payroll.scores.iter().flat_map(Scoring::outside);
        for indicator in indicators {
            let own = (name.as_str(), indicator.measure);
            let (other, measure) = *known.entry(&indicator.code).or_insert(own);
            if measure != indicator.measure {
                let words = format!(
                    "the figure {} is measured otherwise in the settings of the list \"{other}\": {} there, {} here; a figure from \
                     outside has one measure for all lists",
                    indicator.code,
                    word(measure),
                    word(indicator.measure)
                );
                notes.problem(&payroll.spot, words);
            }
        }
    }
}

/// As the settings write it.
fn word(measure: Measure) -> &'static str {
    let mut words = Measure::WORDS.iter();
    words
        .find_map(|(word, own)| (*own == measure).then_some(*word))
        .unwrap_or_default()
}
