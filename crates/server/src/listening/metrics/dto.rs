//! What goes over the wire about metrics.

use domain::{Error, Result};
use journey::score::metric::{Example, Formula, Metric};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::service::KnownMetric;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Metrics)]
pub struct MetricsDto {
    pub metrics: Vec<MetricDto>,
}

/// How answers become a score.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Metric)]
pub struct MetricDto {
    #[schema(example = "nps")]
    pub name: String,
    /// Whether the organisation defined it.
    pub is_own: bool,
    #[serde(flatten)]
    pub definition: MetricDefinition,
    /// The lowest and the highest score.
    pub range: [f64; 2],
}

/// What a metric is.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricDefinition {
    /// The property of events that holds the answer.
    #[schema(example = "nps")]
    pub property: String,
    /// `net_share`: the percentage of answers from `promoters_from` on less that of those up to `detractors_to`; `top_boxes`: the
    /// percentage of answers from `top_from` on; `mean`.
    #[schema(example = "net_share")]
    pub formula: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detractors_to: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promoters_from: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_from: Option<f64>,
    /// The lowest and the highest answer, at most 10,000 from zero.
    pub answers: [f64; 2],
    pub definition: MetricTexts,
    /// Where the definition comes from.
    pub source: String,
    pub example: MetricExample,
}

/// What a score says, in one sentence of 1 to 400 characters.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricTexts {
    pub es: String,
    pub en: String,
}

/// Some answers and their score, by which the formula is tested.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricExample {
    /// 1 to 100 answers with how many gave each.
    pub answers: Vec<ExampleAnswer>,
    /// May be rounded to the hundredth.
    #[schema(example = 30.0)]
    pub score: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExampleAnswer {
    #[schema(example = 9.0)]
    pub answer: f64,
    #[schema(example = 50)]
    pub count: u64,
}

/// A metric to be defined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMetric {
    /// 1 to 40 small letters, digits and `_`, a letter first. Those of metrics that come with the program are taken.
    #[schema(example = "warmth")]
    pub name: String,
    #[serde(flatten)]
    pub definition: MetricDefinition,
}

impl From<&KnownMetric> for MetricDto {
    fn from(known: &KnownMetric) -> MetricDto {
        let metric = &known.metric;
        MetricDto {
            name: metric.name.to_string(),
            is_own: known.is_own,
            definition: MetricDefinition::of(metric),
            range: metric.range().into(),
        }
    }
}

impl MetricDefinition {
    pub fn of(metric: &Metric) -> MetricDefinition {
        let (mut detractors_to, mut promoters_from, mut top_from) = (None, None, None);
        let formula = match metric.formula {
            Formula::NetShare { detractors_to: to, promoters_from: from } => {
                (detractors_to, promoters_from) = (Some(to), Some(from));
                "net_share"
            }
            Formula::TopBoxes { from } => {
                top_from = Some(from);
                "top_boxes"
            }
            Formula::Mean => "mean",
        };
        let (answers, score) = metric.example.as_ref().map_or((&[][..], 0.0), |it| (&*it.answers, it.score));
        let answers = answers.iter().map(|&(answer, count)| ExampleAnswer { answer, count }).collect();
        MetricDefinition {
            property: metric.property.to_string(),
            formula: formula.to_owned(),
            detractors_to,
            promoters_from,
            top_from,
            answers: metric.answers.into(),
            definition: MetricTexts { es: metric.definition.es.to_string(), en: metric.definition.en.to_string() },
            source: metric.source.to_string(),
            example: MetricExample { answers, score },
        }
    }

    /// The metric of this name, tested by its example.
    pub fn to_metric(&self, name: &str) -> Result<Metric> {
        let answers = (self.answers[0], self.answers[1]);
        let MetricTexts { es, en } = &self.definition;
        let counted = self.example.answers.iter().map(|answer| (answer.answer, answer.count)).collect();
        let example = Example { answers: counted, score: self.example.score };
        Metric::custom(name, &self.property, self.read_formula()?, answers)?
            .said(es.trim(), en.trim(), self.source.trim())
            .with_example(example)
    }

    /// The formula, with the bounds that it needs and no others.
    fn read_formula(&self) -> Result<Formula> {
        let bounds = (self.detractors_to, self.promoters_from, self.top_from);
        match (self.formula.as_str(), bounds) {
            ("net_share", (Some(detractors_to), Some(promoters_from), None)) => {
                Ok(Formula::NetShare { detractors_to, promoters_from })
            }
            ("net_share", _) => {
                Err(Error::invalid("`net_share` needs `detractors_to` and `promoters_from`, and no `top_from`"))
            }
            ("top_boxes", (None, None, Some(from))) => Ok(Formula::TopBoxes { from }),
            ("top_boxes", _) => Err(Error::invalid("`top_boxes` needs `top_from`, and no other bound")),
            ("mean", (None, None, None)) => Ok(Formula::Mean),
            ("mean", _) => {
                Err(Error::invalid("`mean` has no bound; leave `detractors_to`, `promoters_from` and `top_from` out"))
            }
            (other, _) => {
                Err(Error::invalid(format!("`formula` is `net_share`, `top_boxes` or `mean`, not `{other}`")))
            }
        }
    }
}
