//! The journey engine: what customers lived, asked of their events in order.
//!
//! Every question is *fold, merge, finish*. An [`Operator`] folds customers into a partial result, one at a time or in
//! batches whose columns it goes over in one loop; partial results of other threads (later, of other machines) merge; a finished one is the answer or asks for a
//! further pass. [`run`] drives it over a [`JourneySource`]. A new question is one file beside [`funnel`], one obvious
//! slow version of it in `testkit::reference`, and the test that the two agree.
//!
//! Pure: no input or output, no clock. Dirty data is never an error here: it comes back as findings beside the answer.
//! Answers are plain data with the codes of the dictionaries; who asks turns codes into names.
#![forbid(unsafe_code)]

mod activities;
pub mod after_dropping;
mod among;
pub mod attribution;
pub mod behind;
mod below;
mod bit_counts;
pub mod breakdown;
pub mod contrast;
pub mod daily;
pub mod drivers;
pub mod effort;
pub mod friction;
pub mod funnel;
mod gather;
pub mod life_cycle;
mod lot;
mod needs;
mod on_channels;
mod operator;
pub mod paths;
mod periods;
pub mod process_map;
mod properties;
mod quantiles;
pub mod response;
pub mod retention;
pub mod score;
mod share;
mod sieve;
mod some_events;
pub mod surprise;
mod tally;
mod visits;
mod waits;
pub mod weekly;
mod within;

pub use activities::Activities;
pub use among::{Among, CustomerSet, CustomersQuestion, Population, among};
pub use below::{Below, UnitSet, below};
pub use needs::{ActivitySet, Needs};
pub use on_channels::{ChannelSet, OnChannels, on_channels};
pub use operator::{BATCH_EVENTS, JourneyBatch, JourneySource, LivedJourney, Operator, Span, Step, run};
pub use properties::PropertyColumns;
pub use share::{Difference, Share, difference_of, share_of, share_of_credit};
pub use visits::VISIT_GAP_MS;
pub use waits::{StatedWaits, Wait, Waits};
pub use within::{Within, within};
