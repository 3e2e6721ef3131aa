//! Looking at a survey's file before it is kept: what is wrong with it, what its editor should know, and the page that customers
//! would see.

use std::collections::BTreeMap;

use domain::Result;
use domain::survey::{Finding, Piped, Problem, Survey, Theme, contrast};
use serde::Serialize;
use utoipa::ToSchema;

use super::page::{self, About, Asking, Message, Saying};
use crate::app::App;
use crate::organisation::find_organisation;

/// A preview is no page of a survey: nothing is sent from it.
const NOWHERE: &str = "/s/preview";
/// What the page is written on: its ground and its cards.
const LIGHT_PAPERS: [&str; 2] = ["#FBFAF7", "#FFFFFF"];
const DARK_PAPERS: [&str; 2] = ["#171614", "#211F1C"];

/// What is to be said about a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SurveyCheck)]
pub struct SurveyCheckDto {
    /// Without any the file can be kept.
    pub problems: Vec<SurveyProblemDto>,
    /// What refuses nothing and should be known.
    pub findings: Vec<SurveyProblemDto>,
    /// The pages that customers would see; absent while there are problems.
    pub preview: Option<SurveyPreviewDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SurveyProblem)]
pub struct SurveyProblemDto {
    /// JSON path.
    #[schema(example = "$.questions[2].text.es")]
    pub place: String,
    #[schema(example = "missing")]
    pub code: String,
    /// What is wrong and what to do.
    pub detail: String,
}

/// What customers would see, as HTML that belongs into a frame with a sandbox. The script in it sends nothing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SurveyPreview)]
pub struct SurveyPreviewDto {
    #[schema(example = "es")]
    pub language: String,
    /// The page that asks.
    pub page: String,
    /// The page after the answer.
    pub thanks: String,
    /// A style sheet with the colours of the survey, which is in neither page.
    pub style: Option<String>,
    pub accent: Option<SurveyAccentDto>,
}

/// How the accent of a survey is shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SurveyAccent)]
pub struct SurveyAccentDto {
    /// On light paper, after what was done for contrast.
    #[schema(example = "#8C2F5B")]
    pub light: String,
    /// The least contrast with what it stands on, 1 to 21 (WCAG 2.2).
    pub light_contrast: f64,
    pub dark: String,
    pub dark_contrast: f64,
}

impl From<Problem> for SurveyProblemDto {
    fn from(problem: Problem) -> Self {
        SurveyProblemDto { place: problem.place, code: problem.code.as_str().to_owned(), detail: problem.detail }
    }
}

impl From<Finding> for SurveyProblemDto {
    fn from(finding: Finding) -> Self {
        SurveyProblemDto { place: finding.place, code: finding.code.to_owned(), detail: finding.detail }
    }
}

impl From<&Theme> for SurveyAccentDto {
    fn from(theme: &Theme) -> Self {
        let (light, dark) = (theme.on_light(), theme.on_dark());
        let least = |colour: &str, papers: [&str; 2]| {
            papers.iter().filter_map(|paper| contrast(colour, paper)).fold(f64::INFINITY, f64::min)
        };
        let (light_contrast, dark_contrast) = (least(&light, LIGHT_PAPERS), least(&dark, DARK_PAPERS));
        SurveyAccentDto { light, light_contrast, dark, dark_contrast }
    }
}

/// Says everything about a file, and keeps nothing of it.
pub fn check(app: &App, file: &[u8], language: Option<&str>) -> Result<SurveyCheckDto> {
    let survey = match Survey::from_json(file) {
        Ok(survey) => survey,
        Err(problems) => {
            let problems = problems.into_iter().map(SurveyProblemDto::from).collect();
            return Ok(SurveyCheckDto { problems, findings: Vec::new(), preview: None });
        }
    };
    let organisation = find_organisation(app)?;
    let language = survey.speak(language.into_iter().chain([organisation.language.as_str()])).to_owned();
    let findings = survey.findings().into_iter().map(SurveyProblemDto::from).collect();
    let preview = show(&survey, &language, &organisation.name);
    Ok(SurveyCheckDto { problems: Vec::new(), findings, preview: Some(preview) })
}

fn show(survey: &Survey, language: &str, organisation: &str) -> SurveyPreviewDto {
    let piped = Piped::default();
    let asked = page::ask(&Asking {
        survey,
        language,
        organisation,
        address: NOWHERE,
        page: "preview",
        proof: "",
        remembered_as: "",
        version: 1,
        can_refuse: false,
        piped: &piped,
        given: &BTreeMap::new(),
        brought: false,
        problems: &[],
        notice: None,
        about: &About::default(),
        is_preview: true,
    });
    let message = Message::Thanks;
    let thanks = page::say(&Saying {
        message,
        survey: Some(survey),
        language,
        organisation,
        address: NOWHERE,
        piped: &piped,
        is_preview: true,
    });
    SurveyPreviewDto {
        language: language.to_owned(),
        page: asked,
        thanks,
        style: page::theme_style(survey),
        accent: survey.theme.as_ref().map(SurveyAccentDto::from),
    }
}
