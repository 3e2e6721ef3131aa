//! The open link of a survey as a QR code (ISO/IEC 18004), for counters, receipts and doors.

use std::fmt::Write;

use domain::{Error, Result, SurveyId};
use qrcode::{Color, EcLevel, QrCode};

use super::service::{check_text, check_touchpoint, is_unit};
use crate::app::App;

/// Modules of white around the code, as the standard asks.
const QUIET: usize = 4;

/// Draws the code of the survey's open link, which says where it hangs.
pub fn draw(app: &App, id: SurveyId, touchpoint: Option<&str>, unit: Option<&str>) -> Result<String> {
    let survey = app.state.surveys.find_survey(id)?;
    let touchpoint = touchpoint.map(check_touchpoint).transpose()?;
    let unit = unit.map(|unit| check_text("unit", unit)).transpose()?;
    if let Some(unit) = &unit
        && !is_unit(app, unit)?
    {
        return Err(Error::invalid(format!("there is no unit `{unit}`; its answers would be of no unit")));
    }
    let fields: Vec<(&str, String)> = [("touchpoint", touchpoint), ("unit", unit)]
        .into_iter()
        .filter_map(|(name, text)| Some((name, text?)))
        .collect();
    let mut link = format!("{}/s/{}", app.base_url().unwrap_or_default(), survey.link_token);
    if !fields.is_empty() {
        // What is made of pairs of texts is always written.
        let _ = write!(link, "?{}", serde_urlencoded::to_string(&fields).unwrap_or_default());
    }
    svg(&link)
}

/// A drawing of one path: black on white whatever the page around it, because that is what cameras read.
fn svg(text: &str) -> Result<String> {
    // A seventh of the code may be dirty or torn.
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|cause| Error::invalid(format!("the link does not fit into a QR code: {cause}")))?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
        }
    }
    let size = width + 2 * QUIET;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>\n"
    ))
}
