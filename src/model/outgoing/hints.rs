//! What a head is hinted at once a month.

use serde::{Deserialize, Serialize};

/// Where a queue works well, and where it could do better (DOMAIN 1.9). Numbers of a language, empty where there is no data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HintsShown {
    /// Solutions that were late.
    pub late: u64,
    /// Why, those that come most often first.
    pub causes: Vec<CauseShown>,
    /// Requests that repeat an earlier one, as an agent or a head says.
    pub repeats: i64,
    /// Of so many that came.
    pub received: i64,
    /// Requests that went on to another queue before anybody had answered.
    pub misrouted: u64,
    /// Requests that came by a form, those that came most often first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<FormShown>,
    /// What was asked again and again, what came most often first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Topic>,
    /// Names of rules that lead to the queue and fitted nothing all month.
    pub rules: Vec<String>,
    /// Who has solved how much of it.
    pub shares: Vec<AgentShare>,
    /// The four lines of growth.
    pub trends: Vec<TrendShown>,
}

/// Why solutions were late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseShown {
    /// Why, as a code: `came_back`, `asked`, `passed_on`, `nobody`, `unanswered`, `reassigned`, `in_hand`.
    pub why: String,
    /// How many.
    pub count: u64,
}

/// A subject that several people have written about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// The subject, without numbers.
    pub words: String,
    /// So many requests.
    pub count: u64,
}

/// What came by a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormShown {
    /// Its name in the configuration.
    pub form: String,
    /// What it is called.
    pub title: String,
    /// So many requests.
    pub count: u64,
    /// Its fields with a list to choose from, as far as anything of them was chosen.
    pub fields: Vec<FormFieldShown>,
}

/// What was chosen of a field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFieldShown {
    /// What it is called.
    pub title: String,
    /// What was chosen, most often first.
    pub choices: Vec<ChoiceShown>,
}

/// How often something was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceShown {
    /// What, in the words of the configuration.
    pub words: String,
    /// How often.
    pub count: u64,
}

/// An agent's share of what was solved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentShare {
    /// Who.
    pub name: String,
    /// So many.
    pub solved: i64,
    /// Of a hundred.
    pub percent: String,
}

/// How something has gone over some months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendShown {
    /// What, as a code: `response`, `quality`, `complaints`, `late`.
    pub what: String,
    /// A value a month, the last one last; empty where there is no data.
    pub values: Vec<String>,
    /// Against the month before, as a code: `better`, `worse`, `same`; empty where nothing can be said.
    pub way: String,
}
