//! Names that people give to what the organisation keeps.

use domain::{Error, Result};

/// Characters of a name.
const LONGEST_NAME: usize = 120;

/// The name of `what`, without blanks around it. `InvalidArgument` unless it has 1 to 120 characters, none of control.
pub fn check_kept_name(what: &str, name: &str) -> Result<String> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > LONGEST_NAME {
        return Err(Error::invalid(format!("the name of {what} has 1 to {LONGEST_NAME} characters, not {length}")));
    }
    if name.chars().any(char::is_control) {
        return Err(Error::invalid(format!("the name of {what} is one line, without control characters")));
    }
    Ok(name.to_owned())
}
