//! Colours are legible whatever was chosen.

use proptest::prelude::*;

use super::*;

fn theme(accent: &str, accent_dark: Option<&str>) -> Theme {
    Theme { accent: accent.to_owned(), accent_dark: accent_dark.map(str::to_owned) }
}

#[test]
fn a_colour_is_changed_only_where_it_must_be() {
    let own = theme("#3D4F8F", Some("#A9B8F0"));
    assert_eq!((own.on_light(), own.on_dark()), ("#3D4F8F".to_owned(), "#A9B8F0".to_owned()));
    assert_eq!(own.findings(), []);
    let one = theme("#3D4F8F", None);
    assert_ne!(one.on_dark(), "#3D4F8F");
    assert_eq!(one.findings(), [], "what was not named is made");
    let yellow = theme("#ffd400", Some("#101010"));
    let found: Vec<String> = yellow.findings().into_iter().map(|finding| finding.place).collect();
    assert_eq!(found, ["$.theme.accent", "$.theme.accent_dark"]);
}

#[test]
fn contrast_is_that_of_wcag() {
    assert_eq!(contrast("#FFFFFF", "#000000"), Some(21.0));
    let grey = contrast("#767676", "#FFFFFF").unwrap();
    assert!((grey - 4.54).abs() < 0.005, "{grey}");
    assert_eq!(contrast("white", "#000000"), None);
}

proptest! {
    #[test]
    fn every_colour_becomes_legible_on_both_papers(accent in "#[0-9a-fA-F]{6}", dark in "#[0-9a-fA-F]{6}") {
        let theme = theme(&accent, Some(&dark));
        for paper in ["#FBFAF7", "#FFFFFF"] {
            prop_assert!(contrast(&theme.on_light(), paper).unwrap() >= 4.5);
        }
        for paper in ["#171614", "#211F1C"] {
            prop_assert!(contrast(&theme.on_dark(), paper).unwrap() >= 4.5);
        }
    }
}
