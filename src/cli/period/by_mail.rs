//! Months that heads have approved by mail: told, shown and sent again as they are.

use std::io::Write;

use anyhow::{Context as _, anyhow, bail};
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    cli::{Ended, report::period, visit::Visit},
    desk::{
        cause::Operation,
        kpi::Period,
        payroll::{MonthState, Told, closed_by_mail, list_of},
        policy::PayrollPolicy,
    },
    house::{payroll, periods},
    model::{
        address::Address,
        ids::{AgentName, PayrollName, QueueName},
        payroll::PayrollDraft,
    },
    store::{payrolls, work},
};

/// A month of a list that is approved.
pub(super) struct Approved {
    pub(super) list: PayrollName,
    pub(super) period: Period,
    pub(super) draft: PayrollDraft,
    /// Since when, and who has approved it.
    at: Timestamp,
    by: Vec<AgentName>,
    /// Why the administrator has approved it at the terminal in somebody's place.
    at_terminal: Option<String>,
    version: u32,
    pub(super) is_sent: bool,
    /// It was closed before it was over, by a clock that was ahead.
    is_early: bool,
}

impl Approved {
    /// `None`: it is not approved.
    async fn of(
        here: &Visit,
        (list, name): (&PayrollName, &str),
        state: &MonthState,
    ) -> anyhow::Result<Option<Self>> {
        let is_early = payroll::is_closed_early(&here.db, state).await?;
        let found = Self::read((list, name), state);
        Ok(found.map(|found| Self { is_early, ..found }))
    }

    fn read((list, name): (&PayrollName, &str), state: &MonthState) -> Option<Self> {
        let (version, at) = state.frozen?;
        let draft = state.drafted.as_ref()?.draft.clone();
        let mut by: Vec<AgentName> = Vec::new();
        for part in &draft.parts {
            let own = state.approved_by(part);
            by.extend(own.filter(|own| !by.contains(own)).cloned());
        }
        let mut parts = state.drafted.iter().flat_map(|one| &one.draft.parts);
        let why = parts.find_map(|part| state.approved_at_terminal(part));
        Some(Self {
            list: list.clone(),
            period: Period {
                name: name.to_owned(),
                from: draft.from,
                to: draft.to,
            },
            draft,
            at,
            by,
            at_terminal: why.map(str::to_owned),
            version,
            is_sent: state.told.contains(&Told::File),
            is_early: false,
        })
    }

    /// The zone by whose midnights it was counted.
    pub(super) fn zone(&self, zone: &TimeZone) -> TimeZone {
        periods::zone_named(self.draft.zone.as_deref(), zone)
    }

    /// Whose figures it has.
    pub(super) fn queues(&self) -> Vec<QueueName> {
        let parts = self.draft.parts.iter();
        parts.flat_map(|part| part.queues.clone()).collect()
    }

    /// The figures as they were approved.
    pub(super) fn figures(&self) -> anyhow::Result<String> {
        Ok(payroll::unpack(&self.draft.figures)?)
    }

    /// Which list, which version, when, by whom; in one line.
    pub(super) fn told(&self, here: &Visit) -> String {
        let words = &here.words;
        let agents = &here.config.policy.agents;
        let by = self.by.iter().map(|agent| {
            let known = agents.get(agent).map(|known| known.name.as_str());
            known.unwrap_or(agent.as_str())
        });
        let at_terminal = self.at_terminal.as_ref().map(|why| {
            let in_place = words.pick(
                "администратор в терминале за тех, кто не ответил",
                "the administrator at the terminal in the place of those who had not answered",
            );
            format!(" ({in_place}: {why})")
        });
        let at_terminal = at_terminal.unwrap_or_default();
        let file = self.draft.pay.as_ref();
        let file = file.map_or_else(String::new, |file| {
            format!(", {} SHA-256 {}", file.name, file.sha256)
        });
        format!(
            "{} {} v{}: {} {}, {} {}{at_terminal}, {} {}{file}{}{}",
            self.period.name,
            self.list,
            self.version,
            words.pick("закрыт по почте", "closed by mail"),
            words.time(self.at),
            words.pick("утвердили:", "approved by:"),
            by.collect::<Vec<_>>().join(", "),
            words.pick("события по номер", "events up to"),
            self.draft.upto,
            match self.is_sent {
                true => "",
                false => words.pick(", ещё не отправлен", ", not sent yet"),
            },
            match self.is_early {
                false => "",
                true => words.pick(
                    "; до своего конца, часы спешили: остальное за него придёт корректировками следующего месяца, см. okno period adjust",
                    "; before its end, the clock was ahead: the rest comes as adjustments of the next month, see okno period adjust",
                ),
            }
        )
    }
}

/// All of them, by list and month.
pub(super) async fn all(here: &Visit) -> anyhow::Result<Vec<Approved>> {
    let months = payrolls::states(&here.db).await?;
    let mut found = Vec::new();
    for ((list, period), state) in &months.months {
        found.extend(Approved::of(here, (list, period), state).await?);
    }
    Ok(found)
}

/// The one of that month; of several lists the one that is named. `None`: no list has it.
pub(super) async fn one(
    here: &Visit,
    name: &str,
    list: Option<&str>,
) -> anyhow::Result<Option<Approved>> {
    let months = payrolls::states(&here.db).await?;
    let mut found = Vec::new();
    let asked = closed_by_mail(&months, name);
    for (own, state) in asked.filter(|(own, _)| list.is_none_or(|list| own.as_str() == list)) {
        found.extend(Approved::of(here, (own, name), state).await?);
    }
    if found.len() > 1 {
        let lists: Vec<&str> = found.iter().map(|one| one.list.as_str()).collect();
        bail!(
            "{name}: {} --list: {}",
            here.words.pick(
                "закрыт по нескольким спискам, назовите один",
                "is closed by several lists, name one"
            ),
            lists.join(", ")
        );
    }
    Ok(found.pop())
}

