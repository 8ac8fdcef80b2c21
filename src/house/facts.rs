//! Figures from outside that somebody has sent by mail: the file is read, and what it says is left to the decider.

mod renamed;

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

use super::{House, HouseError, payroll, periods};
use crate::{
    desk::{
        kpi::{Period, Question},
        payroll::is_figures,
        policy::Policy,
    },
    directory::{Ground, read_facts},
    mail::read::{Limits, decode_all, read},
    model::{
        ids::{AgentName, QueueName, RawId},
        language::Language,
        outgoing::{FactsAsked, FactsRead},
        outside::{OUTSIDE, OutsideFact, OutsideFacts},
        scoring::Indicator,
    },
    store::{Db, StoreError, history, journal, payrolls},
};

/// So many lines a letter tells.
const TOLD_MAX: usize = 200;

/// Whose figures may be brought.
#[derive(Debug, Default)]
pub struct Staff {
    /// By employee number, with the queues they may be brought for. One person may be several agents.
    pub serving: BTreeMap<String, Vec<(AgentName, Vec<QueueName>)>>,
    /// The number of everybody who has figures or may have.
    numbers: BTreeMap<AgentName, String>,
}

impl Staff {
    /// Whether an agent has that employee number, or had when they were one.
    #[must_use]
    pub fn is_of(&self, agent: &AgentName, number: &str) -> bool {
        self.numbers.get(agent).is_some_and(|own| own == number)
    }
}

impl House {
    /// Reads the file of a mail.
    pub(super) async fn read_facts(&self, asked: FactsAsked) -> Result<FactsRead, HouseError> {
        let policy = &self.config.policy;
        let from = policy.queues.get(&asked.from);
        let language = from.map_or(policy.language, |queue| queue.language);
        let bytes = self.table_of(asked.raw).await?;
        let indicators = self.outside_indicators();
        let period = asked.period.clone();
        let last = history::last(&self.db).await?;
        let known = history::outside(&self.db, &period, last).await?;
        let period_asked = Period::named(&period, &self.payroll_zone());
        let left = match period_asked {
            Some(period) => left(&self.db, policy, (&period, self.payroll_zone())).await?,
            None => Vec::new(),
        };
        let staff = staff(&self.db, policy, (Some(&asked.queues), &known), &left).await?;
        let ground = Ground {
            period: &period,
            indicators: &indicators,
            staff: &staff.serving,
        };
        let mut found = FactsRead {
            asked,
            facts: None,
            told: Vec::new(),
            faults: Vec::new(),
            replaced: 0,
            is_closed: false,
        };
        let facts = match read_facts(&bytes, &ground) {
            Ok(facts) => facts,
            Err(faults) => {
                let faults = faults.iter().map(|fault| fault.told(language));
                found.faults = faults.collect();
                return Ok(found);
            }
        };
        let facts = whole(&self.db, policy, (&staff, &known), facts).await?;
        let replaced = replaced(&known, &facts);
        found.replaced = u64::try_from(replaced).unwrap_or(u64::MAX);
        found.is_closed = is_closed(&self.db, &period).await?;
        found.faults = nothing_to_withdraw(&known, &facts, language);
        if (replaced > 0 || found.is_closed) && found.asked.reason.is_empty() {
            found.faults.push(needs_reason(language, found.is_closed));
        }
        if found.faults.is_empty() {
            found.told = told(&facts, policy, language);
            found.facts = Some(OutsideFacts {
                period: found.asked.period.clone(),
                sha256: HEXLOWER.encode(&Sha256::digest(&bytes)),
                facts,
            });
        }
        Ok(found)
    }

    /// The file of figures of a mail; nothing where there is none.
    async fn table_of(&self, raw: RawId) -> Result<Vec<u8>, HouseError> {
        let raw = journal::raw(&self.db, raw).await?;
        let reading = read(&raw.bytes, &Limits::default());
        let mut files = reading.message.attachments.iter().zip(&reading.places);
        let place = files.find(|(file, _)| is_figures(file));
        let place = place.map(|(_, place)| place);
        Ok(decode_all(&raw.bytes, place).pop().unwrap_or_default())
    }

