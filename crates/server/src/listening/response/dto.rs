//! What goes over the wire about who answered.

use domain::ports::AnonymousCounts;
use journey::response::{Contrast, Stages};
use serde::Serialize;
use utoipa::ToSchema;

use crate::finding::FindingDto;
use crate::journeys::OverDto;

/// How comparisons of what was only observed are to be read.
const ASSOCIATION: &str = "association";

/// Who answered a survey and who did not.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SurveyResponseRate)]
pub struct ResponseDto {
    /// By name.
    pub survey: String,
    pub whole: StagesDto,
    /// Invitations told apart by channel, unit, touchpoint and segment; what none has is not among them.
    pub breakdowns: Vec<ResponseBreakdownDto>,
    /// What those who answered and those who did not have been compared in, the largest difference first.
    pub differences: Vec<ResponseDifferenceDto>,
    /// Always `association`: it says nothing of why somebody did not answer.
    pub reading: &'static str,
    /// Invitations of the last seven days: their answers may still come.
    pub recent: u64,
    /// Answers in the period of customers who had not been invited.
    pub uninvited: u64,
    pub anonymous: AnonymousCountsDto,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

/// How many invitations came how far.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResponseStages)]
pub struct StagesDto {
    /// Invitations.
    pub invited: u64,
    /// Customers who were invited.
    pub customers: u64,
    /// The page was seen, whatever came after; so on for all below.
    pub shown: u64,
    pub started: u64,
    pub answered: u64,
    /// Started, and neither answered nor refused.
    pub partial: u64,
    /// Of these, those that were left for a day.
    pub abandoned: u64,
    pub refused: u64,
    /// Answered of invited, 0 to 1; none where nobody was invited.
    pub rate: Option<f64>,
    /// Ends of its interval of 95 %, in which several invitations of a customer are not independent.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl From<Stages> for StagesDto {
    fn from(stages: Stages) -> StagesDto {
        let Stages { invited, customers, shown, started, answered, partial, abandoned, refused, rate } = stages;
        StagesDto {
            invited,
            customers,
            shown,
            started,
            answered,
            partial,
            abandoned,
            refused,
            rate: rate.map(|rate| rate.share),
            low: rate.map(|rate| rate.low),
            high: rate.map(|rate| rate.high),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResponseBreakdown)]
pub struct ResponseBreakdownDto {
    /// `channel`, `unit`, `touchpoint` or `segment`.
    #[schema(example = "channel")]
    pub by: &'static str,
    /// Those with most invitations first; `(none)` are those without a value. Segments overlap.
    pub groups: Vec<ResponseGroupDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResponseGroup)]
pub struct ResponseGroupDto {
    /// The name of a segment, otherwise the value.
    pub value: String,
    #[serde(flatten)]
    pub stages: StagesDto,
}

/// How those who answered differ from those who did not, in one thing that was known before.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResponseDifference)]
pub struct ResponseDifferenceDto {
    /// `purchases`, `contacts` (in the year before the invitation), `months_known` (at most twelve), or `channel`, `unit`,
    /// `touchpoint` or `segment` with its value.
    #[schema(example = "purchases")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Mean of the invitations that were answered; a share, 0 to 1, where there is a value.
    pub answered: f64,
    /// Of those that were not.
    pub unanswered: f64,
    /// The difference of both in standard deviations.
    pub difference: f64,
    /// Lower end of its interval of 95 %.
    pub low: f64,
    /// Upper end of its interval of 95 %.
    pub high: f64,
    /// How often such a difference comes where there is none, adjusted over all that is compared.
    pub adjusted_p: f64,
    /// Whether that is below 0.05.
    pub is_found: bool,
}

impl ResponseDifferenceDto {
    pub fn new(kind: &'static str, value: Option<String>, contrast: &Contrast) -> ResponseDifferenceDto {
        let Contrast { answered, unanswered, difference, low, high, adjusted_p, is_found, .. } = *contrast;
        ResponseDifferenceDto { kind, value, answered, unanswered, difference, low, high, adjusted_p, is_found }
    }
}

/// What belongs to nobody: links without customer that were made in the period, and answers that were given in it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AnonymousCounts)]
pub struct AnonymousCountsDto {
    /// Links for one use.
    pub invitations: u64,
    pub shown: u64,
    pub started: u64,
    pub answered: u64,
    pub refused: u64,
    /// Answers that were begun and not sent, by the open link too.
    pub partial: u64,
    /// Answers that were sent, by the open link too.
    pub complete: u64,
}

impl From<AnonymousCounts> for AnonymousCountsDto {
    fn from(counts: AnonymousCounts) -> AnonymousCountsDto {
        let AnonymousCounts { invitations, shown, started, answered, refused, partial, complete } = counts;
        AnonymousCountsDto { invitations, shown, started, answered, refused, partial, complete }
    }
}

impl ResponseDto {
    /// Of nobody.
    pub fn none(survey: String, over: OverDto) -> ResponseDto {
        ResponseDto {
            survey,
            whole: Stages::default().into(),
            breakdowns: Vec::new(),
            differences: Vec::new(),
            reading: ASSOCIATION,
            recent: 0,
            uninvited: 0,
            anonymous: AnonymousCounts::default().into(),
            over,
            findings: Vec::new(),
        }
    }
}
