use std::collections::BTreeMap;

use proptest::prelude::*;
use text::discovery::{Discovery, PlacedComment, Theme, discover};
use text::{Embedding, Encoder, Language};

/// What people write of six things, each in ways that share few words.
const SUBJECTS: [(&str, Language, [&str; 6]); 6] = [
    (
        "tarjeta",
        Language::Spanish,
        [
            "La tarjeta no ha llegado todavía",
            "Sigo esperando mi tarjeta nueva",
            "¿Cuándo llega la tarjeta que pedí?",
            "Mi tarjeta no llega",
            "Llevo dos semanas sin la tarjeta",
            "Pedí una tarjeta y no ha venido",
        ],
    ),
    (
        "desayuno",
        Language::Spanish,
        [
            "El desayuno era abundante y variado",
            "Un desayuno buffet estupendo",
            "Lo mejor es el desayuno, con fruta y bollos",
            "El desayuno estaba frío",
            "Poca variedad en el desayuno",
            "El café del desayuno era malo",
        ],
    ),
    (
        "aparcamiento",
        Language::Spanish,
        [
            "No hay aparcamiento cerca",
            "El aparcamiento es carísimo",
            "Imposible encontrar aparcamiento para el coche",
            "Dejamos el coche en el aparcamiento sin problema",
            "El aparcamiento es muy estrecho",
            "Aparcamiento gratuito en la puerta",
        ],
    ),
    (
        "password",
        Language::English,
        [
            "I forgot my password",
            "How do I reset my password?",
            "The app does not accept my password",
            "My password was rejected again",
            "Please let me change the password",
            "The new password does not work",
        ],
    ),
    (
        "parcel",
        Language::English,
        [
            "The parcel arrived broken",
            "My parcel is late",
            "The courier left the parcel in the rain",
            "Where is my parcel?",
            "The parcel was delivered to a neighbour",
            "A parcel has been missing for a week",
        ],
    ),
    (
        "staff",
        Language::English,
        [
            "The staff were friendly and helpful",
            "Lovely staff at the front desk",
            "The staff could not have been kinder",
            "Rude staff at reception",
            "The staff ignored us",
            "Very polite staff, well trained",
        ],
    ),
];

struct Written {
    text: &'static str,
    language: Language,
    subject: &'static str,
    place: Embedding,
}

fn written() -> Vec<Written> {
    let all: Vec<(&str, Language, &str)> = SUBJECTS
        .iter()
        .flat_map(|(subject, language, texts)| texts.iter().map(move |text| (*subject, *language, *text)))
        .collect();
    let places = Encoder::shipped().embed(&all.iter().map(|it| it.2).collect::<Vec<_>>());
    all.into_iter()
        .zip(places)
        .map(|((subject, language, text), place)| Written { text, language, subject, place })
        .collect()
}

fn found(written: &[&Written], before: &[Theme]) -> Discovery {
    let comments: Vec<PlacedComment> =
        written.iter().map(|it| PlacedComment { text: it.text, language: it.language, place: &it.place }).collect();
    discover(&comments, before)
}

/// The themes by what is in them.
fn by_text<'a>(written: &[&'a Written], discovery: &Discovery) -> BTreeMap<&'a str, Option<u32>> {
    written.iter().map(|it| it.text).zip(discovery.theme_of.iter().copied()).collect()
}

#[test]
fn what_is_written_of_one_thing_is_one_theme_called_by_it() {
    let written = written();
    let all: Vec<&Written> = written.iter().collect();
    let discovery = found(&all, &[]);
    let names: Vec<&str> = discovery.themes.iter().map(|theme| theme.name.as_str()).collect();
    let called = SUBJECTS.iter().filter(|(subject, ..)| names.iter().any(|name| name.contains(subject))).count();
    assert!(called >= 5, "{names:?}");
    for theme in &discovery.themes {
        let subjects = all.iter().zip(&discovery.theme_of).filter(|(_, number)| **number == Some(theme.number));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        subjects.for_each(|(it, _)| *counts.entry(it.subject).or_default() += 1);
        let largest = counts.values().max().copied().unwrap_or_default();
        assert!(largest * 3 >= theme.comments * 2, "{}: {counts:?}", theme.name);
        assert_eq!(counts.values().sum::<usize>(), theme.comments);
        assert!(theme.is_new && theme.representatives.iter().all(|it| discovery.theme_of[*it] == Some(theme.number)));
    }
    assert!(discovery.themes.is_sorted_by(|left, right| left.comments >= right.comments));
}

#[test]
fn themes_keep_number_and_name_from_week_to_week() {
    let written = written();
    let (last_week, this_week): (Vec<_>, Vec<_>) = written.iter().enumerate().partition(|(number, _)| number % 6 != 5);
    let last: Vec<&Written> = last_week.into_iter().map(|(_, it)| it).collect();
    let before = found(&last, &[]);
    // All of last week's comments and a few more.
    let now: Vec<&Written> = last.iter().copied().chain(this_week.into_iter().map(|(_, it)| it)).collect();
    let after = found(&now, &before.themes);
    let kept = after.themes.iter().filter(|theme| {
        before.themes.iter().any(|it| (it.number, &it.name) == (theme.number, &theme.name)) && !theme.is_new
    });
    assert!(kept.count() * 10 >= before.themes.len() * 8, "{:?} {:?}", before.themes.len(), after.themes.len());
    let new: Vec<u32> = after.themes.iter().filter(|theme| theme.is_new).map(|theme| theme.number).collect();
    assert!(new.iter().all(|number| before.themes.iter().all(|theme| theme.number < *number)));
}

#[test]
fn a_handful_of_comments_has_no_themes() {
    let written = written();
    let few: Vec<&Written> = written.iter().take(5).collect();
    assert_eq!(found(&few, &[]), Discovery { themes: vec![], theme_of: vec![None; 5] });
    assert_eq!(found(&[], &[]), Discovery::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn neither_order_nor_repetition_of_all_changes_themes(order in Just((0..36).collect::<Vec<usize>>()).prop_shuffle()) {
        let written = written();
        let all: Vec<&Written> = written.iter().collect();
        let shuffled: Vec<&Written> = order.iter().map(|place| &written[*place]).collect();
        let twice: Vec<&Written> = shuffled.iter().chain(&shuffled).copied().collect();
        let once = found(&all, &[]);
        for other in [&shuffled, &twice] {
            let again = found(other, &[]);
            prop_assert_eq!(by_text(&all, &once), by_text(other, &again));
            let names = |discovery: &Discovery| {
                discovery.themes.iter().map(|theme| (theme.number, theme.name.clone())).collect::<Vec<_>>()
            };
            prop_assert_eq!(names(&once), names(&again));
        }
    }
}
