//! Whoever has no employee number, told at the terminal.

use std::collections::BTreeMap;

use crate::{cli::visit::Visit, model::ids::AgentName};

/// Whose numbers are missing, and where each is to be written.
pub(in crate::cli) fn nameless(here: &Visit, agents: &BTreeMap<AgentName, String>) -> String {
    let told = agents
        .iter()
        .map(|(agent, name)| unnumbered(here, agent, name));
    format!(
        "{}: {}",
        here.words
            .pick("Нет табельного номера", "There is no employee number of"),
        told.collect::<Vec<_>>().join("; ")
    )
}

/// Whose number is missing, and where it is to be written.
fn unnumbered(here: &Visit, agent: &AgentName, name: &str) -> String {
    let words = &here.words;
    if here.config.policy.agents.contains_key(agent) {
        let add = words.pick(
            "добавьте его в файл сотрудников: столбец «табельный номер»",
            "add it to the file of people: the column `employee_number`",
        );
        format!("{agent} ({name}): {add}")
    } else {
        let name = words.pick(
            "такого сотрудника в конфигурации больше нет; назовите номер сами:",
            "no agent of that name is configured any more; name the number yourself:",
        );
        format!("{agent}: {name} --number {agent}=000123")
    }
}
