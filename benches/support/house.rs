//! A house without mail servers: mails are handed to it by hand, and what it decides is stored.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::anyhow;
use okno::{
    clock::Clock,
    config::{self, Found, Secrets},
    desk::{
        arrival::Arrival,
        cause::Cause,
        decide::decide,
        decision::Decision,
        sla::{late_since, risk_at},
        timer::timers_of,
        wants::Wants,
    },
    house::House,
    mail::read::{Limits, read},
    model::{
        account::DatabaseSettings,
        ids::{MessageId, RawId},
    },
    smtp::{Memory, Transport},
    store::{
        Faults,
        apply::{self, Batch, Decided, Standing},
        facts,
        leases::Lease,
    },
};

use super::mails;

/// What stands for the letters that nobody writes here.
const LETTER: &[u8] = b"A letter\r\n";

struct NoSecrets;

impl Secrets for NoSecrets {
    fn file(&self, path: &Path) -> Result<Found, String> {
        Err(format!("no secret in {}", path.display()))
    }
    fn credential(&self, name: &str) -> Result<Found, String> {
        Err(format!("no credential {name}"))
    }
    fn exists(&self, _path: &Path) -> bool {
        true
    }
}

/// Opens a house with these settings in this database, its key in this folder.
pub(crate) async fn open(
    settings: &str,
    (data, database): (&Path, &DatabaseSettings),
    clock: Clock,
) -> anyhow::Result<House> {
    let settings = format!("data = \"{}\"\n{settings}", data.display());
    let mut config = config::parse(&settings, "okno.toml", &NoSecrets)
        .map_err(|problems| anyhow!("{problems}"))?;
    config.database = database.clone();
    let post = Transport::Memory(Memory::default());
    let transports = BTreeMap::from([("it".into(), post)]);
    let tls = okno::tls::client_config(&[])?;
    House::open_with(config, clock, (tls, transports), Faults::none()).await
}

/// Mail number `number`, which has just come in.
pub(crate) fn mail(house: &House, number: u64, from: &str, answers: Option<&MessageId>) -> Cause {
    Cause::Mail(Box::new(Arrival {
        raw: RawId(i64::try_from(number).unwrap_or(i64::MAX)),
        mailbox: "it".into(),
        at: house.clock.now(),
        reading: read(&mails::mail(number, from, answers), &Limits::default()),
        again: None,
        automatic: None,
        spam_mark: None,
        virus: None,
        is_line: false,
    }))
}

/// Decides and writes a batch as the decider does; what was decided on each.
pub(crate) async fn take(
    house: &House,
    lease: &Lease,
    batch: &[Cause],
) -> anyhow::Result<Vec<Decision>> {
    let now = house.clock.now();
    let kb = house.shelf.kb();
    let given = house.given(now, &kb);
    let wants = Wants::of(batch, &given);
    let mut world = facts::load(&house.db, wants, now).await?;
    let mut decided = Vec::new();
    let mut decisions = Vec::new();
    for cause in batch {
        let decision = decide(cause, &world, &given);
        world.absorb(&decision);
        decisions.push(decision.clone());
        decided.push(Decided {
            work: None,
            cause_kind: cause.code(),
            cause_id: decided.len().to_string(),
            bytes: vec![LETTER.to_vec(); decision.mails.len()],
            decision,
        });
    }
    let policy = &house.config.policy;
    let all = decisions.iter();
    let touched: BTreeSet<_> = all.flat_map(|one| one.tickets()).collect();
    let tickets = touched.into_iter().filter_map(|one| world.ticket(one));
    let batch = Batch {
        lease: lease.clone(),
        policy: house.policy,
        now,
        tickets: tickets
            .map(|ticket| Standing {
                ticket: ticket.clone(),
                timers: timers_of(ticket, policy),
                risk_at: risk_at(ticket, policy),
                late_at: late_since(ticket),
            })
            .collect(),
        decided,
        timers_done: Vec::new(),
        readings: Vec::new(),
        seed: [1; 32],
    };
    apply::apply(&house.db, batch).await?;
    Ok(decisions)
}
