//! Surveys: what customers say of what they lived.

pub mod page;
