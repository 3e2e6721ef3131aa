//! The colour of a survey, legible on both papers whatever was chosen.

use super::problem::Finding;

/// The papers on which the colour stands, as text and as the edge of what is chosen; text on the colour is of the first one.
const LIGHT_PAPERS: [Rgb; 2] = [Rgb([0xFF, 0xFF, 0xFF]), Rgb([0xFB, 0xFA, 0xF7])];
const DARK_PAPERS: [Rgb; 2] = [Rgb([0x17, 0x16, 0x14]), Rgb([0x21, 0x1F, 0x1C])];
/// WCAG 2.2, criterion 1.4.3.
const LEAST_CONTRAST: f64 = 4.5;
/// In so many steps a colour becomes black or white.
const STEPS: u16 = 100;

/// A colour for what can be chosen and pressed. No colour is legible both on white and on black paper, so there are always two:
/// what the survey names, each corrected where it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// `#RRGGBB`, as the survey names it.
    pub accent: String,
    /// The same for dark paper; made from `accent` where it is not named.
    pub accent_dark: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rgb([u8; 3]);

impl Theme {
    /// The colour on light paper, `#RRGGBB`: contrast of at least 4.5 with it, and with white text on it.
    pub fn on_light(&self) -> String {
        corrected(&self.accent, &LIGHT_PAPERS, 0x00)
    }

    /// The colour on dark paper, `#RRGGBB`: contrast of at least 4.5 with it, and with dark text on it.
    pub fn on_dark(&self) -> String {
        corrected(self.accent_dark.as_deref().unwrap_or(&self.accent), &DARK_PAPERS, 0xFF)
    }

    /// Colours that were named and had to be changed. A colour for dark paper that was not named is no finding.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let named = [
            ("$.theme.accent", "light", Some(&self.accent), self.on_light()),
            ("$.theme.accent_dark", "dark", self.accent_dark.as_ref(), self.on_dark()),
        ];
        let changed = named.into_iter().filter_map(|(place, paper, asked, shown)| {
            let asked = asked.filter(|asked| !asked.eq_ignore_ascii_case(&shown))?;
            let detail = format!(
                "{asked} has a contrast below {LEAST_CONTRAST} on {paper} paper; {shown} is shown in its place"
            );
            Some(Finding { place: place.to_owned(), code: "accent_corrected", detail })
        });
        changed.collect()
    }
}

/// Contrast of two colours written as `#RRGGBB`, 1 to 21, as WCAG 2.2 defines it; `None` for what is no colour.
pub fn contrast(one: &str, other: &str) -> Option<f64> {
    Some(Rgb::parse(one)?.contrast(Rgb::parse(other)?))
}

/// The colour, moved towards black or white only as far as it takes.
fn corrected(colour: &str, papers: &[Rgb; 2], towards: u8) -> String {
    // What `Survey::from_json` read is a colour.
    let asked = Rgb::parse(colour).unwrap_or(Rgb([towards; 3]));
    let is_legible = |colour: &Rgb| papers.iter().all(|paper| colour.contrast(*paper) >= LEAST_CONTRAST);
    let found = (0..=STEPS).map(|step| asked.mixed(towards, step)).find(is_legible);
    found.unwrap_or(Rgb([towards; 3])).to_string()
}

impl Rgb {
    fn parse(text: &str) -> Option<Rgb> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Rgb([channel(0)?, channel(2)?, channel(4)?]))
    }

    fn mixed(self, towards: u8, step: u16) -> Rgb {
        let mix = |channel: u8| {
            let sum = u16::from(channel) * (STEPS - step) + u16::from(towards) * step;
            u8::try_from((sum + STEPS / 2) / STEPS).unwrap_or(u8::MAX)
        };
        Rgb(self.0.map(mix))
    }

    /// Relative luminance, 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(self, other: Rgb) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Rgb([red, green, blue]) = self;
        write!(f, "#{red:02X}{green:02X}{blue:02X}")
    }
}
