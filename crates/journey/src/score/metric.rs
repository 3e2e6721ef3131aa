//! What the answers to a survey are made into: a catalogue of metrics, and metrics of one's own with other bounds.
//!
//! A metric names the number property that holds the answer, says which numbers are answers at all, and how many of
//! them become one score. Formulas, not code: every metric goes through the same operator and the same intervals.

use std::borrow::Cow;

use domain::error::{Error, Result};
use serde::{Deserialize, Serialize};

use super::interval::MICROS;

/// Answers may lie this far from zero; sums of squares of more than a thousand million answers still are exact then.
pub const FARTHEST_ANSWER: f64 = 10_000.0;

/// How many answers become one score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Formula {
    /// The share of answers from `promoters_from` on, less the share of those up to `detractors_to`, times 100.
    NetShare { detractors_to: f64, promoters_from: f64 },
    /// The share of answers from `from` on, times 100.
    TopBoxes { from: f64 },
    /// The arithmetic mean of the answers.
    Mean,
}

/// A definition of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Short, as it is written in questions: `nps`.
    pub name: Cow<'static, str>,
    /// The property of the answer.
    pub property: Cow<'static, str>,
    pub formula: Formula,
    /// The lowest and the highest answer. Other numbers are no answers.
    pub answers: (f64, f64),
    /// What the score says, in one sentence.
    pub definition: Definition,
    /// Where the definition comes from.
    pub source: Cow<'static, str>,
    /// None of a metric that was made without one.
    pub example: Option<Example>,
}

/// A sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definition {
    pub es: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

/// Some answers and their score.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Each answer with how many gave it.
    pub answers: Cow<'static, [(f64, u64)]>,
    pub score: f64,
}

/// The score of an example may be rounded: it agrees with the formula when it is as near as this.
const ROUNDED: f64 = 0.005;

/// The metrics that need no definition of one's own.
pub const CATALOGUE: [Metric; 4] = [
    Metric {
        name: Cow::Borrowed("nps"),
        property: Cow::Borrowed("nps"),
        formula: Formula::NetShare { detractors_to: 6.0, promoters_from: 9.0 },
        answers: (0.0, 10.0),
        definition: Definition {
            es: Cow::Borrowed(
                "cuán probable es que el cliente recomiende la empresa: el porcentaje de promotores (9 y 10) menos el de \
                 detractores (0 a 6)",
            ),
            en: Cow::Borrowed(
                "how likely it is that the customer recommends the company: the percentage of promoters (9 and 10) less \
                 that of detractors (0 to 6)",
            ),
        },
        source: Cow::Borrowed("Reichheld, The one number you need to grow, Harvard Business Review 81 (12), 2003"),
        example: Some(Example {
            answers: Cow::Borrowed(&[(10.0, 30), (9.0, 20), (8.0, 20), (7.0, 10), (6.0, 12), (0.0, 8)]),
            score: 30.0,
        }),
    },
    Metric {
        name: Cow::Borrowed("csat"),
        property: Cow::Borrowed("csat"),
        formula: Formula::TopBoxes { from: 4.0 },
        answers: (1.0, 5.0),
        definition: Definition {
            es: Cow::Borrowed("el porcentaje de clientes satisfechos: respuestas 4 y 5 de 1 a 5"),
            en: Cow::Borrowed("the percentage of satisfied customers: answers 4 and 5 of 1 to 5"),
        },
        source: Cow::Borrowed(
            "Morgan and Rego, The value of different customer satisfaction and loyalty metrics in predicting business \
             performance, Marketing Science 25 (5), 2006 (the score of the top two boxes)",
        ),
        example: Some(Example { answers: Cow::Borrowed(&[(5.0, 40), (4.0, 35), (3.0, 15), (1.0, 10)]), score: 75.0 }),
    },
    Metric {
        name: Cow::Borrowed("ces"),
        property: Cow::Borrowed("ces"),
        formula: Formula::TopBoxes { from: 5.0 },
        answers: (1.0, 7.0),
        definition: Definition {
            es: Cow::Borrowed(
                "el porcentaje de clientes a los que les resultó fácil: respuestas 5 a 7 de 1 (no, en absoluto) a 7 (sí, \
                 del todo)",
            ),
            en: Cow::Borrowed(
                "the percentage of customers for whom it was easy: answers 5 to 7 of 1 (no, not at all) to 7 (yes, \
                 completely)",
            ),
        },
        source: Cow::Borrowed(
            "Dixon, Freeman and Toman, Stop trying to delight your customers, Harvard Business Review 88 (7), 2010; asked \
             on seven points since Dixon, Toman and DeLisi, The effortless experience, 2013",
        ),
        example: Some(Example { answers: Cow::Borrowed(&[(7.0, 3), (5.0, 2), (4.0, 4), (2.0, 1)]), score: 50.0 }),
    },
    Metric {
        name: Cow::Borrowed("rating"),
        property: Cow::Borrowed("rating"),
        formula: Formula::Mean,
        answers: (1.0, 5.0),
        definition: Definition {
            es: Cow::Borrowed("la media de las estrellas, de 1 a 5"),
            en: Cow::Borrowed("the mean number of stars, 1 to 5"),
        },
        source: Cow::Borrowed(
            "the arithmetic mean; it takes the steps between stars for equally wide, which nobody measured (Stevens, On \
             the theory of scales of measurement, Science 103, 1946)",
        ),
        example: Some(Example { answers: Cow::Borrowed(&[(5.0, 6), (4.0, 2), (1.0, 2)]), score: 4.0 }),
    },
];