/// Why a month is not closed at the terminal: these lists are about it. `None`: none is.
pub(super) fn whose(here: &Visit, name: &str) -> Option<String> {
    let is_month = name.len() == "2026-10".len() && !name.contains('q');
    let lists = here.config.policy.payrolls.iter();
    let about = lists.filter(|(_, list)| is_month && list.first.as_str() <= name);
    let about: Vec<&str> = about.map(|(list, _)| list.as_str()).collect();
    (!about.is_empty()).then(|| by_lists(here, &about))
}

/// How a month stands that payroll lists are about, for whoever writes its files at the terminal: they are a draft, and nobody
/// is paid by them. `None`: no list is about it.
///
/// # Errors
/// What the database says.
pub(in crate::cli) async fn not_these(here: &Visit, name: &str) -> anyhow::Result<Option<String>> {
    let all = all(here).await?;
    let closed: Vec<String> = all
        .iter()
        .filter(|one| one.period.name == name)
        .map(|one| one.told(here))
        .collect();
    if closed.is_empty() {
        return Ok(whose(here, name));
    }
    let words = here.words.pick(
        "Это состояние на сейчас, не для выплат: месяц закрыт по почте. Его показатели печатает okno period show, файл бухгалтерии \
         ещё раз шлёт okno period resend",
        "This is how it stands now, and not to be paid by: the month is closed by mail. okno period show prints its figures, and okno \
         period resend sends the accountants their file once more",
    );
    Ok(Some(format!("{words}\n{}", closed.join("\n"))))
}

/// That a month is closed by mail, by these lists.
pub(super) fn by_lists(here: &Visit, lists: &[&str]) -> String {
    let words = here.words.pick(
        "этот месяц закрывают по почте руководители: их утверждение закрывает его, okno period show покажет, кто и когда утвердил. \
         Списки для выплат",
        "this month is closed by mail: the approval of the heads closes it, and okno period show tells who has approved it and when. \
         Payroll lists",
    );
    format!("{words}: {}", lists.join(", "))
}

/// Leaves an order: the accountants, or one of them, are sent the file as it is.
///
/// # Errors
/// There is no such list or accountant; the month is not approved, or its file was never sent.
pub(super) async fn resend(
    here: &Visit,
    (list, name): (&str, &str),
    to: Option<&str>,
    (now, out): (Timestamp, &mut dyn Write),
) -> anyhow::Result<Ended> {
    let words = &here.words;
    let Period { name, .. } = period(here, name)?;
    let months = payrolls::states(&here.db).await?;
    let months = months.months.into_iter();
    let mut months = months.filter(|((own, month), _)| (own.as_str(), month) == (list, &name));
    let state = months.next().map(|(_, state)| state).unwrap_or_default();
    // A list that there is no more goes by what it was.
    let known = list_of(&here.config.policy, &PayrollName::from(list), &state);
    let policy = known.ok_or_else(|| no_list(here, list))?;
    let to = to.map(|to| accountant(here, &policy, to)).transpose()?;
    let approved = one(here, &name, Some(list)).await?;
    let approved = approved.with_context(|| {
        let not = words.pick(
            "ещё не утверждён по списку",
            "is not approved yet by the list",
        );
        format!("{name}: {not} {list}")
    })?;
    if !approved.is_sent {
        bail!(
            "{name}: {}",
            words.pick(
                "файл ещё не отправлен, он уйдёт сам в обещанный день",
                "the file was not sent yet, it goes by itself on the promised day"
            )
        );
    }
    let readers: Vec<String> = match &to {
        Some(to) => vec![to.to_string()],
        None => policy.to.iter().map(ToString::to_string).collect(),
    };
    let operation = Operation::ResendFile {
        list: PayrollName::from(list),
        period: name,
        to,
    };
    work::order(&here.db, operation, now).await?;
    let sent = words.pick(
        "Тот же файл будет отправлен ещё раз (работающий okno сделает это в течение полуминуты)",
        "The same file is to be sent once more (a running okno does so within half a minute)",
    );
    writeln!(out, "{sent}: {}", readers.join(", "))?;
    writeln!(out, "{}", approved.told(here))?;
    Ok(Ended::Done)
}

pub(super) fn no_list(here: &Visit, list: &str) -> anyhow::Error {
    let lists = &here.config.policy.payrolls;
    let all: Vec<&str> = lists.keys().map(PayrollName::as_str).collect();
    let words = &here.words;
    let no_such = words.pick("Нет списка", "There is no payroll list");
    match all.is_empty() {
        true => {
            let none = words.pick(
                "Списков нет ни одного: их задаёт [payroll.ИМЯ] в настройках",
                "There is none: [payroll.NAME] in the configuration makes one",
            );
            anyhow!("{no_such} {list}. {none}")
        }
        false => anyhow!(
            "{no_such} {list}. {}: {}",
            words.pick("Есть", "There are"),
            all.join(", ")
        ),
    }
}

fn accountant(here: &Visit, list: &PayrollPolicy, to: &str) -> anyhow::Result<Address> {
    let address = Address::parse(to).ok();
    address
        .filter(|address| list.to.contains(address))
        .with_context(|| {
            let all: Vec<String> = list.to.iter().map(ToString::to_string).collect();
            let words = &here.words;
            format!(
                "{to}: {}: {}",
                words.pick("файл получают только", "the file goes only to"),
                all.join(", ")
            )
        })
}
