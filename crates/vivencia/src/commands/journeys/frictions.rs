//! How frictions are shown.

use serde_json::Value;

use super::{list, number, time};
use crate::show::{self, Column};

pub fn write(answer: &Value) -> anyhow::Result<()> {
    let spending = &answer["spending"];
    let rows = list(answer, "frictions").iter().map(|friction| {
        let about: Vec<String> = list(friction, "about").iter().map(show::text).collect();
        let observed = number(&friction["observed"]);
        let threshold = &friction["threshold"]["longest_ms"];
        let beyond = if threshold.is_number() { format!(" beyond {}", time(threshold)) } else { String::new() };
        let mut row = vec![
            called(friction["kind"].as_str().unwrap_or_default()).to_owned(),
            about.join(" › ") + &beyond,
            show::count(number(&friction["customers"])),
            show::count(number(&friction["times"])),
            if observed > 0 { show::percent(number(&friction["comparable"]), observed) } else { String::new() },
            lost(&friction["lost"]),
        ];
        if spending.is_object() {
            row.push(spent_less(&friction["spent"]));
        }
        row
    });
    let mut columns = vec![
        Column::Text("friction"),
        Column::Text("about"),
        Column::Number("customers"),
        Column::Number("times"),
        Column::Number("comparable"),
        Column::Number("customers lost"),
    ];
    if spending.is_object() {
        columns.push(Column::Number("spent less"));
    }
    show::table(&columns, rows.collect())?;
    if number(&answer["left_out"]) > 0 {
        show::line(format!("… and {} that fewer customers met", show::count(number(&answer["left_out"]))))?;
    }
    show::line(
        "\ncustomers lost: beyond comparable ones who did not meet it; an association, with its interval of 95 %",
    )?;
    if spending.is_object() {
        let unit = spending["currency"].as_str().map(|currency| format!(" in {currency}")).unwrap_or_default();
        show::line(format!(
            "spent less: {}{unit} within {} after it, by all comparable together; an association too",
            show::text(&spending["property"]),
            time(&answer["horizon_ms"])
        ))?;
    }
    Ok(())
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
    with_interval(found, "customers", 1)
}

fn spent_less(found: &Value) -> String {
    with_interval(found, "less", 2)
}

/// A number with its interval; nothing where there is none.
fn with_interval(found: &Value, name: &str, decimals: usize) -> String {
    let told = |name: &str| found[name].as_f64().map(|number| format!("{number:.decimals$}"));
    match (told(name), told("low"), told("high")) {
        (Some(number), Some(low), Some(high)) => format!("{number} ({low} to {high})"),
        _ => String::new(),
    }
}
