//! A chart in words: a sentence for whoever does not see it, and its figures as a small table.

use super::{Chart, Shape, Unit, axis::Axis, panels::aim};
use crate::model::{decimal::Decimal, language::Language};

/// The figures of a chart as a table: every row has as many cells as the head.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Figures {
    /// What the columns are.
    pub head: Vec<String>,
    /// A row a name; and one of targets, where each series has its own.
    pub rows: Vec<Vec<String>>,
}

/// A sentence about more names than these is not listened to.
const NAMES_MAX: usize = 6;

impl Chart {
    /// What the chart says, for `alt` and screen readers: short, the whole lies in [`Chart::figures`].
    #[must_use]
    pub fn alt(&self) -> String {
        let mut said = format!("{}. ", self.title.trim_end_matches('.'));
        let is_of_lines = matches!(self.shape, Shape::Lines | Shape::Panels);
        let mut parts: Vec<String> = self
            .series
            .iter()
            .map(|series| {
                let values = if is_of_lines {
                    self.ends(&series.values)
                } else {
                    self.listed(&series.values)
                };
                let aim = series.target.map_or_else(String::new, |target| {
                    let value = self.unit.written(target, self.language);
                    format!(" ({} {value})", aim(self.language))
                });
                format!("{}: {values}{aim}", series.name)
            })
            .collect();
        parts.extend(self.aims());
        said.push_str(&parts.join("; "));
        said.push('.');
        said
    }

    /// What is aimed at, in words: it stands in no row. In a distribution its name says where it lies.
    #[must_use]
    pub fn aims(&self) -> Vec<String> {
        let said = self.targets.iter().map(|aim| match self.shape {
            Shape::Distribution => aim.name.clone(),
            Shape::Lines | Shape::Panels | Shape::Bars | Shape::Rows => {
                let value = self.unit.written(aim.value, self.language);
                format!("{}: {value}", aim.name)
            }
        });
        said.collect()
    }

    /// Whether there is anything in it but nought.
    #[must_use]
    pub fn says_anything(&self) -> bool {
        let values = self.series.iter().flat_map(|series| &series.values);
        let nought = Decimal::whole(0);
        values.flatten().any(|value| !value.is_equal(nought))
    }

    /// The title; and where lengths would deceive, because the axis does not begin at nought, that.
    pub(super) fn said_title(&self) -> String {
        let low = Axis::of(self).steps.first().copied().unwrap_or_default();
        if low <= 0 {
            return self.title.clone();
        }
        let low = self.unit.step(low, self.language);
        match self.language {
            Language::Ru => format!("{} (шкала с {low})", self.title),
            Language::En => format!("{} (scale from {low})", self.title),
        }
    }

    /// From the first value to the last.
    fn ends(&self, values: &[Option<Decimal>]) -> String {
        let mut known = self.names.iter().zip(values).filter_map(|(name, value)| {
            value.map(|value| (name, self.unit.written(value, self.language)))
        });
        let Some((first_name, first)) = known.next() else {
            return self.no_data().to_owned();
        };
        match known.next_back() {
            None => format!("{first_name} — {first}"),
            Some((name, last)) => format!("{first_name} — {first}, {name} — {last}"),
        }
    }

    /// The first few values.
    fn listed(&self, values: &[Option<Decimal>]) -> String {
        let mut said: Vec<String> = self
            .names
            .iter()
            .zip(values)
            .take(NAMES_MAX)
            .map(|(name, value)| format!("{name} — {}", self.cell(*value)))
            .collect();
        let rest = self.names.len().saturating_sub(NAMES_MAX);
        if rest > 0 {
            said.push(match self.language {
                Language::Ru => format!("и ещё {rest} в таблице"),
                Language::En => format!("and {rest} more in the table"),
            });
        }
        said.join(", ")
    }

    fn cell(&self, value: Option<Decimal>) -> String {
        value.map_or_else(
            || self.no_data().to_owned(),
            |value| self.unit.written(value, self.language),
        )
    }

    const fn no_data(&self) -> &'static str {
        match self.language {
            Language::Ru => "нет данных",
            Language::En => "no data",
        }
    }

    /// The same figures, all of them.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let mut head = vec![self.heading.clone()];
        head.extend(self.series.iter().map(|series| series.name.clone()));
        let rows = self.names.iter().enumerate().map(|(at, name)| {
            let mut row = vec![name.clone()];
            row.extend(
                self.series
                    .iter()
                    .map(|series| self.cell(series.values.get(at).copied().flatten())),
            );
            row
        });
        let mut rows: Vec<Vec<String>> = rows.collect();
        // What each is held against stands below them.
        if self.series.iter().any(|series| series.target.is_some()) {
            let targets = self.series.iter().map(|series| {
                let target = series.target;
                target.map_or_else(String::new, |one| self.unit.written(one, self.language))
            });
            let named = std::iter::once(aim(self.language).to_owned());
            rows.push(named.chain(targets).collect());
        }
        Figures { rows, head }
    }
}

impl Unit {
    /// A number with its sign, as a language writes it.
    #[must_use]
    pub fn written(self, number: Decimal, language: Language) -> String {
        let number = number.in_words_of(language).replace('-', "\u{2212}");
        match (self, language) {
            // A space that does not break, as Russian typography has it.
            (Self::Percent, Language::Ru) => format!("{number}\u{A0}%"),
            (Self::Percent, Language::En) => format!("{number}%"),
            (Self::Count | Self::Minutes, _) => number,
        }
    }
}
