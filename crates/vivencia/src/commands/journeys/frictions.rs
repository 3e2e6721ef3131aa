//! How frictions are shown.

use serde_json::Value;

use super::{list, number, time};
use crate::show::{self, Column};

pub fn write(answer: &Value) -> anyhow::Result<()> {
    let rows = list(answer, "frictions").iter().map(|friction| {
        let about: Vec<String> = list(friction, "about").iter().map(show::text).collect();
        let observed = number(&friction["observed"]);
        let threshold = &friction["threshold"]["longest_ms"];
        let beyond = if threshold.is_number() { format!(" beyond {}", time(threshold)) } else { String::new() };
        vec![
            called(friction["kind"].as_str().unwrap_or_default()).to_owned(),
            about.join(" › ") + &beyond,
            show::count(number(&friction["customers"])),
            show::count(number(&friction["times"])),
            if observed > 0 { show::percent(number(&friction["comparable"]), observed) } else { String::new() },
            lost(&friction["lost"]),
        ]
    });
    let columns = [
        Column::Text("friction"),
        Column::Text("about"),
        Column::Number("customers"),
        Column::Number("times"),
        Column::Number("comparable"),
        Column::Number("customers lost"),
    ];
    show::table(&columns, rows.collect())?;
    if number(&answer["left_out"]) > 0 {
        show::line(format!("… and {} that fewer customers met", show::count(number(&answer["left_out"]))))?;
    }
    show::line(
        "\ncustomers lost: beyond comparable ones who did not meet it; an association, with its interval of 95 %",
    )
}

fn called(kind: &str) -> &'static str {
    match kind {
        "loop" => "loop",
        "alternation" => "back and forth",
        "repeated_contact" => "repeated contact",
        "wait" => "long wait",
        "error" => "error",
        _ => "abandonment",
    }
}

fn lost(found: &Value) -> String {
    let customers = |name: &str| found[name].as_f64().map(|customers| format!("{customers:.1}"));
    match (customers("customers"), customers("low"), customers("high")) {
        (Some(customers), Some(low), Some(high)) => format!("{customers} ({low} to {high})"),
        _ => String::new(),
    }
}
