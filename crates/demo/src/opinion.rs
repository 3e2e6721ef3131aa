//! From what somebody lived to the scores they give. A mood between nought and a thousand is drawn once for an answer; what was
//! lived moves it up or down, and tables read the scores off. The same mood is read in both worlds, so that the effect of
//! what was lived is known exactly.

use crate::random::Random;

/// Thousandths of moods below each score but the lowest: of one who lived nothing special.
const CSAT: [i64; 4] = [40, 100, 240, 620];
const CES: [i64; 6] = [40, 90, 160, 270, 430, 690];
const NPS: [i64; 10] = [20, 30, 40, 60, 90, 150, 230, 350, 550, 750];
const EXPECTATION: [i64; 2] = [190, 690];
/// How far apart the moods behind two scores of one answer are at most.
const WOBBLE: i64 = 60;
/// The grumpiest fifth, and thousandths of those asked who answer: there and elsewhere.
const GRUMPY_BELOW: i64 = 200;
const ANSWERS: u32 = 235;
const ANSWERS_WHEN_GRUMPY: u32 = 300;
/// Thousandths of answers in the mood that is somebody's nature.
const BY_NATURE: u32 = 350;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Mood {
    satisfied: i64,
    recommends: i64,
}

impl Mood {
    pub(crate) fn draw(nature: i64, random: &mut Random) -> Mood {
        let is_by_nature = random.chance(BY_NATURE);
        let now = random.between(0, 999);
        let satisfied = if is_by_nature { nature } else { now };
        Mood { satisfied, recommends: (satisfied + random.between(-WOBBLE, WOBBLE)).clamp(0, 999) }
    }

    /// Whether somebody answers does not depend on what they lived, so that answers can be compared; but those who are
    /// hard to please answer more often.
    pub(crate) fn answers(self, random: &mut Random) -> bool {
        random.chance(if self.satisfied < GRUMPY_BELOW { ANSWERS_WHEN_GRUMPY } else { ANSWERS })
    }

    /// 1 to 5; `lived` is how far what was lived moves the mood.
    pub(crate) fn csat(self, lived: i64) -> i64 {
        1 + level(&CSAT, self.satisfied + lived)
    }

    /// 1 to 7; 7 is the least effort.
    pub(crate) fn ces(self, lived: i64) -> i64 {
        1 + level(&CES, self.satisfied + lived)
    }

    /// 0 to 10.
    pub(crate) fn nps(self, lived: i64) -> i64 {
        level(&NPS, self.recommends + lived)
    }

    pub(crate) fn expectation(self, lived: i64) -> &'static str {
        match level(&EXPECTATION, self.recommends + lived) {
            0 => "worse",
            1 => "as",
            _ => "better",
        }
    }
}

fn level(bounds: &[i64], mood: i64) -> i64 {
    bounds.iter().take_while(|&&bound| mood >= bound).count() as i64
}

/// What an answer adds to the net promoter score: 1 for a promoter, −1 for a detractor.
pub(crate) fn promotes(nps: i64) -> i64 {
    match nps {
        9.. => 1,
        7..9 => 0,
        _ => -1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn scores_stay_in_their_ranges_and_fall_with_what_was_lived() {
        let mut random = Random::new(1, 2, Purpose::Surveys);
        for _ in 0..5_000 {
            let mood = Mood::draw(500, &mut random);
            for lived in [-900, -400, -50, 0, 80, 900] {
                assert!((1..=5).contains(&mood.csat(lived)));
                assert!((1..=7).contains(&mood.ces(lived)));
                assert!((0..=10).contains(&mood.nps(lived)));
                assert!(mood.csat(lived - 100) <= mood.csat(lived) && mood.nps(lived - 100) <= mood.nps(lived));
            }
        }
        assert_eq!([0, 6, 7, 8, 9, 10].map(promotes), [-1, -1, 0, 0, 1, 1]);
    }

    #[test]
    fn about_a_quarter_answer_and_the_hard_to_please_more_often() {
        let mut random = Random::new(1, 3, Purpose::Surveys);
        let (mut asked, mut answered) = ([0_u32; 2], [0_u32; 2]);
        for _ in 0..40_000 {
            let nature = random.between(0, 999);
            let mood = Mood::draw(nature, &mut random);
            let group = usize::from(mood.satisfied < GRUMPY_BELOW);
            asked[group] += 1;
            answered[group] += u32::from(mood.answers(&mut random));
        }
        let share = |group: usize| answered[group] * 1_000 / asked[group];
        assert!((225..245).contains(&share(0)) && (285..315).contains(&share(1)), "{} and {}", share(0), share(1));
    }
}
