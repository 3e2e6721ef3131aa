//! Topics: what comments are said to speak of, as the program brings them along and as the organisation changes them.
//!
//! `known` is what comments are read by; `checking` says what a draft would find among the comments that there are.

mod checking;
mod dto;
mod known;
pub(crate) mod routes;
mod service;

pub(crate) use self::known::{KnownTopics, Topics};
