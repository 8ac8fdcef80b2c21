//! How long answers and solutions took in the mean, held against what was promised (DOMAIN 1.7, 62 and 63): queue by queue and
//! class by class, since each promises something else. What nothing is promised for is left out.

use crate::{
    desk::{
        kpi::{Sheet, Spread},
        policy::Policy,
        review::{Aim, Aims, Reached},
    },
    model::{clock::ClockKind, ids::QueueName},
};

/// All of what was promised, in hundredths of a hundred parts.
const ALL: i64 = 10_000;

/// The mean times of these queues in the last of the months, held against what was promised then; and that of the month before,
/// held against what was promised in that one. What was promised is as the settings said at a month's end.
pub(super) fn reached(queues: &[QueueName], aims: Aims<'_>, months: &[Sheet]) -> [Reached; 2] {
    let mut back = months.iter().rev();
    let (now, before) = (back.next(), back.next());
    [
        (
            "frt_of_promise",
            Spread::FirstResponse,
            ClockKind::FirstResponse,
        ),
        ("ttr_of_promise", Spread::Resolution, ClockKind::Resolution),
    ]
    .map(|(code, spread, clock)| {
        let of = |sheet: Option<&Sheet>, policy: &Policy| {
            let sheet = sheet?;
            Some(taken(queues, policy, sheet, (spread, clock)))
        };
        let by_todays = of(before, aims.today).filter(|(_, below)| *below > 0);
        Reached {
            now: of(now, aims.policy()).unwrap_or_default(),
            before: aims.before.and_then(|policy| of(before, policy)),
            is_before_unknown: aims.before.is_none() && by_todays.is_some(),
            ..Reached::percent(code, ALL, Aim::AtMost)
        }
    })
}

/// So many seconds of business time it took, of so many that were promised.
fn taken(
    queues: &[QueueName],
    policy: &Policy,
    sheet: &Sheet,
    (spread, clock): (Spread, ClockKind),
) -> (i64, i64) {
    let mut sums = (0_i64, 0_i64);
    for name in queues {
        let Some(queue) = policy.queues.get(name) else {
            continue;
        };
        let tally = sheet.together([name]);
        let own = tally.times.iter().filter(|((of, _), _)| *of == spread);
        for ((_, class), times) in own {
            let terms = class.and_then(|class| queue.promises.terms(class, clock));
            let target = terms.and_then(|terms| terms.target_secs).unwrap_or(0);
            if target <= 0 {
                continue;
            }
            for (secs, many) in times {
                sums.0 = sums.0.saturating_add(secs.saturating_mul(*many));
                sums.1 = sums.1.saturating_add(target.saturating_mul(*many));
            }
        }
    }
    sums
}
