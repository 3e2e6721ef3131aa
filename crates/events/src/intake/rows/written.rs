//! Guesses the mapping of files of what customers wrote: reviews out of a site, answers out of another survey tool.
//!
//! Only what says something of the experience is kept; names of authors are not, nor is any other column: they tell who
//! somebody is, and nobody has asked for it.

use domain::identifier::IdentifierKind;

use super::FileError;
use super::guess::{CHANNELS, CUSTOMERS, Guess, TIMES, UNITS, simplify};
use super::mapping::{Mapping, Properties, Said, Scale};
use crate::intake::time::read_moment;

/// What the rows of a file are, where people say so instead of writing a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A text with a rating, posted somewhere.
    Reviews,
    /// What was answered to a survey elsewhere.
    Answers,
}

impl Written {
    /// `reviews` or `answers`.
    pub fn parse(text: &str) -> Option<Written> {
        match text {
            "reviews" => Some(Written::Reviews),
            "answers" => Some(Written::Answers),
            _ => None,
        }
    }

    fn activity(self) -> &'static str {
        match self {
            Written::Reviews => "Review Posted",
            Written::Answers => "Survey Answered",
        }
    }
}

/// Ids of authors on a site: nobody knows whose they are elsewhere.
const AUTHORS: &[&str] = &["author_id", "reviewer_id", "id_autor", "autor_id"];
const AUTHOR_KIND: &str = "author_id";
const COMMENTS: &[&str] = &[
    "comment",
    "comentario",
    "comments",
    "comentarios",
    "review_text",
    "review_body",
    "review",
    "resena",
    "opinion",
    "text",
    "texto",
    "body",
    "content",
    "contenido",
    "snippet",
    "verbatim",
    "feedback",
    "message",
    "mensaje",
];
/// Scores with the names of their columns, as [`simplify`] writes them.
const SCORES: &[(&str, &[&str])] = &[
    ("nps", &["nps", "nps_score", "likelihood_to_recommend", "recommend", "recomendacion", "recomendaria"]),
    ("csat", &["csat", "csat_score", "satisfaction", "satisfaccion"]),
    ("ces", &["ces", "ces_score", "effort", "esfuerzo", "ease", "facilidad"]),
    (
        "rating",
        &["rating", "star_rating", "stars", "estrellas", "puntuacion", "valoracion", "calificacion", "nota", "score"],
    ),
];
const MORE_TIMES: &[&str] = &[
    "review_date",
    "fecha_resena",
    "published_at",
    "publish_time",
    "posted_at",
    "answered_at",
    "responded_at",
    "submitted_at",
    "completed_at",
    "fecha_respuesta",
];
const SITES: &[&str] = &["site", "platform", "plataforma", "sitio", "portal"];
/// Further columns that are kept, by the property that they become.
const KEPT: &[(&str, &[&str])] = &[
    ("survey", &["survey", "survey_name", "encuesta"]),
    ("touchpoint", &["touchpoint", "punto_de_contacto"]),
    ("title", &["title", "titulo", "review_title"]),
];

