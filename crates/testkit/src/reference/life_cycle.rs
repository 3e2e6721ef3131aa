//! Life cycle by asking each customer about each period.

use journey::life_cycle::LifeCyclePeriod;

use crate::log::Log;

/// Who is new, returning, resurrected and dormant, between edges that are in order. `active` is none for any activity.
pub fn life_cycle(log: &Log, edges: &[i64], active: Option<&[u16]>) -> Vec<LifeCyclePeriod> {
    let mut answer = Vec::new();
    for period in 0..edges.len() - 1 {
        let mut counts = LifeCyclePeriod::default();
        for journey in log.journeys() {
            let is_active = |from: i64, to: i64| {
                let mut events = journey.occurred_at.iter().zip(journey.activity);
                events.any(|(at, code)| (from..to).contains(at) && active.is_none_or(|it| it.contains(code)))
            };
            let now = is_active(edges[period], edges[period + 1]);
            let just_before = period > 0 && is_active(edges[period - 1], edges[period]);
            let ever_before = is_active(i64::MIN, edges[period]);
            match (now, just_before, ever_before) {
                (true, _, false) => counts.new += 1,
                (true, true, true) => counts.returning += 1,
                (true, false, true) => counts.resurrected += 1,
                (false, true, _) => counts.dormant += 1,
                (false, false, _) => {}
            }
        }
        answer.push(counts);
    }
    answer
}
