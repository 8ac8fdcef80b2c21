//! A payroll list's month approved at the terminal, in the place of heads who cannot: the draft that they have, and no other.

use std::{collections::BTreeSet, io::Write};

use anyhow::{anyhow, bail};
use jiff::Timestamp;

use super::by_mail::no_list;
use crate::{
    cli::{Ended, follow::follow, report::period, visit::Visit},
    desk::{
        cause::Operation,
        kpi::Period,
        payroll::{Drafted, MonthState, NotApproved},
        reason::Reason,
    },
    house::payroll,
    model::{
        ids::{AgentName, PayrollName},
        payroll::PayrollDraft,
    },
    store::{ordered, payrolls},
};

/// Leaves an order: what of the newest draft is not approved is, and the month is closed. What okno has decided is said.
///
/// # Errors
/// There is no such list; no draft of the month can be approved as it stands; what the database says.
pub(super) async fn approve(
    here: &Visit,
    (list, name): (&str, &str),
    reason: &str,
    (now, out): (Timestamp, &mut dyn Write),
) -> anyhow::Result<Ended> {
    let Period { name, .. } = period(here, name)?;
    let key = (PayrollName::from(list), name.clone());
    if !here.config.policy.payrolls.contains_key(&key.0) {
        return Err(no_list(here, list));
    }
    let all = payrolls::states(&here.db).await?;
    let state = all.months.get(&key).cloned().unwrap_or_default();
    let mut closed = all.at_terminal.iter();
    let is_closed = closed.any(|(closed, _)| closed.period == name);
    let newest = state.drafted.as_ref();
    let is_overtaken = newest.is_some_and(|one| all.is_overtaken((&key.0, &name), &one.draft));
    let drafted = state.approvable((is_closed, is_overtaken), now);
    let Drafted { draft, .. } =
        drafted.map_err(|why| anyhow!("{name} {list}: {}", not_approved(here, &why)))?;
    if reason.trim().is_empty() {
        bail!(here.words.pick("Причина не названа", "No reason is given"));
    }
    tell(here, (list, &name), (&state, draft), out)?;
    let operation = Operation::ApproveMonth {
        list: key.0,
        period: name,
        draft: draft.number,
        reason: reason.trim().to_owned(),
    };
    let work = ordered::order(&here.db, operation, now).await?;
    follow(here, (work, Reason::PayrollClosed), out).await
}

/// What is approved, in whose place, and what the accountants get.
fn tell(
    here: &Visit,
    (list, name): (&str, &str),
    (state, draft): (&MonthState, &PayrollDraft),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    writeln!(
        out,
        "{}: {name} {list}, {} {}",
        words.pick(
            "Будет утверждён в терминале и закрыт (работающий okno сделает это в течение полуминуты)",
            "To be approved at the terminal and closed (a running okno does so within half a minute)"
        ),
        words.pick("черновик", "draft"),
        draft.number,
    )?;
    let waits_for: BTreeSet<AgentName> = state.waits_for();
    let names: Vec<String> = waits_for.iter().map(|agent| called(here, agent)).collect();
    if !names.is_empty() {
        let in_place = words.pick("  вместо", "  in the place of");
        writeln!(out, "{in_place}: {}", names.join(", "))?;
    }
    if let Some(pay) = &draft.pay {
        let rows = words.pick("строк", "rows");
        writeln!(
            out,
            "  {}: {rows} {}, SHA-256 {}",
            pay.name, pay.rows, pay.sha256
        )?;
    }
    let unsettled = (&here.config.policy, words.language);
    for one in payroll::unsettled_told(&draft.unsettled, unsettled) {
        let closed_so = words.pick("  закроется так", "  is closed so");
        writeln!(out, "{closed_so}: {one}")?;
    }
    let told = words.pick(
        "Файл уйдёт в бухгалтерию в обещанный день или сразу, если он прошёл; руководителям okno напишет, что и почему закрыто.",
        "The accountants get the file on the promised day, or at once if it has passed; okno writes to the heads what was closed, and why.",
    );
    writeln!(out, "{told}")?;
    Ok(())
}

fn called(here: &Visit, agent: &AgentName) -> String {
    let known = here.config.policy.agents.get(agent);
    known.map_or_else(|| agent.to_string(), |known| known.name.clone())
}

fn not_approved(here: &Visit, why: &NotApproved) -> String {
    let words = &here.words;
    let told = match why {
        NotApproved::NoDraft => words.pick(
            "черновика ещё нет; работающий okno делает его в первый рабочий день следующего месяца, а почему нет — пишет администратору",
            "there is no draft yet; a running okno makes it on the first working day of the next month, and writes to the administrator where it cannot",
        ),
        NotApproved::Closed => words.pick(
            "уже закрыт; кто и когда утвердил, покажет okno period list",
            "is closed already; okno period list tells who has approved it and when",
        ),
        NotApproved::TooEarly => words.pick("ещё не закончился", "is not over yet"),
        NotApproved::Outdated => words.pick(
            "показатели с тех пор изменились; в течение минуты будет новый черновик, утверждать надо его",
            "the figures have changed since; there is another draft within a minute, and that one is to be approved",
        ),
        NotApproved::Nameless(agents) => {
            let agents: Vec<&str> = agents.iter().map(AgentName::as_str).collect();
            let none = words.pick(
                "не утверждён: файла бухгалтерии нет, пока нет табельного номера у",
                "is not approved: there is no accountants' file without an employee number of",
            );
            return format!("{none} {}", agents.join(", "));
        }
    };
    told.to_owned()
}