impl Metric {
    /// The metric of the catalogue with this name.
    pub fn find(name: &str) -> Option<Metric> {
        CATALOGUE.into_iter().find(|metric| metric.name == name)
    }

    /// A metric of one's own: answers from `answers.0` to `answers.1`, each end at most [`FARTHEST_ANSWER`] from zero.
    /// The bounds of the formula must leave something on either side.
    pub fn custom(name: &str, property: &str, formula: Formula, answers: (f64, f64)) -> Result<Metric> {
        let (lowest, highest) = answers;
        let is_range = lowest < highest && lowest >= -FARTHEST_ANSWER && highest <= FARTHEST_ANSWER;
        if !is_range {
            return Err(Error::invalid(format!(
                "answers of `{name}` cannot go from {lowest} to {highest}; the lowest comes first, and neither is farther \
                 than {FARTHEST_ANSWER} from 0"
            )));
        }
        let splits = match formula {
            Formula::NetShare { detractors_to, promoters_from } => {
                lowest <= detractors_to && detractors_to < promoters_from && promoters_from <= highest
            }
            Formula::TopBoxes { from } => lowest < from && from <= highest,
            Formula::Mean => true,
        };
        if !splits {
            return Err(Error::invalid(format!(
                "the bounds of `{name}` must lie between its answers, {lowest} to {highest}, and leave some of them on \
                 either side"
            )));
        }
        let owned = |text: &str| Cow::Owned(text.to_owned());
        let (definition, source) = (Definition::default(), Cow::Borrowed(""));
        Ok(Metric { name: owned(name), property: owned(property), formula, answers, definition, source, example: None })
    }

    /// The same metric with what it says and where that comes from.
    pub fn said(mut self, es: &str, en: &str, source: &str) -> Metric {
        self.definition = Definition { es: Cow::Owned(es.to_owned()), en: Cow::Owned(en.to_owned()) };
        self.source = Cow::Owned(source.to_owned());
        self
    }

    /// The same metric with an example, which is its test: refused where an answer of it is none, nobody answered, or the
    /// formula comes to another score. The score may be rounded to the hundredth.
    pub fn with_example(mut self, example: Example) -> Result<Metric> {
        let Metric { name, answers: (lowest, highest), .. } = &self;
        if let Some((answer, _)) = example.answers.iter().find(|(answer, _)| !self.takes(*answer)) {
            return Err(Error::invalid(format!(
                "the example of `{name}` has {answer}, which is no answer: those go from {lowest} to {highest}"
            )));
        }
        let Some(score) = self.score_of(&example.answers) else {
            return Err(Error::invalid(format!(
                "nobody answers in the example of `{name}`; say how many gave each answer"
            )));
        };
        // What is no number is near to nothing.
        let agrees = (score - example.score).abs() <= ROUNDED + f64::EPSILON * score.abs();
        if !agrees {
            return Err(Error::invalid(format!(
                "the formula of `{name}` gives {} for its example, not {}; mend the formula or the example",
                (score * 100.0).round() / 100.0,
                example.score
            )));
        }
        self.example = Some(example);
        Ok(self)
    }

    /// Whether a number can be an answer.
    pub fn takes(&self, answer: f64) -> bool {
        self.answers.0 <= answer && answer <= self.answers.1
    }

    /// The lowest and the highest score.
    pub fn range(&self) -> (f64, f64) {
        let (lowest, highest) = self.formula.point_range(self.answers);
        (lowest * self.formula.scale(), highest * self.formula.scale())
    }

    /// The score of answers, each with how many gave it; none of nobody. Numbers that are no answers are left out.
    pub fn score_of(&self, answers: &[(f64, u64)]) -> Option<f64> {
        let taken = || answers.iter().filter(|(answer, _)| self.takes(*answer));
        let count: u64 = taken().map(|(_, count)| count).sum();
        let points: f64 = taken().map(|(answer, count)| self.formula.points(*answer) * *count as f64).sum();
        (count > 0).then(|| self.formula.scale() * points / count as f64)
    }
}

