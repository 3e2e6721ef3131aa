//! The event log as a whole: what is acknowledged stays, and what is asked is what was lived.

mod conservation;
mod identity;
mod memory_state;
mod power_loss;
mod privacy;
mod scene;
mod simulated_files;
mod timeline;