    /// The indicators that come from outside, of all lists.
    fn outside_indicators(&self) -> Vec<Indicator> {
        let all = self.config.scorings.values();
        let mut found: Vec<Indicator> =
            all.flat_map(|scoring| scoring.outside().cloned()).collect();
        found.sort_by(|one, other| one.code.cmp(&other.code));
        found.dedup_by(|one, other| one.code == other.code);
        found
    }
}

/// Who is no agent any more and has rows in a period: what was counted of them, by queue. Their last month is paid like any other.
///
/// # Errors
/// What the database says.
pub async fn left(
    db: &Db,
    policy: &Policy,
    (period, zone): (&Period, TimeZone),
) -> Result<Vec<(QueueName, AgentName)>, StoreError> {
    let question = Question::about(vec![period.clone()], zone);
    let (sheets, _) = history::figures(db, &question, None).await?;
    let whose = sheets.iter().flat_map(|sheet| sheet.tallies.keys());
    let agents = whose.filter_map(|one| Some((one.queue.clone(), one.agent.clone()?)));
    Ok(agents
        .filter(|(_, agent)| !policy.agents.contains_key(agent))
        .collect())
}

/// Every agent with an employee number, and which queues figures of theirs may be brought for: those that they serve, and those
/// that they have figures of in the period, since whoever has moved to another queue must not have them in both. `queues`: of
/// these alone; `known`: the figures of the period; `left`: who has left, see [`left`].
///
/// # Errors
/// What the database says.
pub async fn staff(
    db: &Db,
    policy: &Policy,
    (queues, known): (Option<&[QueueName]>, &[OutsideFact]),
    left: &[(QueueName, AgentName)],
) -> Result<Staff, StoreError> {
    let mut found = Staff::default();
    let before = payrolls::states(db).await?;
    let known_too = known.iter().map(|fact| &fact.agent);
    let left_too = left.iter().map(|(_, agent)| agent);
    let all: BTreeSet<&AgentName> = policy
        .agents
        .keys()
        .chain(known_too)
        .chain(left_too)
        .collect();
    for name in all {
        let mut number = payroll::number_paid(db, policy, (name, &before)).await?;
        if number.is_empty() && !policy.agents.contains_key(name) {
            number = renamed::number(db, policy, (name, known)).await?;
        }
        let served = policy.queues.iter();
        let served = served.filter(|(_, queue)| queue.agents.contains(name));
        let served = served.map(|(queue, _)| queue);
        let known = known.iter().filter(|fact| fact.agent == *name);
        let counted = left.iter().filter(|(_, agent)| agent == name);
        let counted = counted.map(|(queue, _)| queue);
        let own = served.chain(known.map(|fact| &fact.queue)).chain(counted);
        let own: BTreeSet<&QueueName> = own.collect();
        let own = own.into_iter().cloned();
        let own: Vec<QueueName> = own
            .filter(|queue| queues.is_none_or(|queues| queues.contains(queue)))
            .collect();
        if number.is_empty() {
            continue;
        }
        found.numbers.insert(name.clone(), number.clone());
        let same = found.serving.entry(number).or_default();
        same.push((name.clone(), own));
    }
    for same in found.serving.values_mut() {
        renamed::as_today(same, policy);
    }
    found.serving.retain(|_, same| !same.is_empty());
    Ok(found)
}

/// What a file says, whole: who each agent is, and that what was taken of the same employee under an earlier name counts no more.
///
/// # Errors
/// What the database says.
pub async fn whole(
    db: &Db,
    policy: &Policy,
    (staff, known): (&Staff, &[OutsideFact]),
    mut facts: Vec<OutsideFact>,
) -> Result<Vec<OutsideFact>, StoreError> {
    for fact in &mut facts {
        fact.person = renamed::person(db, policy, &fact.agent).await?;
    }
    Ok(renamed::instead(&staff.numbers, known, facts))
}

