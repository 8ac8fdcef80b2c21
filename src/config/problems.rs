//! What is wrong with a configuration file: all of it at once, each with its line.

use std::fmt;

use super::near::nearest;

/// One thing that is wrong, or odd: where, what, and what would be right. One line when printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file's name, as it was given.
    pub file: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The path of the key, `mailbox.it.address`; empty where no key is meant.
    pub key: String,
    /// What is wrong and what would be right.
    pub words: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.words)
    }
}

/// Everything that is wrong with a file, in the order of its lines; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.0.iter().enumerate() {
            if place > 0 {
                writeln!(f)?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Where in the file something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// The line, from 1.
    pub line: usize,
    /// The key's path; empty for the file itself.
    pub key: String,
}

impl Spot {
    /// The path of a key below this one; names that TOML would quote are quoted.
    pub(super) fn path_of(&self, key: &str) -> String {
        let is_bare = !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let key = if is_bare {
            key.to_owned()
        } else {
            format!("\"{}\"", key.escape_debug())
        };
        if self.key.is_empty() {
            key
        } else {
            format!("{}.{key}", self.key)
        }
    }

    /// A key below this one, on the same line.
    pub(super) fn below(&self, key: &str) -> Self {
        Self {
            line: self.line,
            key: self.path_of(key),
        }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub spot: Spot,
}

/// The list that all checks write to.
#[derive(Debug)]
pub(super) struct Notes {
    file: String,
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Notes {
    pub(super) const fn new(file: String) -> Self {
        Self {
            file,
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Something that must be put right before okno starts.
    pub(super) fn problem(&mut self, spot: &Spot, words: impl Into<String>) {
        let problem = self.note(spot, words.into());
        self.problems.push(problem);
    }

    /// Something that may be meant, and should be looked at.
    pub(super) fn warning(&mut self, spot: &Spot, words: impl Into<String>) {
        let warning = self.note(spot, words.into());
        self.warnings.push(warning);
    }

    /// What is wrong with another file that the configuration names.
    pub(super) fn problem_in(&mut self, file: &str, line: usize, words: String) {
        self.problems.push(Problem {
            file: file.to_owned(),
            line,
            key: String::new(),
            words,
        });
    }

    /// What is wrong with another file that the configuration names and that is read like it.
    pub(super) fn problems_of_another_file(&mut self, problems: Problems) {
        self.problems.extend(problems.0);
    }

    /// A name that nothing has.
    pub(super) fn unknown<'a>(
        &mut self,
        spot: &Spot,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'a str> + Clone,
    ) {
        let hint = match nearest(name, known.clone()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => match known.map(|n| format!("\"{n}\"")).collect::<Vec<_>>() {
                names if names.is_empty() => format!("there is no {what} in this file"),
                names => format!("known are {}", names.join(", ")),
            },
        };
        let shown = name.escape_debug();
        self.problem(spot, format!("there is no {what} \"{shown}\"; {hint}"));
    }

    pub(super) const fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// The problems and the warnings, by line.
    pub(super) fn finish(mut self) -> (Problems, Vec<Problem>) {
        for list in [&mut self.problems, &mut self.warnings] {
            list.sort();
            list.dedup();
        }
        (Problems(self.problems), self.warnings)
    }

    fn note(&self, spot: &Spot, words: String) -> Problem {
        Problem {
            file: self.file.clone(),
            line: spot.line,
            key: spot.key.clone(),
            words,
        }
    }
}
