//! The interface as clients meet it: the router in this process, and where it matters a real socket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it cannot go on")]

mod auth_matrix;
mod bad_input;
mod behind;
mod bound;
mod collect_rules;
mod customers;
mod dead_letters;
mod door;
mod efforts;
mod exports;
mod funnels;
mod health;
mod imports;
mod journeys;
mod keys;
mod live;
mod mail;
mod network;
mod openapi;
mod organisation;
mod overload;
mod pages;
mod paths;
mod people;
mod planning;
mod questions;
mod rates;
mod returning;
mod scanned;
mod search;
mod segments;
mod surveys;
mod units;
mod value;
mod waits;
