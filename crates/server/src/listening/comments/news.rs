//! What is new: words and topics that are more frequent in the comments of the last seven days than in those of the eight
//! weeks before.

use std::collections::{BTreeMap, HashSet};

use domain::Result;
use domain::time::{add_days, format_instant};
use journey::contrast::{Contrast, Counted, LogFactorials, contrast};
use journey::surprise::false_discovery;
use search::{Comment, Filter};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::AskedComments;
use super::dto::{CommentDto, Writer};
use super::quotes::choose_of;
use super::sample::{MOST_READ, Sample};
use super::themes::CommentShareDto;
use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::error::ApiError;
use crate::finding::FindingDto;
use crate::journeys::unknown;
use crate::organisation::find_organisation;

const DAYS: i64 = 7;
const DAYS_BEFORE: i64 = 56;
/// Comments that a week and the time before need.
const LEAST_COMMENTS: u64 = 20;
/// Comments of the week that need to say it, of so many customers.
const LEAST_SAYING: u64 = 4;
const LEAST_CUSTOMERS: usize = 3;
/// The share of false discoveries that is accepted.
const LEVEL: f64 = 0.05;
const MOST_NEWS: usize = 20;
const QUOTES: usize = 2;

/// A question about what is new.
#[derive(Debug)]
pub struct NewsQuestion {
    asked: AskedComments,
}

impl NewsQuestion {
    pub fn read(pairs: Vec<(String, String)>) -> Result<NewsQuestion, ApiError> {
        let mut asked = AskedComments::default();
        for (name, value) in pairs {
            if matches!(name.as_str(), "from" | "days") {
                return Err(ApiError::invalid(format!(
                    "what is new is always of {DAYS} days and the {} weeks before; leave `{name}` out, and send `to` for days that \
                     are over",
                    DAYS_BEFORE / 7
                )));
            }
            if asked.take(&name, value)?.is_some() {
                return Err(unknown("a question about what is new", &name));
            }
        }
        asked.check()?;
        Ok(NewsQuestion { asked })
    }
}

/// What is new in comments.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentNews)]
pub struct NewsDto {
    /// The first day of the week.
    #[schema(example = "2026-03-24")]
    pub from: String,
    /// The day after its last.
    #[schema(example = "2026-03-31")]
    pub to: String,
    /// The first day of the time before, which ends where the week begins.
    pub before_from: String,
    /// Comments of the week, and of the time before.
    pub comments: u64,
    pub comments_before: u64,
    /// Of fewer comments in either, nothing is called new.
    pub minimum: u64,
    /// Words and topics that were compared.
    pub compared: u64,
    /// The surest first. At most one in twenty of them is there by chance.
    pub news: Vec<NewsItemDto>,
    pub findings: Vec<FindingDto>,
}

/// Something that is more frequent than before.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentNewsItem)]
pub struct NewsItemDto {
    /// `word` or `topic`.
    pub kind: &'static str,
    /// The word as it is mostly written, or the topic.
    #[schema(example = "cremallera")]
    pub what: String,
    /// How the topic is judged: `negative`, `neutral` or `positive`; absent where that does not matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judgement: Option<String>,
    /// In the comments of the week.
    pub now: CommentShareDto,
    /// In those before.
    pub before: CommentShareDto,
    /// Who said it in the week.
    pub customers: u64,
    /// So many times the odds of before, drawn towards no difference where few say it: 2 is twice.
    pub odds_ratio: f64,
    /// Lower end of the interval of 95 %.
    pub low: f64,
    /// Upper end of the interval of 95 %.
    pub high: f64,
    /// The share of false discoveries among all that are as sure.
    pub false_discovery_rate: f64,
    /// Two that stand for those who say it.
    pub quotes: Vec<CommentDto>,
}

/// A word or a topic on its way to being news.
struct Item {
    kind: &'static str,
    what: String,
    judgement: Option<String>,
    counted: Counted,
    /// The comments of the week that say it, by their places in the sample.
    saying: Vec<usize>,
    customers: u64,
}

