//! When somebody goes to a shop, and whether they come back: the renewal process that holds the truths about waiting and
//! about the app. It draws from a stream of its own, so nothing that happens during a visit moves it.

use crate::calendar::{DAY, HOUR, MINUTE, SECOND};
use crate::company::Company;
use crate::people::{Habit, Person};
use crate::random::{Purpose, Random};
use crate::truths::{Truth, Truths, Unit};
use crate::weather::is_rainy;

pub(crate) struct Visit {
    pub(crate) at: i64,
    pub(crate) shop: usize,
    /// Seconds waited at the car park, for those who came by car.
    pub(crate) parking_wait: Option<i64>,
    pub(crate) is_rush: bool,
    pub(crate) is_rainy: bool,
}

/// Longer than this is a long wait.
const LONG_WAIT_SECONDS: i64 = 600;
const RETURN_WINDOW: i64 = 30 * DAY;

/// Thousandths who come back within thirty days, by habit.
const RETURNS: [u32; 3] = [910, 760, 430];
const RETURNS_AFTER_LONG_WAIT: [u32; 3] = [790, 590, 280];
/// Thousandths of long waits at quiet times and at rush hour, by habit: regulars know when to come.
const LONG_WAITS: [u32; 3] = [90, 210, 360];
const LONG_WAITS_AT_RUSH: [u32; 3] = [160, 330, 520];
const LONGER_IN_RAIN: u32 = 60;

/// Days to the next visit of those who come back, and at most so many that the next visit lies inside the window in
/// whatever zone and hour.
const GAP_DAYS: [&[i64]; 3] = [&[1, 1, 1, 2, 2, 3, 5], &[3, 5, 6, 7, 7, 8, 12], &[5, 9, 13, 17, 21, 26]];
const LONGEST_GAP: i64 = 26;
/// Days to the next visit of those who do not come back in time, by habit.
const LAPSE_DAYS: [&[i64]; 3] = [&[32, 36, 44, 60], &[32, 40, 54, 90], &[32, 48, 80, 150]];
/// Thousandths who never come again once they stayed away.
const LEAVES_FOR_GOOD: [u32; 3] = [190, 250, 400];

const WEEKDAY_HOURS: [u32; 24] = [0, 0, 0, 0, 0, 0, 0, 30, 90, 80, 50, 46, 40, 44, 60, 40, 40, 50, 56, 36, 20, 0, 0, 0];
const WEEKEND_HOURS: [u32; 24] = [0, 0, 0, 0, 0, 0, 0, 6, 20, 46, 80, 100, 90, 60, 44, 40, 50, 60, 50, 36, 22, 0, 0, 0];

/// All visits from `first_day` on, in order of time.
pub(crate) fn plan_visits(company: &Company, person: &Person, first_day: i64, truths: &mut Truths) -> Vec<Visit> {
    let mut random = Random::new(company.seed, person.number, Purpose::Visits);
    let mut visits = Vec::new();
    let neighbours = company.shops.of_country(company.shops.all[person.home_shop].country);
    let (mut day, mut gap) = (first_day, 0);
    while day < company.calendar.days {
        if company.calendar.is_closed(day) {
            day += 1;
        }
        let visit = plan_visit(company, person, day, gap, &neighbours, &mut random);
        if !company.calendar.contains(visit.at) {
            break;
        }
        let returns = decide_return(company, person, &visit, visits.is_empty(), &mut random, truths);
        visits.push(visit);
        let stays_away_for_good = random.chance(person.habit.of(LEAVES_FOR_GOOD));
        gap = if returns {
            move_off_weekend(company, person.habit, day, random.quantile(person.habit.of(GAP_DAYS)))
        } else {
            random.quantile(person.habit.of(LAPSE_DAYS))
        };
        if !returns && stays_away_for_good {
            break;
        }
        day += gap;
    }
    visits
}

