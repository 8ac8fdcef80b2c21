//! What is aimed at, `[targets]`, and the director's page of the month, `[director_review]`.

use toml::de::DeValue;

use super::{
    file::Reader,
    problems::{At, Notes, Spot},
    section::{Section, flag, integer},
    values,
    written::File,
};
use crate::{
    desk::policy::{DirectorPolicy, Mode, Policy, Targets},
    model::{address::Address, decimal::Decimal, ids::QueueName},
};

/// `[director_review]`.
#[derive(Debug)]
pub(super) struct DirectorReview {
    pub spot: Spot,
    pub at: Option<At<jiff::civil::Time>>,
    pub to: Option<At<Vec<Address>>>,
    pub queue: Option<At<String>>,
    pub charts: bool,
}

impl Reader<'_> {
    /// Reads `[targets]`, or that table of a department; what is not said is as aimed at elsewhere. `None`: there is no such
    /// table.
    pub(super) fn targets(&mut self, above: &mut Section<'_>, usual: Targets) -> Option<Targets> {
        let mut targets = usual;
        let mut section = above.section(self.notes, "targets")?;
        for (key, own) in [
            ("emergency", &mut targets.emergency),
            ("standard", &mut targets.standard),
            ("consultation", &mut targets.consultation),
            ("in_time", &mut targets.in_time),
            ("unescalated", &mut targets.unescalated),
            ("diagnosis", &mut targets.diagnosis),
            ("documented", &mut targets.documented),
        ] {
            if let Some(written) = section.number(self.notes, key, 0..=100) {
                *own = written.value;
            }
        }
        if let Some(rating) = section.read(self.notes, "rating", rating) {
            targets.rating = rating.value;
        }
        for (key, own) in [("nps", &mut targets.nps), ("repeats", &mut targets.repeats)] {
            if let Some(written) = section.read(self.notes, key, points) {
                *own = written.value;
            }
        }
        section.finish(self.notes);
        Some(targets)
    }

    /// Reads `[director_review]`; without it there is no such page.
    pub(super) fn director_review(&mut self, top: &mut Section<'_>) -> Option<DirectorReview> {
        let mut section = top.section(self.notes, "director_review")?;
        section.need("at", "at = \"9:00\"");
        let review = DirectorReview {
            spot: section.spot.clone(),
            at: section.parsed(self.notes, "at", values::time_of_day),
            to: section.list(self.notes, "to", values::address),
            queue: section.text(self.notes, "queue"),
            charts: flag(&mut section, self.notes, "charts").is_some_and(|at| at.value),
        };
        section.finish(self.notes);
        Some(review)
    }
}

/// A mean rating in hundredths: 4.5 is 450.
fn rating(value: &DeValue<'_>) -> Result<u32, String> {
    let words = match value {
        DeValue::Float(float) => Some(float.as_str().to_owned()),
        DeValue::Integer(_) => integer(value).map(|number| number.to_string()),
        DeValue::String(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => None,
    };
    let number = words.and_then(|words| Decimal::parse(&words));
    let hundredths = number.and_then(|number| number.times(Decimal::whole(100)));
    let whole = hundredths.and_then(|number| number.to_places(0));
    let whole = whole.filter(|whole| hundredths.is_some_and(|exact| exact.is_equal(*whole)));
    let whole = whole.and_then(|whole| whole.to_string().parse::<u32>().ok());
    whole
        .filter(|rating| (100..=500).contains(rating))
        .ok_or_else(|| "a mean from 1 to 5 is expected, as in 4.5".to_owned())
}

/// A number from -100 to 100.
fn points(value: &DeValue<'_>) -> Result<i32, String> {
    let number = integer(value).and_then(|number| i32::try_from(number).ok());
    number
        .filter(|number| (-100..=100).contains(number))
        .ok_or_else(|| "a whole number from -100 to 100 is expected".to_owned())
}

/// The director's page, as far as it is sound.
pub(super) fn resolve(file: &File, policy: &Policy, notes: &mut Notes) -> Option<DirectorPolicy> {
    let review = file.director_review.as_ref()?;
    let name = match &review.queue {
        Some(At { value, spot }) => {
            if !file.queues.contains_key(value) {
                let known = file.queues.keys().map(String::as_str);
                notes.unknown(spot, "queue", value, known);
                return None;
            }
            QueueName::from(value.as_str())
        }
        None => policy.queues.keys().next()?.clone(),
    };
    let queue = policy.queues.get(&name)?;
    let mailbox = policy.mailboxes.get(&queue.mailbox);
    if mailbox.is_some_and(|mailbox| mailbox.mode != Mode::Full) {
        let words = format!(
            "the mailbox of the queue \"{name}\" sends it, and it may only in mode \"full\"; write queue = \"…\" with another one"
        );
        notes.problem(&review.spot, words);
    }
    let director = policy.director.as_ref();
    let director = director.and_then(|name| policy.agents.get(name));
    let written = review.to.as_ref().map(|at| at.value.clone());
    let to = written.unwrap_or_else(|| {
        director
            .map(|own| own.address.clone())
            .into_iter()
            .collect()
    });
    if to.is_empty() {
        let words = "nobody would read it; name the `director` above, or write to = [\"…\"]";
        notes.problem(&review.spot, words);
    }
    Some(DirectorPolicy {
        queue: name,
        at: review.at.as_ref()?.value,
        to,
        charts: review.charts,
    })
}
