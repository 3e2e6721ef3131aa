//! The real program, from outside: what it prints, what it answers, how it ends.

mod commands;
mod program;
mod serving;
mod usage;