fn plan_visit(
    company: &Company,
    person: &Person,
    day: i64,
    gap: i64,
    neighbours: &[usize],
    random: &mut Random,
) -> Visit {
    let elsewhere = *random.pick(neighbours);
    let abroad = random.below(company.shops.all.len() as u32) as usize;
    let shop = match random.below(1_000) {
        0..8 if gap >= 3 => abroad,
        8..110 => elsewhere,
        _ => person.home_shop,
    };
    let place = &company.shops.all[shop];
    let hours = if company.calendar.is_weekend(day) { &WEEKEND_HOURS } else { &WEEKDAY_HOURS };
    let time_of_day = random.weighted(hours) as i64 * HOUR + random.between(0, HOUR - 1);
    let at = company.calendar.instant(place.zone, day, time_of_day);
    let local = company.calendar.local(place.zone, at);
    let is_rush = company.calendar.is_rush(local);
    let is_rainy = is_rainy(company.seed, place.region, place.climate, &company.calendar, local);

    let long_waits = person.habit.of(if is_rush { LONG_WAITS_AT_RUSH } else { LONG_WAITS });
    let is_long = random.chance(long_waits + if is_rainy { LONGER_IN_RAIN } else { 0 });
    let wait = if is_long {
        random.quantile(&[LONG_WAIT_SECONDS + 1, 700, 840, 1_080, 1_740])
    } else {
        random.quantile(&[10, 45, 90, 180, 330, LONG_WAIT_SECONDS])
    };
    let is_by_car = place.has_parking & random.chance(if person.comes_by_car { 900 } else { 80 });
    let parking_wait = is_by_car.then_some(wait);
    Visit { at, shop, parking_wait, is_rush, is_rainy }
}

/// Whether the next visit comes within thirty days, in both worlds; the one lived is returned.
fn decide_return(
    company: &Company,
    person: &Person,
    visit: &Visit,
    is_first: bool,
    random: &mut Random,
    truths: &mut Truths,
) -> bool {
    let roll = random.roll();
    let after_long_wait = roll.is_under(person.habit.of(RETURNS_AFTER_LONG_WAIT));
    let otherwise = roll.is_under(person.habit.of(RETURNS));
    let waited_long = visit.parking_wait.is_some_and(|seconds| seconds > LONG_WAIT_SECONDS);
    let wait = Unit {
        stratum: person.habit as usize,
        is_exposed: waited_long,
        outcome_exposed: after_long_wait,
        outcome_unexposed: otherwise,
    };
    let is_at_risk = person.is_known && visit.at + RETURN_WINDOW <= company.calendar.until_ms;
    if is_at_risk {
        if visit.parking_wait.is_some() {
            truths.record(Truth::ParkingWait, wait);
            if is_first {
                truths.record(Truth::FirstParkingWait, wait);
            }
        }
        let lived = wait.lived();
        let app = Unit { is_exposed: person.has_app, outcome_exposed: lived, outcome_unexposed: lived, ..wait };
        truths.record(Truth::AppUser, app);
    }
    wait.lived()
}

/// Daily customers come on working days.
fn move_off_weekend(company: &Company, habit: Habit, day: i64, gap: i64) -> i64 {
    let weekday = company.calendar.weekday(day + gap);
    let moved = if habit == Habit::Daily && weekday >= 5 { gap + 7 - i64::from(weekday) } else { gap };
    moved.clamp(1, LONGEST_GAP)
}

/// The time that somebody spends at the car park before the visit goes on.
pub(crate) fn time_parked(visit: &Visit) -> i64 {
    visit.parking_wait.map_or(0, |seconds| seconds * SECOND).max(MINUTE / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    fn times(visits: &[Visit]) -> Vec<i64> {
        visits.iter().map(|visit| visit.at).collect()
    }

    fn visits_of(company: &Company, person: &Person) -> Vec<Visit> {
        plan_visits(company, person, 3, &mut Truths::new())
    }

    #[test]
    fn the_app_given_or_taken_moves_no_visit() {
        let company = Company::new(&Options::new(1, 21)).unwrap();
        for number in 0..200 {
            let mut person = Person::new(21, number, &company.shops);
            let lived = times(&visits_of(&company, &person));
            person.has_app = !person.has_app;
            assert_eq!(lived, times(&visits_of(&company, &person)));
        }
    }

    #[test]
    fn who_comes_back_does_so_within_thirty_days_and_who_does_not_stays_away_longer() {
        let company = Company::new(&Options::new(1, 21)).unwrap();
        let (mut soon, mut late) = (0, 0);
        for number in 0..400 {
            let person = Person::new(21, number, &company.shops);
            for pair in times(&visits_of(&company, &person)).windows(2) {
                let gap = pair[1] - pair[0];
                assert!(gap > 2 * HOUR, "visits follow each other");
                assert!(!(RETURN_WINDOW - DAY..=RETURN_WINDOW).contains(&gap), "no gap is in doubt: {gap}");
                if gap < RETURN_WINDOW { soon += 1 } else { late += 1 }
            }
        }
        assert!(soon > late && late > 100, "{soon} soon, {late} late");
    }
}
