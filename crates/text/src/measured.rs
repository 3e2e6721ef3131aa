//! How well comments are read, measured on the labelled comments that no rule was made by. `make models` writes this file.

use crate::language::Language::{English, Spanish};
use crate::measure::{Measure, Question, TopicMeasure};

#[rustfmt::skip]
pub(crate) const MEASURES: &[Measure] = &[
    Measure { question: Question::Emotion, language: Spanish, comments: 206, accuracy: 0.879, macro_f1: 0.889, kappa: 0.839, cautious_kappa: 0.633 },
    Measure { question: Question::Emotion, language: English, comments: 206, accuracy: 0.898, macro_f1: 0.911, kappa: 0.866, cautious_kappa: 0.673 },
    Measure { question: Question::Effort, language: Spanish, comments: 206, accuracy: 0.947, macro_f1: 0.868, kappa: 0.842, cautious_kappa: 0.312 },
    Measure { question: Question::Effort, language: English, comments: 206, accuracy: 0.942, macro_f1: 0.866, kappa: 0.829, cautious_kappa: 0.142 },
    Measure { question: Question::Intention, language: Spanish, comments: 206, accuracy: 0.981, macro_f1: 0.967, kappa: 0.948, cautious_kappa: 0.600 },
    Measure { question: Question::Intention, language: English, comments: 206, accuracy: 0.976, macro_f1: 0.957, kappa: 0.938, cautious_kappa: 0.346 },
];

#[rustfmt::skip]
pub(crate) const TOPICS: &[TopicMeasure] = &[
    TopicMeasure { topic: "app", language: Spanish, comments: 18, precision: 0.458, recall: 0.611, f1: 0.524, kappa: 0.471 },
    TopicMeasure { topic: "availability", language: Spanish, comments: 10, precision: 0.692, recall: 0.900, f1: 0.783, kappa: 0.770 },
    TopicMeasure { topic: "cleanliness", language: Spanish, comments: 3, precision: 0.600, recall: 1.000, f1: 0.750, kappa: 0.745 },
    TopicMeasure { topic: "delivery", language: Spanish, comments: 9, precision: 0.467, recall: 0.778, f1: 0.583, kappa: 0.559 },
    TopicMeasure { topic: "food", language: Spanish, comments: 12, precision: 0.474, recall: 0.750, f1: 0.581, kappa: 0.548 },
    TopicMeasure { topic: "information", language: Spanish, comments: 22, precision: 0.588, recall: 0.455, f1: 0.513, kappa: 0.463 },
    TopicMeasure { topic: "location", language: Spanish, comments: 8, precision: 0.500, recall: 0.625, f1: 0.556, kappa: 0.536 },
    TopicMeasure { topic: "noise", language: Spanish, comments: 6, precision: 0.556, recall: 0.833, f1: 0.667, kappa: 0.655 },
    TopicMeasure { topic: "payment", language: Spanish, comments: 18, precision: 0.520, recall: 0.722, f1: 0.605, kappa: 0.560 },
    TopicMeasure { topic: "place", language: Spanish, comments: 13, precision: 0.440, recall: 0.846, f1: 0.579, kappa: 0.541 },
    TopicMeasure { topic: "price", language: Spanish, comments: 23, precision: 0.567, recall: 0.739, f1: 0.642, kappa: 0.590 },
    TopicMeasure { topic: "promise", language: Spanish, comments: 6, precision: 0.364, recall: 0.667, f1: 0.471, kappa: 0.450 },
    TopicMeasure { topic: "quality", language: Spanish, comments: 21, precision: 0.667, recall: 0.381, f1: 0.485, kappa: 0.444 },
    TopicMeasure { topic: "returns", language: Spanish, comments: 6, precision: 0.800, recall: 0.667, f1: 0.727, kappa: 0.720 },
    TopicMeasure { topic: "security", language: Spanish, comments: 11, precision: 0.727, recall: 0.727, f1: 0.727, kappa: 0.712 },
    TopicMeasure { topic: "solution", language: Spanish, comments: 22, precision: 0.429, recall: 0.409, f1: 0.419, kappa: 0.351 },
    TopicMeasure { topic: "staff", language: Spanish, comments: 30, precision: 0.682, recall: 0.500, f1: 0.577, kappa: 0.517 },
    TopicMeasure { topic: "waiting", language: Spanish, comments: 15, precision: 0.400, recall: 0.400, f1: 0.400, kappa: 0.353 },
    TopicMeasure { topic: "app", language: English, comments: 18, precision: 0.458, recall: 0.611, f1: 0.524, kappa: 0.471 },
    TopicMeasure { topic: "availability", language: English, comments: 10, precision: 0.727, recall: 0.800, f1: 0.762, kappa: 0.749 },
    TopicMeasure { topic: "cleanliness", language: English, comments: 3, precision: 0.429, recall: 1.000, f1: 0.600, kappa: 0.592 },
    TopicMeasure { topic: "delivery", language: English, comments: 9, precision: 0.700, recall: 0.778, f1: 0.737, kappa: 0.724 },
    TopicMeasure { topic: "food", language: English, comments: 12, precision: 0.471, recall: 0.667, f1: 0.552, kappa: 0.519 },
    TopicMeasure { topic: "information", language: English, comments: 22, precision: 0.533, recall: 0.364, f1: 0.432, kappa: 0.379 },
    TopicMeasure { topic: "location", language: English, comments: 9, precision: 0.667, recall: 0.667, f1: 0.667, kappa: 0.651 },
    TopicMeasure { topic: "noise", language: English, comments: 6, precision: 0.857, recall: 1.000, f1: 0.923, kappa: 0.921 },
    TopicMeasure { topic: "payment", language: English, comments: 18, precision: 0.500, recall: 0.833, f1: 0.625, kappa: 0.579 },
    TopicMeasure { topic: "place", language: English, comments: 12, precision: 0.273, recall: 0.500, f1: 0.353, kappa: 0.300 },
    TopicMeasure { topic: "price", language: English, comments: 23, precision: 0.778, recall: 0.609, f1: 0.683, kappa: 0.648 },
    TopicMeasure { topic: "promise", language: English, comments: 6, precision: 0.545, recall: 1.000, f1: 0.706, kappa: 0.694 },
    TopicMeasure { topic: "quality", language: English, comments: 21, precision: 0.545, recall: 0.571, f1: 0.558, kappa: 0.507 },
    TopicMeasure { topic: "returns", language: English, comments: 5, precision: 0.714, recall: 1.000, f1: 0.833, kappa: 0.828 },
    TopicMeasure { topic: "security", language: English, comments: 11, precision: 0.800, recall: 0.727, f1: 0.762, kappa: 0.749 },
    TopicMeasure { topic: "solution", language: English, comments: 22, precision: 0.500, recall: 0.455, f1: 0.476, kappa: 0.417 },
    TopicMeasure { topic: "staff", language: English, comments: 30, precision: 0.700, recall: 0.467, f1: 0.560, kappa: 0.502 },
    TopicMeasure { topic: "waiting", language: English, comments: 15, precision: 0.533, recall: 0.533, f1: 0.533, kappa: 0.497 },
];
