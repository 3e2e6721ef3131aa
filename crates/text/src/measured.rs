//! How well comments are read, measured on the labelled comments that no rule was made by. `make models` writes this file.

use crate::measure::{Measure, Question, TopicMeasure};
use crate::language::Language::{English, Spanish};

pub(crate) const MEASURES: &[Measure] = &[];

pub(crate) const TOPICS: &[TopicMeasure] = &[];
