//! The operators from outside: scenarios told as fixtures, and agreement with the references of `testkit`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails where it cannot go on")]

mod among;
mod attribution;
mod behind;
mod below;
mod breakdown;
mod daily;
mod drivers;
mod effort;
mod engine;
mod friction;
mod funnel;
mod funnel_options;
mod life_cycle;
mod on_channels;
mod paths;
mod process_map;
mod response;
mod retention;
mod score;
mod weekly;
mod within;

use journey::{LivedJourney, Operator, Step, run};
use serde::Serialize;
use serde::de::DeserializeOwned;
use testkit::log::Log;

/// The answer of the engine.
fn answer<O: Operator>(operator: O, log: &Log, threads: usize) -> O::Output {
    match run(operator, log, threads) {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

/// The answer with one partial result per customer, each of which travels as bytes before it is merged, the later ones
/// into the earlier or the other way round. Also says how many passes it took.
fn answer_from_afar<O: Operator>(mut operator: O, log: &Log, backwards: bool) -> (O::Output, usize) {
    for pass in 1.. {
        let mut whole = operator.start();
        let journeys: Vec<LivedJourney<'_>> = log.journeys().collect();
        // One customer for each partial result, but of many customers some: what merging costs is not what is tested.
        for journeys in journeys.chunks(1 + journeys.len() / 500) {
            let mut partial = operator.start();
            journeys.iter().for_each(|journey| operator.fold(&mut partial, *journey));
            let mut arrived: O::Partial = through_bytes(&partial);
            if backwards {
                std::mem::swap(&mut whole, &mut arrived);
            }
            operator.merge(&mut whole, arrived);
        }
        match operator.finish(whole) {
            Step::Done(output) => return (output, pass),
            Step::Again(next) => operator = next,
        }
        assert!(pass < 100_000, "the question does not end");
    }
    unreachable!("the loop returns")
}

fn through_bytes<T: Serialize + DeserializeOwned>(value: &T) -> T {
    postcard::from_bytes(&postcard::to_stdvec(value).unwrap()).unwrap()
}
