//! `/api/v1/journeys/paths`.

use domain::Result;
use utoipa::IntoParams;

use super::asked::{AskedPaths, WrittenAnchor};
use super::dto::{PathDto, PathsDto, PathsTailDto};
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, Sight};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, QueryPairs};
use crate::journeys::moment::{Extent, ExtentParams, Moment};
use crate::journeys::routes::{read, unknown};
use crate::openapi::Problem;

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct PathsParams {
    /// The activity with which the paths start. Exactly one of `from_activity`, `to_activity`, `through` and `start`.
    from_activity: Option<String>,
    /// The activity with which the paths end.
    to_activity: Option<String>,
    /// An activity in the middle of the paths.
    through: Option<String>,
    /// With `through`: activities before it; half of the others unless told.
    before: Option<usize>,
    /// Whole histories (or visits), each as one path.
    start: Option<bool>,
    /// Activities of a path, at most of one from the start: 1 to 64; 5 unless told, and 64 from the start.
    length: Option<usize>,
    /// Paths shown, the most frequent ones: 1 to 10,000; 50 unless told.
    top: Option<usize>,
    /// `history`, all that a customer did, or `visit`, events on one channel with less than 30 minutes between them.
    within: Option<String>,
    /// Whether an activity that directly repeats itself counts once.
    collapsed: Option<bool>,
}

/// Lists the paths that customers took from an activity on, to it, through it, or from their start.
#[utoipa::path(get, path = "/api/v1/journeys/paths", tag = "journeys", security(("key" = ["read"])), params(PathsParams, ExtentParams),
    responses((status = 200, body = PathsDto), Problem))]
pub async fn list_paths(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<PathsDto>> {
    let (mut asked, mut extent) = (AskedPaths::default(), Extent::default());
    for (name, value) in pairs.0 {
        let Some(value) = extent.take(&name, value)? else { continue };
        let Some(value) = asked.take(&name, value)? else { continue };
        match name.as_str() {
            "from_activity" => asked.hold(WrittenAnchor::From(value))?,
            "to_activity" => asked.hold(WrittenAnchor::To(value))?,
            "through" => asked.hold(WrittenAnchor::Through(value))?,
            "start" => {
                if read(&name, &value, "true or false")? {
                    asked.hold(WrittenAnchor::Start)?;
                }
            }
            other => return Err(unknown("a question about paths", other)),
        }
    }
    if asked.anchor.is_none() {
        return Err(ApiError::invalid(
            "paths need a place to be held at: send `from_activity=…`, `to_activity=…`, `through=…` or `start=true`",
        ));
    }
    asked.top()?;
    app.query(move |app| compute_paths(app, &asked, &extent, &may.sight)).await.map(Json)
}

fn compute_paths(app: &App, asked: &AskedPaths, extent: &Extent, sight: &Sight) -> Result<PathsDto> {
    let moment = Moment::now(app, extent, sight)?;
    let answer = moment.ask(asked.question(&moment)?)?;
    let mut paths: Vec<_> = answer
        .paths
        .into_iter()
        .map(|path| PathDto {
            activities: path.activities.into_iter().map(|code| moment.vocabulary.label(code)).collect(),
            goes_on: path.goes_on,
            count: path.count,
            customers: path.customers,
            share: path.share,
        })
        .collect();
    let rank = |path: &PathDto| (std::cmp::Reverse(path.count), path.activities.clone(), path.goes_on);
    paths.sort_by_cached_key(rank);
    let over = moment.over()?;
    Ok(PathsDto {
        paths,
        tail: PathsTailDto { count: answer.tail.count, share: answer.tail.share },
        occurrences: answer.occurrences,
        findings: moment.findings(&over),
        over,
    })
}
