//! The shop that leads by luck: the answers about the company do not depend on the shop, so whichever leads has had luck, and that
//! is nearly always one with few answers.

use serde_json::{Value, json};

use super::{Outcomes, rounded};

/// Shops with fewer answers are not compared.
const FEWEST: u64 = 3;

/// Promoters less detractors by shop.
#[derive(Clone, Debug, Default)]
pub(crate) struct ShopScores {
    by_shop: Vec<Outcomes>,
}

impl ShopScores {
    pub(crate) fn record(&mut self, shop: usize, points: i64) {
        if self.by_shop.len() <= shop {
            self.by_shop.resize(shop + 1, Outcomes::default());
        }
        self.by_shop[shop].record(points);
    }

    /// `store_ids` by the position of their shop.
    pub(crate) fn describe(&self, store_ids: &[&str]) -> Value {
        let mut all = Outcomes::default();
        self.by_shop.iter().for_each(|shop| all.add(shop));
        let known = store_ids.iter().zip(&self.by_shop);
        let compared = known.clone().filter(|(_, shop)| shop.units >= FEWEST);
        let scored = compared.filter_map(|(store_id, shop)| Some((*store_id, shop, shop.mean()?.0)));
        let leader = scored.max_by(|one, other| one.2.total_cmp(&other.2));
        let (all_mean, of_all) = all.mean().unwrap_or_default();
        // By the spread of all answers: that of the few of one shop may be nothing.
        let error = leader.map(|(_, shop, _)| (of_all * all.units as f64 / shop.units as f64).sqrt());
        json!({
            "id": "leading_shop_is_no_better",
            "kind": "no_effect",
            "statement": {
                "en": "Customers of all shops recommend the company alike; the shop that leads does so by luck, with few answers.",
                "es": "Los clientes de todas las tiendas recomiendan la empresa por igual; la tienda que va primera lo está por suerte, con pocas respuestas.",
            },
            "measure": "net_share",
            "unit": "answer",
            "population": format!("every `Survey Answered` with `survey` = `relation`, of shops with at least {FEWEST}"),
            "exposure": "`store_id` is that of the leader",
            "outcome": "1 for `nps` of 9 or 10, -1 for 0 to 6, 0 for 7 or 8",
            "units": all.units,
            "exposed_units": leader.map(|(_, shop, _)| shop.units),
            "leader": leader.map(|(store_id, _, _)| store_id),
            "risk_difference": 0.0,
            "naive_difference": leader.map(|(_, _, mean)| rounded(mean - all_mean)),
            "standard_error": error.map(rounded),
            "shops": known.map(|(store_id, shop)| json!({
                "store_id": store_id, "units": shop.units, "outcomes": shop.sum,
            })).collect::<Vec<_>>(),
            "see": {
                "activities": ["Survey Answered"],
                "properties": ["survey", "store_id", "nps"],
                "how": "The score of each shop with its interval and number of answers. One shop of four hands out few links, so its score swings widely; the best of forty lies that far above the mean by chance.",
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leader_is_the_best_shop_with_enough_answers() {
        let mut shops = ShopScores::default();
        for (shop, points) in [(0, [1, 1, -1, 0, 1, 0, 1, -1]), (2, [1; 8])] {
            points.into_iter().take(if shop == 2 { 5 } else { 8 }).for_each(|points| shops.record(shop, points));
        }
        shops.record(1, 1);
        let described = shops.describe(&["A", "B", "C"]);
        assert_eq!((&described["leader"], &described["exposed_units"]), (&json!("C"), &json!(5)));
        assert_eq!(described["units"], 14);
        assert!(described["standard_error"].as_f64().unwrap() > 0.1, "all of its answers are alike, and it is unsure");
        assert!(ShopScores::default().describe(&["A"])["leader"].is_null());
    }
}
