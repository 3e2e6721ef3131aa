//! The journey engine: what customers lived, asked of their events in order.
//!
//! Every question is *fold per customer, merge, finish*. An [`Operator`] folds one customer at a time into a partial
//! result; partial results of other threads (later, of other machines) merge; a finished one is the answer or asks for a
//! further pass. [`run`] drives it over a [`JourneySource`].
//!
//! Pure: no input or output, no clock. Dirty data is never an error here: it comes back as findings beside the answer.
#![forbid(unsafe_code)]

mod operator;

pub use operator::{JourneySource, LivedJourney, Operator, Step, run};
