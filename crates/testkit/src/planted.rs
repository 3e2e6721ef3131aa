//! Answers of which it is known what moves them: some variables do, some do not, some only go along with those that do, and
//! one seems to, because both it and the outcome follow what was known of the customer before.

use proptest::prelude::RngExt;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// What a planted variable is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Planted {
    /// Moves the outcome by so much for each unit.
    True(f64),
    /// Has nothing to do with anything.
    Null,
    /// Goes along with the variable at this place and adds nothing to it.
    Beside(usize),
    /// Follows what was known before, and adds nothing to it.
    Confounded,
}

/// Answers with what is planted in them.
#[derive(Clone, Debug)]
pub struct PlantedAnswers {
    pub customers: Vec<u64>,
    pub outcome: Vec<f64>,
    /// Known before; moves the outcome.
    pub confounder: Vec<f64>,
    /// In the order of [`VARIABLES`].
    pub variables: Vec<Vec<f64>>,
}

/// The planted variables by name.
pub const VARIABLES: [(&str, Planted); 9] = [
    ("a long wait", Planted::True(-1.5)),
    ("an error", Planted::True(-1.0)),
    ("minutes of advice", Planted::True(0.1)),
    ("a broken promise, seldom", Planted::True(-1.2)),
    ("the day of the week", Planted::Null),
    ("the shelf", Planted::Null),
    ("impatience, beside the wait", Planted::Beside(0)),
    ("repeated clicks, beside the error", Planted::Beside(1)),
    ("the loyalty card", Planted::Confounded),
];

/// Answers of so many customers, one to six each. What a customer feels beside all variables stays with them: two answers
/// of a customer have errors that are correlated by one half, and half of the variables are the customer's and not the
/// answer's, which is where independent answers would deceive most.
pub fn planted_answers(seed: u64, customers: u64) -> PlantedAnswers {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut answers = PlantedAnswers {
        customers: Vec::new(),
        outcome: Vec::new(),
        confounder: Vec::new(),
        variables: vec![Vec::new(); VARIABLES.len()],
    };
    for customer in 0..customers {
        let before = normal(&mut rng);
        let mood = normal(&mut rng);
        let (waits_often, shelf) = (rng.random_bool(0.3), f64::from(rng.random_range(0_u8..5)));
        let card = f64::from(before + normal(&mut rng) > 0.0);
        for _ in 0..rng.random_range(1..=6) {
            let wait = f64::from(rng.random_bool(if waits_often { 0.7 } else { 0.1 }));
            let error = f64::from(rng.random_bool(0.2));
            let advice = f64::from(rng.random_range(0_u8..6));
            let promise = f64::from(rng.random_bool(0.03));
            let values = [
                wait,
                error,
                advice,
                promise,
                f64::from(rng.random_range(0_u8..7)),
                shelf,
                wait + normal(&mut rng),
                3.0 * error + f64::from(rng.random_range(0_u8..3)),
                card,
            ];
            let moved: f64 = VARIABLES.iter().zip(values).map(|((_, planted), value)| planted.moves(value)).sum();
            answers.customers.push(customer);
            answers.confounder.push(before);
            answers.outcome.push(7.0 + before + moved + mood + normal(&mut rng));
            answers.variables.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
        }
    }
    answers
}

impl Planted {
    fn moves(self, value: f64) -> f64 {
        match self {
            Planted::True(by) => by * value,
            Planted::Null | Planted::Beside(_) | Planted::Confounded => 0.0,
        }
    }
}

fn normal(rng: &mut TestRng) -> f64 {
    let radius = (-2.0 * (1.0 - rng.random::<f64>()).ln()).sqrt();
    radius * (2.0 * std::f64::consts::PI * rng.random::<f64>()).cos()
}
