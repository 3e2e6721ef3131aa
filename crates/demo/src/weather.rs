//! Whether it rained, by region and day. Rain lengthens waits and deliveries; it changes nobody's mind by itself.

use crate::calendar::{Calendar, LocalTime};
use crate::random::fingerprint;

/// Thousandths of days with rain, January to December.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Climate {
    Mediterranean,
    Atlantic,
    Dry,
    SummerRain,
    Tropical,
    SouthernTemperate,
}

impl Climate {
    fn rainy_days(self) -> [u32; 12] {
        match self {
            Climate::Mediterranean => [190, 190, 180, 220, 200, 110, 40, 60, 150, 240, 230, 210],
            Climate::Atlantic => [480, 440, 420, 430, 370, 280, 230, 250, 310, 410, 470, 490],
            Climate::Dry => [20, 20, 20, 10, 10, 10, 10, 10, 10, 10, 10, 20],
            Climate::SummerRain => [50, 60, 90, 170, 290, 480, 560, 550, 500, 260, 100, 50],
            Climate::Tropical => [220, 270, 370, 480, 490, 350, 300, 330, 400, 520, 480, 320],
            Climate::SouthernTemperate => [200, 190, 200, 190, 170, 180, 170, 180, 190, 240, 230, 210],
        }
    }
}

pub(crate) fn is_rainy(seed: u64, region: &str, climate: Climate, calendar: &Calendar, time: LocalTime) -> bool {
    let region = region.bytes().fold(0, |code, byte| (code << 7) ^ u64::from(byte));
    let draw = fingerprint(&[seed, 0x7261_696e, region, time.day.unsigned_abs()]) % 1_000;
    let month = usize::from(calendar.month(time.day)) - 1;
    draw < u64::from(climate.rainy_days()[month])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn it_rains_more_in_bilbao_than_in_lima_and_the_same_every_time() {
        let calendar = Calendar::new(date(2025, 1, 1), date(2026, 1, 1), &["UTC"]).unwrap();
        let rainy_days = |region, climate| {
            (0..365).filter(|&day| is_rainy(1, region, climate, &calendar, LocalTime { day, hour: 12 })).count()
        };
        let bilbao = rainy_days("ES-PV", Climate::Atlantic);
        assert!((100..190).contains(&bilbao), "{bilbao}");
        assert_eq!(bilbao, rainy_days("ES-PV", Climate::Atlantic));
        assert!(rainy_days("PE-LMA", Climate::Dry) < 20);
    }
}
