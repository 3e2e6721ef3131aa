//! `vivencia journeys …`

mod effort;
mod frictions;
mod funnel;

use std::process::ExitCode;

use serde_json::Value;

use super::Context;
use super::customers::write_rows;
use super::returning;
use crate::cli::{ElementArgs, FrictionArgs, FunnelArgs, JourneysCommand, PathArgs, PeriodArgs};
use crate::client::{PathWithQuery, RequestBody};
use crate::show::{self, Column};

/// Rows of the map that a terminal shows.
const SHOWN_EDGES: usize = 40;

pub fn run(context: &Context<'_>, command: JourneysCommand) -> anyhow::Result<ExitCode> {
    let (target, path, shown, write): (_, _, _, fn(&Value) -> anyhow::Result<()>) = match command {
        JourneysCommand::Funnel {
            target,
            steps,
            window,
            funnel,
            compare,
            of_segment,
            times,
            after_dropping,
            period,
            shown,
        } => {
            let path = PathWithQuery::new("/api/v1/journeys/funnel");
            let path = steps.0.iter().fold(path, |path, step| path.with("step", step));
            let path = with_funnel(path, &funnel).with("window", &window).with_flag("after_dropping", after_dropping);
            let path = compare.iter().fold(path, |path, value| path.with("compare", value));
            let path = of_segment.iter().fold(path, |path, segment| path.with("of_segment", segment));
            (target, within(path, &period), shown, if times { funnel::write_with_times } else { funnel::write })
        }
        JourneysCommand::Map { target, medians, period, shown } => {
            let path = PathWithQuery::new("/api/v1/journeys/map").with_flag("medians", medians);
            (target, within(path, &period), shown, write_map)
        }
        JourneysCommand::Paths {
            target,
            from_activity,
            to_activity,
            through,
            start,
            length,
            top,
            paths,
            period,
            shown,
        } => {
            let path = PathWithQuery::new("/api/v1/journeys/paths")
                .with_some("from_activity", from_activity.as_deref())
                .with_some("to_activity", to_activity.as_deref())
                .with_some("through", through.as_deref())
                .with_flag("start", start)
                .with_some("length", number_text(length).as_deref())
                .with_some("top", number_text(top).as_deref());
            let path = with_paths(path, &paths);
            (target, within(path, &period), shown, write_paths)
        }
        JourneysCommand::Retention(args) => {
            let path = returning::retention_path(&args);
            (args.target, path, args.shown, returning::write_retention)
        }
        JourneysCommand::LifeCycle(args) => {
            let path = returning::life_cycle_path(&args);
            (args.target, path, args.shown, returning::write_life_cycle)
        }
        JourneysCommand::Attribution(args) => {
            let path = returning::attribution_path(&args);
            (args.target, path, args.shown, returning::write_attribution)
        }
        JourneysCommand::Daily(args) => {
            let path = returning::daily_path(&args);
            (args.target, path, args.shown, returning::write_daily)
        }
        JourneysCommand::Effort { target, goal, start, weeks, period, shown } => {
            let path = goals(PathWithQuery::new("/api/v1/journeys/effort"), &goal, &start);
            let path = path.with_some("weeks", number_text(weeks).as_deref());
            (target, within(path, &period), shown, effort::write)
        }
        JourneysCommand::Frictions {
            target,
            frictions: asked,
            goal,
            start,
            window,
            value,
            currency,
            top,
            period,
            shown,
        } => {
            let path = goals(PathWithQuery::new("/api/v1/journeys/frictions"), &goal, &start);
            let path = with_frictions(path, &asked)
                .with_some("window", window.as_deref())
                .with_some("value", value.as_deref())
                .with_some("currency", currency.as_deref())
                .with("top", &top.to_string());
            (target, within(path, &period), shown, frictions::write)
        }
        JourneysCommand::Customers { target, element, period, limit, after, shown } => {
            let path = behind(PathWithQuery::new("/api/v1/journeys/customers"), &element)
                .with("limit", &limit.to_string())
                .with_some("after", after.as_deref());
            (target, within(path, &period), shown, write_customers)
        }
    };
    context.client(&target)?.show("GET", path.build(), RequestBody::Empty, shown, |answer| {
        write(answer)?;
        write_over(answer)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn number_text(number: Option<u16>) -> Option<String> {
    number.map(|number| number.to_string())
}

fn with_funnel(path: PathWithQuery, funnel: &FunnelArgs) -> PathWithQuery {
    path.with_some("window_runs", funnel.window_runs.as_deref())
        .with_some("order", funnel.order.as_deref())
        .with_some("count", funnel.count.as_deref())
        .with_some("by", funnel.by.as_deref())
}

fn goals(path: PathWithQuery, goal: &[String], start: &[String]) -> PathWithQuery {
    let path = goal.iter().fold(path, |path, activity| path.with("goal", activity));
    start.iter().fold(path, |path, activity| path.with("start", activity))
}

fn with_frictions(path: PathWithQuery, asked: &FrictionArgs) -> PathWithQuery {
    path.with_some("horizon", asked.horizon.as_deref())
        .with_some("repetitions", number_text(asked.repetitions).as_deref())
        .with_some("contact_span", asked.contact_span.as_deref())
}

fn with_paths(path: PathWithQuery, paths: &PathArgs) -> PathWithQuery {
    path.with_some("before", number_text(paths.before).as_deref())
        .with_some("within", paths.within.as_deref())
        .with_flag("collapsed", paths.collapsed)
}

pub fn behind(path: PathWithQuery, element: &ElementArgs) -> PathWithQuery {
    let number = number_text;
    let path = path
        .with_flag("everybody", element.everybody)
        .with_some("activity", element.activity.as_deref())
        .with_some("from_activity", element.from_activity.as_deref())
        .with_some("to_activity", element.to_activity.as_deref())
        .with_some("starts_with", element.starts_with.as_deref())
        .with_some("ends_with", element.ends_with.as_deref())
        .with_flag("ends", element.ends)
        .with_some("tail_of", element.tail_of.as_deref())
        .with_some("paths_from", element.paths_from.as_deref())
        .with_some("paths_to", element.paths_to.as_deref())
        .with_some("paths_through", element.paths_through.as_deref())
        .with_flag("paths_start", element.paths_start)
        .with_flag("tail", element.tail)
        .with_some("goes_on", element.goes_on.map(|goes_on| goes_on.to_string()).as_deref())
        .with_some("value", element.value.as_deref())
        .with_some("position", number(element.position).as_deref())
        .with_some("length", number(element.length).as_deref())
        .with_some("top", number(element.top).as_deref())
        .with_some("window", element.window.as_deref())
        .with_some("reached", number(element.reached).as_deref())
        .with_some("dropped_after", number(element.dropped_after).as_deref());
    let path = with_paths(with_funnel(path, &element.funnel), &element.paths)
        .with_some("friction", element.friction.as_deref())
        .with_some("measure", element.measure.as_deref())
        .with_some("at_least", element.at_least.map(|least| least.to_string()).as_deref());
    let path = with_frictions(goals(path, &element.goal, &element.start), &element.frictions);
    let activities = element.path.iter().flat_map(|path| &path.0);
    let path = activities.fold(path, |path, activity| path.with("path", activity));
    let activities = element.passing.iter().flat_map(|passing| &passing.0);
    let path = activities.fold(path, |path, activity| path.with("passing", activity));
    element.steps.iter().flat_map(|steps| &steps.0).fold(path, |path, step| path.with("step", step))
}

pub(super) fn within(path: PathWithQuery, period: &PeriodArgs) -> PathWithQuery {
    let path = path.with_some("from", period.from.as_deref()).with_some("to", period.to.as_deref());
    let path = path.with_some("days", period.days.map(|days| days.to_string()).as_deref());
    let repeated =
        [("channel", &period.channels), ("segment", &period.segments), ("without_segment", &period.without_segments)];
    let pairs = repeated.into_iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
    pairs.fold(path, |path, (name, value)| path.with(name, value))
}

pub(super) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

pub(super) fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

fn time(value: &Value) -> String {
    value.as_f64().map(show::duration).unwrap_or_default()
}

fn write_customers(answer: &Value) -> anyhow::Result<()> {
    write_rows(answer)?;
    show::line(format!("\n{} customers", show::count(number(&answer["total"]))))
}

fn write_map(answer: &Value) -> anyhow::Result<()> {
    let nodes = list(answer, "nodes");
    let end = |name: &str, activity: &Value| {
        list(answer, name).iter().find(|end| end["activity"] == *activity).map_or(0, |end| number(&end["customers"]))
    };
    let mut by_events: Vec<&Value> = nodes.iter().collect();
    by_events.sort_by_key(|node| std::cmp::Reverse(number(&node["events"])));
    let rows = by_events.iter().map(|node| {
        vec![
            show::text(&node["activity"]),
            show::count(number(&node["events"])),
            show::count(number(&node["customers"])),
            show::count(end("starts", &node["activity"])),
            show::count(end("ends", &node["activity"])),
        ]
    });
    let columns = [
        Column::Text("activity"),
        Column::Number("events"),
        Column::Number("customers"),
        Column::Number("start here"),
        Column::Number("end here"),
    ];
    show::table(&columns, rows.collect())?;

    let edges = list(answer, "edges");
    let has_medians = edges.iter().any(|edge| edge["median_ms"].is_number());
    let mut by_events: Vec<&Value> = edges.iter().collect();
    by_events.sort_by_key(|edge| std::cmp::Reverse(number(&edge["events"])));
    let rows = by_events.iter().take(SHOWN_EDGES).map(|edge| {
        let mut row = vec![
            show::text(&edge["from"]),
            show::text(&edge["to"]),
            show::count(number(&edge["events"])),
            show::count(number(&edge["customers"])),
            time(&edge["mean_ms"]),
        ];
        if has_medians {
            row.push(time(&edge["median_ms"]));
        }
        row
    });
    let mut columns = vec![
        Column::Text("from"),
        Column::Text("to"),
        Column::Number("events"),
        Column::Number("customers"),
        Column::Number("mean time"),
    ];
    if has_medians {
        columns.push(Column::Number("median time"));
    }
    show::line("")?;
    show::table(&columns, rows.collect())?;
    if edges.len() > SHOWN_EDGES {
        show::line(format!("… and {} rarer ones (--format json has all)", edges.len() - SHOWN_EDGES))?;
    }
    Ok(())
}

fn write_paths(answer: &Value) -> anyhow::Result<()> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for path in list(answer, "paths") {
        let mut activities: Vec<String> = list(path, "activities").iter().map(show::text).collect();
        if path["goes_on"] == true {
            activities.push("…".to_owned());
        }
        rows.push(vec![
            show::count(number(&path["count"])),
            show::count(number(&path["customers"])),
            show::share(path["share"].as_f64().unwrap_or_default()),
            activities.join(" › "),
        ]);
    }
    let tail = &answer["tail"];
    rows.push(vec![
        show::count(number(&tail["count"])),
        String::new(),
        show::share(tail["share"].as_f64().unwrap_or_default()),
        "all others".to_owned(),
    ]);
    let columns = [Column::Number("count"), Column::Number("customers"), Column::Number("share"), Column::Text("path")];
    show::table(&columns, rows)
}

/// What the answer is about, and what its reader should know.
fn write_over(answer: &Value) -> anyhow::Result<()> {
    let over = &answer["over"];
    let (events, customers) = (show::count(number(&over["events"])), show::count(number(&over["customers"])));
    let period = match (over["from"].as_str(), over["to"].as_str()) {
        (None, None) => String::new(),
        (from, to) => format!(", from {} to {}", from.unwrap_or("the beginning"), to.unwrap_or("now")),
    };
    let names = |name: &str, word: &str| {
        let named: Vec<String> = list(over, name).iter().map(show::text).collect();
        if named.is_empty() { String::new() } else { format!(", {word} {}", named.join(", ")) }
    };
    let among = names("channels", "on") + &names("segments", "in") + &names("without_segments", "not in");
    show::line(format!("\nover {events} events of {customers} customers{period}{among}"))?;
    let scanned: Vec<String> = list(over, "scanned").iter().map(show::text).collect();
    if !scanned.is_empty() {
        let scanned = scanned.join(", ");
        show::line(format!("read from the stored events: {scanned}; `timeline_properties` lays it out to be faster"))?;
    }
    for finding in list(answer, "findings") {
        show::line(format!("note: {}", show::text(&finding["detail"])))?;
    }
    Ok(())
}