/// How many of the figures were taken before, and said something else.
#[must_use]
pub fn replaced(known: &[OutsideFact], facts: &[OutsideFact]) -> usize {
    let is_other = |fact: &&OutsideFact| {
        let mut before = known.iter();
        before.any(|before| before.key() == fact.key() && !before.says(fact))
    };
    facts.iter().filter(is_other).count()
}

/// Whether somebody is, or may be, paid by the period already.
///
/// # Errors
/// What the database says.
pub async fn is_closed(db: &Db, period: &str) -> anyhow::Result<bool> {
    if periods::closed(db, period).await?.is_some() {
        return Ok(true);
    }
    let states = payrolls::states(db).await?;
    let mut states = states.months.into_iter();
    Ok(states.any(|((_, name), state)| name == period && state.frozen.is_some()))
}

/// What is to be withdrawn and never was there, in words.
#[must_use]
pub fn nothing_to_withdraw(
    known: &[OutsideFact],
    facts: &[OutsideFact],
    language: Language,
) -> Vec<String> {
    let is_known = |fact: &OutsideFact| known.iter().any(|known| known.key() == fact.key());
    let lost = facts
        .iter()
        .filter(|fact| fact.is_withdrawn && !is_known(fact));
    lost.map(|fact| {
        let code = code(fact);
        match language {
            Language::Ru => format!(
                "{} {} {code}: значение пустое, а отозвать нечего: показателя ещё не было",
                fact.queue, fact.agent
            ),
            Language::En => format!(
                "{} {} {code}: the value is empty, and there is none to withdraw",
                fact.queue, fact.agent
            ),
        }
    })
    .collect()
}

fn needs_reason(language: Language, is_closed: bool) -> String {
    match (language, is_closed) {
        (Language::Ru, true) => {
            "период уже закрыт: назовите причину в той же строке, «#факты 2026-10 причина». Его файлы не изменятся, разница станет корректировкой"
        }
        (Language::Ru, false) => {
            "раньше были взяты другие значения: назовите причину в той же строке, «#факты 2026-10 причина»"
        }
        (Language::En, true) => {
            "the period is closed already: name the reason in the same line, \"#facts 2026-10 reason\". Its files stay, the difference becomes an adjustment"
        }
        (Language::En, false) => {
            "other values were taken before: name the reason in the same line, \"#facts 2026-10 reason\""
        }
    }
    .to_owned()
}

fn code(fact: &OutsideFact) -> &str {
    fact.figure.strip_prefix(OUTSIDE).unwrap_or(&fact.figure)
}

/// What was read, a line each.
fn told(facts: &[OutsideFact], policy: &Policy, language: Language) -> Vec<String> {
    let line = |fact: &OutsideFact| {
        let agent = policy.agents.get(&fact.agent);
        let name = agent.map_or(fact.agent.as_str(), |agent| agent.name.as_str());
        let below = fact.denominator.map(|below| format!("/{below}"));
        let value = match (fact.is_withdrawn, language) {
            (true, Language::Ru) => "отозвано".to_owned(),
            (true, Language::En) => "withdrawn".to_owned(),
            (false, _) => format!("{}{}", fact.numerator, below.unwrap_or_default()),
        };
        format!("{name} ({}), {}: {value}", fact.queue, code(fact))
    };
    let mut lines: Vec<String> = facts.iter().map(line).collect();
    if let Some(more) = lines.len().checked_sub(TOLD_MAX).filter(|more| *more > 0) {
        lines.truncate(TOLD_MAX);
        lines.push(match language {
            Language::Ru => format!("и ещё строк: {more}"),
            Language::En => format!("and so many more lines: {more}"),
        });
    }
    lines
}
