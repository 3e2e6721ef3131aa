//! The use cases: names to codes, one moment of the timeline, the engine, codes to names.

use domain::Result;
use journey::process_map::ProcessMapQuestion;

use super::dto::{MapDto, MapEdgeDto, MapEndDto, MapNodeDto};
use super::moment::{Extent, Moment};
use crate::app::App;
use crate::auth::Sight;
use crate::finding::FindingDto;

/// The answer is ordered by names, so that it does not depend on the order in which the names arrived.
pub fn compute_map(app: &App, with_medians: bool, extent: &Extent, sight: &Sight) -> Result<MapDto> {
    let moment = Moment::now(app, extent, sight)?;
    let question = ProcessMapQuestion::new();
    let map = moment.ask(if with_medians { question.with_medians() } else { question })?;
    let label = |code| moment.vocabulary.label(code);
    let mut nodes: Vec<_> = map
        .nodes
        .into_iter()
        .map(|node| MapNodeDto { activity: label(node.activity), events: node.events, customers: node.customers })
        .collect();
    nodes.sort_unstable_by(|a, b| a.activity.cmp(&b.activity));
    let mut edges: Vec<_> = map
        .edges
        .into_iter()
        .map(|edge| MapEdgeDto {
            from: label(edge.from),
            to: label(edge.to),
            events: edge.events,
            customers: edge.customers,
            mean_ms: edge.mean_ms,
            median_ms: edge.median_ms,
        })
        .collect();
    edges.sort_unstable_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    let named_ends = |ends: Vec<journey::process_map::MapEnd>| {
        let mut ends: Vec<_> =
            ends.into_iter().map(|end| MapEndDto { activity: label(end.activity), customers: end.customers }).collect();
        ends.sort_unstable_by(|a, b| a.activity.cmp(&b.activity));
        ends
    };
    let over = moment.over()?;
    let mut findings = moment.findings(&over);
    if map.left_out.edges > 0 {
        let detail = format!("the {} rarest edges ({} events) are left out", map.left_out.edges, map.left_out.events);
        findings.push(FindingDto { code: "edges_left_out", detail });
    }
    Ok(MapDto { nodes, edges, starts: named_ends(map.starts), ends: named_ends(map.ends), over, findings })
}
