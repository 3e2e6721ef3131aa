//! Durations and what is said of them.

use std::time::Duration;

use serde_json::{Value, json};

/// Durations, to the microsecond.
#[derive(Debug, Default)]
pub struct Durations {
    micros: Vec<u32>,
}

impl Durations {
    pub fn record(&mut self, duration: Duration) {
        self.micros.push(u32::try_from(duration.as_micros()).unwrap_or(u32::MAX));
    }

    pub fn append(&mut self, mut other: Durations) {
        self.micros.append(&mut other.micros);
    }

    /// Median, 99th percentile and longest, in milliseconds.
    pub fn summarize(mut self) -> Value {
        self.micros.sort_unstable();
        json!({"p50_ms": self.quantile_ms(0.5), "p99_ms": self.quantile_ms(0.99), "max_ms": self.quantile_ms(1.0)})
    }

    /// The smallest duration that at least this share of all do not exceed.
    fn quantile_ms(&self, share: f64) -> Option<f64> {
        let rank = (share * self.micros.len() as f64).ceil() as usize;
        self.micros.get(rank.saturating_sub(1)).map(|micros| f64::from(*micros) / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_durations_that_were_measured() {
        let mut durations = Durations::default();
        for millis in (1..=100).rev() {
            durations.record(Duration::from_millis(millis));
        }
        assert_eq!(durations.summarize(), json!({"p50_ms": 50.0, "p99_ms": 99.0, "max_ms": 100.0}));
        assert_eq!(Durations::default().summarize()["p50_ms"], Value::Null);
    }
}
