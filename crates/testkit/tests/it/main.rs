//! Checks of the whole workspace.

mod architecture;
