//! How effort is shown.

use serde_json::Value;

use super::{list, number, time};
use crate::show::{self, Column};

pub fn write(answer: &Value) -> anyhow::Result<()> {
    let (runs, customers) = (number(&answer["runs"]), number(&answer["customers"]));
    let unfinished = show::count(number(&answer["unfinished"]));
    let (shown_runs, shown_customers) = (show::count(runs), show::count(customers));
    show::line(format!("reached {shown_runs} times by {shown_customers} customers; {unfinished} have not yet\n"))?;
    let rows = list(answer, "measures").iter().map(|found| {
        let name = found["measure"].as_str().unwrap_or_default();
        let mut row = vec![called(name).to_owned()];
        row.extend(["p10", "p25", "p50", "p75", "p90", "mean"].map(|percentile| amount(name, &found[percentile])));
        row
    });
    let columns = [
        Column::Text("effort"),
        Column::Number("10 %"),
        Column::Number("25 %"),
        Column::Number("median"),
        Column::Number("75 %"),
        Column::Number("90 %"),
        Column::Number("mean"),
    ];
    show::table(&columns, rows.collect())?;

    let weeks: Vec<&Value> = list(answer, "weeks").iter().filter(|week| number(&week["runs"]) > 0).collect();
    if weeks.is_empty() {
        return Ok(());
    }
    let rows = weeks.iter().map(|week| {
        let mut row = vec![show::text(&week["from"]), show::count(number(&week["runs"]))];
        let medians = list(week, "measures").iter();
        row.extend(medians.map(|found| amount(found["measure"].as_str().unwrap_or_default(), &found["median"])));
        row
    });
    let mut columns = vec![Column::Text("week of"), Column::Number("reached")];
    let measures = list(answer, "measures").iter().filter_map(|found| found["measure"].as_str());
    columns.extend(measures.map(|name| Column::Number(called(name))));
    show::line("\nmedians by week")?;
    show::table(&columns, rows.collect())
}

fn called(measure: &str) -> &'static str {
    match measure {
        "steps" => "steps",
        "contacts" => "contacts",
        "channels" => "channels",
        "channel_changes" => "channel changes",
        "waiting_ms" => "waiting",
        _ => "time",
    }
}

fn amount(measure: &str, value: &Value) -> String {
    match measure.ends_with("_ms") {
        true => time(value),
        false => value.as_f64().map(|number| format!("{number:.1}")).unwrap_or_default(),
    }
}