/// Guesses which column says what. Rows without any customer are customers of their own.
pub fn guess_written(written: Written, header: &[String], sample: &[Vec<String>]) -> Result<Guess, FileError> {
    let names: Vec<String> = header.iter().map(|name| simplify(name)).collect();
    let find = |usual: &[&str]| usual.iter().find_map(|usual| names.iter().position(|name| name == usual));
    let mut reasons = Vec::new();
    let mut used = |what: &str, at: usize| {
        reasons.push(format!("{what} = {} (by its name)", header[at]));
        header[at].clone()
    };
    let missing = |field: &'static str| FileError::NotGuessed { field, columns: header.to_vec() };
    let occurred_at = find(TIMES).or_else(|| find(MORE_TIMES)).or_else(|| find_times(sample, header.len()));
    let occurred_at = used("occurred_at", occurred_at.ok_or_else(|| missing("occurred_at"))?);

    let mut customer = Vec::new();
    for (usual, kind) in CUSTOMERS {
        if let Some(at) = find(&[*usual]).filter(|_| customer.is_empty() || matches!(*kind, "email" | "phone")) {
            customer.push((IdentifierKind::parse(kind), used("customer", at)));
        }
    }
    if let Some(at) = find(AUTHORS) {
        customer.push((IdentifierKind::parse(AUTHOR_KIND), used("customer", at)));
    }

    let (mut properties, mut scales) = (Vec::new(), Vec::new());
    let comment = find(COMMENTS);
    if let Some(at) = comment {
        properties.push(("comment".to_owned(), used("comment", at)));
    }
    for (score, usual) in SCORES {
        // Of reviews everything with numbers is a rating.
        let Some(at) = find(usual).filter(|at| comment != Some(*at)) else { continue };
        let scale = if *score == "rating" { rating_scale(sample, at) } else { Scale::of(score) };
        properties.push(((*score).to_owned(), used(score, at)));
        scales.extend(scale.map(|scale| ((*score).to_owned(), scale)));
    }
    if properties.is_empty() {
        return Err(missing("comment"));
    }
    for (property, usual) in KEPT {
        if let Some(at) = find(usual) {
            properties.push(((*property).to_owned(), used(property, at)));
        }
    }
    let channel = find(CHANNELS).or_else(|| find(SITES)).map(|at| Said::Column(used("channel", at)));
    let of_reviews = || (written == Written::Reviews).then(|| Said::Constant("reviews".to_owned()));
    let unit = find(UNITS).or_else(|| find(&["location", "ubicacion"]));
    Ok(Guess {
        mapping: Mapping {
            is_row_customer: true,
            customer,
            activity: Said::Constant(written.activity().to_owned()),
            occurred_at,
            channel: channel.or_else(of_reviews),
            unit: unit.map(|at| Said::Column(used("unit", at))),
            properties: Properties::Listed(properties),
            scales,
        },
        reasons,
    })
}

/// The only column whose values are times.
fn find_times(sample: &[Vec<String>], columns: usize) -> Option<usize> {
    let is_time = |at: &usize| {
        let values = sample.iter().filter_map(|row| row.get(*at)).filter(|value| !value.trim().is_empty());
        let mut values = values.peekable();
        let has_sign = |value: &str| value.contains(['-', '/', ':']);
        values.peek().is_some() && values.all(|value| has_sign(value) && read_moment(value).is_ok())
    };
    let mut found = (0..columns).filter(is_time);
    found.next().filter(|_| found.next().is_none())
}

/// To five stars, unless most of the ratings are higher than that.
fn rating_scale(sample: &[Vec<String>], at: usize) -> Option<Scale> {
    let values = sample.iter().filter_map(|row| row.get(at)?.trim().replace(',', ".").parse::<f64>().ok());
    let values: Vec<f64> = values.collect();
    let high = values.iter().filter(|value| **value > 5.0).count();
    let most = if high * 2 > values.len() { 10 } else { 5 };
    Some(Scale { lowest: 1, highest: most })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(written: Written, header: &str, row: &str) -> String {
        let cut = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        guess_written(written, &cut(header), &[cut(row)])
            .map_or_else(|error| error.to_string(), |it| it.mapping.to_text())
    }

    #[test]
    fn reviews_have_a_text_a_rating_and_a_date_and_perhaps_an_author() {
        assert_eq!(
            guess(Written::Reviews, "Autor,Texto,Estrellas,Fecha,Tienda", "Ana,Bien,4,2026-01-02,Lima"),
            "customer:row,activity:Review Posted,occurred_at=Fecha,channel:reviews,unit=Tienda,property:comment=Texto,rating=Estrellas"
        );
        assert_eq!(
            guess(Written::Reviews, "author_id,review,score,when,site", "7,ok,9,2026-01-02,maps"),
            "customer:author_id=author_id,customer:row,activity:Review Posted,occurred_at=when,channel=site,property:comment=review,rating:10=score"
        );
    }

    #[test]
    fn answers_have_any_score_and_whoever_gave_them() {
        assert_eq!(
            guess(Written::Answers, "email,nps,csat,comentario,fecha,encuesta", "a@b.pe,9,5,bien,2026-01-02,visita"),
            "customer:email=email,customer:row,activity:Survey Answered,occurred_at=fecha,property:comment=comentario,nps=nps,csat=csat,property:survey=encuesta"
        );
    }

    #[test]
    fn what_cannot_be_guessed_is_said() {
        assert!(guess(Written::Reviews, "a,b", "x,2026-01-02").contains("comment"));
        assert!(guess(Written::Answers, "nps,comment", "9,x").contains("occurred_at"));
    }
}