impl Formula {
    /// What one answer adds. The score is the mean of these, times the [scale](Formula::scale).
    pub(super) fn points(self, answer: f64) -> f64 {
        match self {
            Formula::NetShare { promoters_from, .. } if answer >= promoters_from => 1.0,
            Formula::NetShare { detractors_to, .. } if answer <= detractors_to => -1.0,
            Formula::NetShare { .. } => 0.0,
            Formula::TopBoxes { from } => f64::from(answer >= from),
            Formula::Mean => answer,
        }
    }

    /// The same in whole millionths.
    pub(super) fn micros(self, answer: f64) -> i64 {
        (self.points(answer) * MICROS).round() as i64
    }

    /// The fewest and the most points.
    pub(super) fn point_range(self, answers: (f64, f64)) -> (f64, f64) {
        match self {
            Formula::NetShare { .. } => (-1.0, 1.0),
            Formula::TopBoxes { .. } => (0.0, 1.0),
            Formula::Mean => answers,
        }
    }

    /// Shares are told in percent.
    pub(super) fn scale(self) -> f64 {
        if self == Formula::Mean { 1.0 } else { 100.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_of_the_catalogue_shows_an_example() {
        for metric in CATALOGUE {
            let Some(example) = metric.example.clone() else { panic!("{} has no example", metric.name) };
            assert_eq!(metric.score_of(&example.answers), Some(example.score), "{}", metric.name);
            assert!(!metric.definition.es.is_empty() && !metric.definition.en.is_empty() && !metric.source.is_empty());
            let again = Metric::custom(&metric.name, &metric.property, metric.formula, metric.answers).unwrap();
            assert_eq!((again.formula, again.range()), (metric.formula, metric.range()), "its bounds are allowed");
            assert_eq!(Metric::find(&metric.name), Some(metric));
        }
        assert_eq!(Metric::find("happiness"), None);
    }

    #[test]
    fn a_score_has_the_range_of_its_formula() {
        let range = |name: &str| Metric::find(name).unwrap().range();
        assert_eq!([range("nps"), range("csat"), range("ces")], [(-100.0, 100.0), (0.0, 100.0), (0.0, 100.0)]);
        assert_eq!(range("rating"), (1.0, 5.0));
    }

    #[test]
    fn what_is_out_of_range_is_no_answer() {
        let nps = Metric::find("nps").unwrap();
        assert_eq!(nps.score_of(&[(10.0, 1), (11.0, 5), (-1.0, 5), (f64::NAN, 3)]), Some(100.0));
        assert_eq!(nps.score_of(&[(99.0, 4)]), None);
    }

    #[test]
    fn bounds_that_leave_nothing_on_one_side_are_refused() {
        let refusal = |formula, answers| Metric::custom("mood", "mood", formula, answers).unwrap_err().to_string();
        for from in [0.0, 11.0, f64::NAN] {
            assert!(refusal(Formula::TopBoxes { from }, (0.0, 10.0)).contains("on either side"), "{from}");
        }
        for (detractors_to, promoters_from) in [(9.0, 6.0), (6.0, 6.0), (-1.0, 9.0), (6.0, 11.0)] {
            let net = Formula::NetShare { detractors_to, promoters_from };
            assert!(refusal(net, (0.0, 10.0)).contains("on either side"));
        }
        for answers in [(5.0, 1.0), (1.0, 1.0), (f64::NAN, 5.0), (0.0, 1e9), (f64::NEG_INFINITY, 0.0)] {
            assert!(refusal(Formula::Mean, answers).contains("the lowest comes first"));
        }
    }

    #[test]
    fn an_example_is_a_test_of_its_metric() {
        let example = |answers: &[(f64, u64)], score| Example { answers: answers.to_vec().into(), score };
        let warm = || Metric::custom("warmth", "warmth", Formula::TopBoxes { from: 6.0 }, (1.0, 7.0)).unwrap();
        // Two of three are 66.666… %: whoever writes it rounds.
        let kept = warm().with_example(example(&[(7.0, 2), (5.0, 1)], 66.67)).unwrap();
        assert_eq!(kept.example, Some(example(&[(7.0, 2), (5.0, 1)], 66.67)));
        let refusal =
            |answers: &[(f64, u64)], score| warm().with_example(example(answers, score)).unwrap_err().to_string();
        assert!(refusal(&[(7.0, 2), (5.0, 1)], 66.6).contains("gives 66.67 for its example, not 66.6"));
        assert!(refusal(&[(7.0, 2)], f64::NAN).contains("gives 100 for its example"));
        assert!(refusal(&[(7.0, 2), (8.0, 1)], 100.0).contains("has 8, which is no answer"));
        assert!(refusal(&[(7.0, 0)], 0.0).contains("nobody answers"));
        assert!(refusal(&[], 0.0).contains("nobody answers"));
    }
}
