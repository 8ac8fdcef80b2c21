//! By what senders are believed, in plain words.

use crate::{
    desk::trust::{Server, TrustPolicy},
    model::language::Language,
};

/// Says what decides whether a sender is who they claim to be.
#[must_use]
pub fn trust(policy: &TrustPolicy, language: Language) -> Vec<String> {
    let is_russian = language == Language::Ru;
    let pick = |ru: &str, en: &str| if is_russian { ru } else { en }.to_owned();
    let mut ways = Vec::new();
    if !policy.servers.is_empty() {
        let servers: Vec<String> = policy
            .servers
            .iter()
            .map(|server| match server {
                Server::Named(name) => name.clone(),
                Server::Below(parent) => format!("*.{parent}"),
                Server::Unnamed => pick("без имени", "without a name"),
            })
            .collect();
        ways.push(format!(
            "{} {}",
            pick(
                "отметкам Authentication-Results серверов",
                "Authentication-Results of the servers"
            ),
            servers.join(", ")
        ));
    }
    if policy.submission.exchange {
        ways.push(pick(
            "отметке Exchange о своих сотрудниках",
            "the word of Exchange for its own people",
        ));
    }
    let domains = policy.own_domains.join(", ");
    let believed = if ways.is_empty() {
        pick(
            "Отправителям верит только по ответам на письма okno: серверы почты ничего не подтверждают (нет [trust] \
             servers). Команда сотрудника действует, только если это ответ на письмо, посланное ему.",
            "Senders are believed by their answers to mails of okno alone: no mail server vouches for anybody (no \
             [trust] servers). An agent's command counts only as an answer to a mail sent to that agent.",
        )
    } else {
        format!(
            "{}: {}",
            pick(
                "Отправителям верит по ответам на письма okno и ещё по",
                "Senders are believed by their answers to mails of okno, and by"
            ),
            ways.join("; ")
        )
    };
    let asked = asked(policy.challenge_days, ways.is_empty(), language);
    vec![
        format!("  {believed}"),
        format!("  {asked}"),
        format!("  {}: {domains}", pick("Свои домены", "Own domains")),
    ]
}

/// What becomes of an agent's mail that nothing proves; where no server looks, a *yes* holds for no later mail.
fn asked(days: u32, is_blind: bool, language: Language) -> String {
    let is_russian = language == Language::Ru;
    let pick = |ru: &str, en: &str| if is_russian { ru } else { en }.to_owned();
    let holds = if is_blind || days == 0 {
        pick(
            "Ответ «да» действует только для тех писем, о которых спрошено.",
            "The answer \"yes\" counts for the mails asked about alone.",
        )
    } else {
        format!(
            "{} {days}.",
            pick(
                "После ответа «да» письма, пришедшие тем же путём, принимаются без вопроса столько дней:",
                "After a \"yes\", mail that comes the same way is taken without asking for so many days:"
            )
        )
    };
    let asked = pick(
        "Если письмо сотрудника ничем не подтверждено, оно остаётся заметкой, а сотрудника okno спросит письмом, не чаще \
         раза в день.",
        "An agent's mail that nothing proves stays a note, and okno asks the agent by mail, at most once a day.",
    );
    format!("{asked} {holds}")
}