pub fn list_news(app: &App, asked: &NewsQuestion, by: &Identity, sight: &Sight) -> Result<NewsDto> {
    let calendar = find_organisation(app)?.calendar;
    let to = match &asked.asked.extent.to {
        Some(day) => calendar.day_of(calendar.start_of_day_ms(day)?)?,
        None => add_days(calendar.day_of(app.clock.now_ms())?, 1),
    };
    let (from, before_from) = (add_days(to, -DAYS), add_days(to, -DAYS - DAYS_BEFORE));
    let mut narrowed = asked.asked.clone();
    narrowed.extent.from = Some(before_from.to_string());
    narrowed.extent.to = Some(to.to_string());
    let (index, _, filter) = narrowed.find(app, sight)?;
    let week_ms = calendar.start_ms(from)?;
    let is_now = |comment: &Comment| comment.occurred_at >= week_ms;
    let sample = Sample::read(app, &index, &filter)?;
    let mut findings = Vec::new();
    if sample.total > MOST_READ as u64 {
        let detail = format!("the newest {MOST_READ} of {} comments were compared", sample.total);
        findings.push(FindingDto { code: "newest_comments_read", detail });
    }
    let (all, with) = sample.count(|comment| Some(usize::from(!is_now(comment))));
    let [comments, comments_before] = all;
    let mut answer = NewsDto {
        from: from.to_string(),
        to: to.to_string(),
        before_from: before_from.to_string(),
        comments,
        comments_before,
        minimum: LEAST_COMMENTS,
        compared: 0,
        news: Vec::new(),
        findings,
    };
    if comments < LEAST_COMMENTS || comments_before < LEAST_COMMENTS {
        answer.findings.push(too_few(&index.newest(&Filter { from_ms: None, to_ms: None, ..filter }, 1)?.comments));
        return Ok(answer);
    }
    let mut items = list_words(app, &sample, all, &with, is_now);
    items.extend(list_topics(app, &sample, all, is_now));
    answer.compared = items.len() as u64;
    let factorials = LogFactorials::up_to(comments + comments_before);
    let chances: Vec<f64> = items.iter().map(|item| factorials.chance_of_as_many(item.counted)).collect();
    let rates = false_discovery(&chances);
    let mut found: Vec<(f64, f64, Contrast, Item)> = Vec::new();
    for ((item, rate), chance) in items.into_iter().zip(rates).zip(chances) {
        let Some(contrast) = contrast(item.counted).filter(|it| rate <= LEVEL && it.odds_ratio > 1.0) else { continue };
        if item.customers >= LEAST_CUSTOMERS as u64 {
            found.push((chance, rate, contrast, item));
        }
    }
    found.sort_by(|a, b| {
        a.0.total_cmp(&b.0).then_with(|| b.2.z.total_cmp(&a.2.z)).then_with(|| a.3.what.cmp(&b.3.what))
    });
    found.truncate(MOST_NEWS);
    let mut writer = Writer::new(app, by, sight);
    for (_, rate, contrast, item) in found {
        let Counted { first, second } = item.counted;
        let (Some(now), Some(before)) =
            (CommentShareDto::of(first.0, first.1, 1), CommentShareDto::of(second.0, second.1, 1))
        else {
            continue;
        };
        let saying: Vec<&Comment> = item.saying.iter().map(|place| &sample.comments[*place]).collect();
        let asked_words = if item.kind == "word" { search::Cutter::default().cut(&item.what, &[]) } else { Vec::new() };
        let chosen = choose_of(&saying, QUOTES).into_iter();
        answer.news.push(NewsItemDto {
            kind: item.kind,
            what: item.what,
            judgement: item.judgement,
            now,
            before,
            customers: item.customers,
            odds_ratio: contrast.odds_ratio,
            low: contrast.low,
            high: contrast.high,
            false_discovery_rate: rate,
            quotes: chosen.map(|place| writer.write(saying[place].clone(), &asked_words)).collect(),
        });
    }
    Ok(answer)
}

fn too_few(newest: &[(search::Place, Comment)]) -> FindingDto {
    let newest = newest.first().map(|(_, comment)| format_instant(comment.occurred_at));
    let hint = match newest {
        Some(at) => format!("the newest one is of {}; send `to` for a week of before", &at[..10]),
        None => "nobody has written any".to_owned(),
    };
    let detail =
        format!("fewer than {LEAST_COMMENTS} comments in the week or before it: nothing is called new; {hint}");
    FindingDto { code: "too_few_comments", detail }
}

fn customers_of(app: &App, sample: &Sample, saying: &[usize]) -> u64 {
    saying.iter().map(|place| app.log.customer_of(sample.comments[*place].node)).collect::<HashSet<_>>().len() as u64
}

fn list_words(
    app: &App,
    sample: &Sample,
    all: [u64; 2],
    with: &[[u64; 2]],
    is_now: impl Fn(&Comment) -> bool,
) -> Vec<Item> {
    let mut saying: Vec<Vec<usize>> = vec![Vec::new(); with.len()];
    for (place, stems) in sample.stems.iter().enumerate().filter(|(place, _)| is_now(&sample.comments[*place])) {
        stems.iter().for_each(|stem| saying[*stem as usize].push(place));
    }
    let mut items = Vec::new();
    for (stem, saying) in saying.into_iter().enumerate().filter(|(_, saying)| saying.len() as u64 >= LEAST_SAYING) {
        items.push(Item {
            kind: "word",
            what: sample.names[stem].clone(),
            judgement: None,
            counted: Counted { first: (with[stem][0], all[0]), second: (with[stem][1], all[1]) },
            customers: customers_of(app, sample, &saying),
            saying,
        });
    }
    items
}

/// In how many comments something is said, in the week and before, and which comments of the week say it.
#[derive(Default)]
struct Said {
    counts: [u64; 2],
    saying: Vec<usize>,
}

fn list_topics(app: &App, sample: &Sample, all: [u64; 2], is_now: impl Fn(&Comment) -> bool) -> Vec<Item> {
    let mut found: BTreeMap<(String, Option<String>), Said> = BTreeMap::new();
    for (place, comment) in sample.comments.iter().enumerate() {
        let said = comment.topics.iter();
        let own: HashSet<(String, Option<String>)> = said
            .flat_map(|said| [(said.topic.clone(), None), (said.topic.clone(), Some(said.judgement.clone()))])
            .collect();
        for topic in own {
            let said = found.entry(topic).or_default();
            said.counts[usize::from(!is_now(comment))] += 1;
            if is_now(comment) {
                said.saying.push(place);
            }
        }
    }
    let often = found.into_iter().filter(|(_, said)| said.counts[0] >= LEAST_SAYING);
    let item = |((what, judgement), Said { counts, saying })| Item {
        kind: "topic",
        what,
        judgement,
        counted: Counted { first: (counts[0], all[0]), second: (counts[1], all[1]) },
        customers: customers_of(app, sample, &saying),
        saying,
    };
    often.map(item).collect()
}
