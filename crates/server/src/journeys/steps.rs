//! Lists of activities in one text: `A,B,C`.

use domain::{Error, Result};

/// Splits at commas. A comma inside a name is written `\,`, or the name stands in double quotes: `"Paid, at last",Left`.
/// Inside and outside of quotes a backslash takes the next character as it is. Spaces around names do not count.
pub fn split_steps(text: &str) -> Result<Vec<String>> {
    let mut steps = Vec::new();
    let mut step = String::new();
    // Everything up to here was quoted or escaped: spaces there belong to the name.
    let mut kept_len = 0;
    let mut is_quoted = false;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                step.push(characters.next().unwrap_or('\\'));
                kept_len = step.len();
            }
            '"' if is_quoted => is_quoted = false,
            '"' if step.trim().is_empty() && kept_len == 0 => {
                step.clear();
                is_quoted = true;
            }
            ',' if !is_quoted => {
                steps.push(finish(&mut step, &mut kept_len)?);
            }
            other => {
                step.push(other);
                if is_quoted {
                    kept_len = step.len();
                }
            }
        }
    }
    if is_quoted {
        return Err(Error::invalid(format!("a double quote is missing at the end of `{text}`")));
    }
    steps.push(finish(&mut step, &mut kept_len)?);
    Ok(steps)
}

fn finish(step: &mut String, kept_len: &mut usize) -> Result<String> {
    let end = step.trim_end().len().max(*kept_len);
    step.truncate(end);
    let name = if *kept_len == 0 { step.trim_start().to_owned() } else { step.clone() };
    step.clear();
    *kept_len = 0;
    if name.is_empty() {
        return Err(Error::invalid("a step has no name; write the steps as A,B,C"));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_at_commas() {
        assert_eq!(split_steps("A, B C ,D").unwrap(), ["A", "B C", "D"]);
        assert_eq!(split_steps("Order Completed").unwrap(), ["Order Completed"]);
    }

    #[test]
    fn a_comma_inside_a_name_is_escaped_or_quoted() {
        assert_eq!(split_steps(r"Paid\, at last,Left").unwrap(), ["Paid, at last", "Left"]);
        assert_eq!(split_steps(r#" "Paid, at last" , Left"#).unwrap(), ["Paid, at last", "Left"]);
        assert_eq!(split_steps(r#""say \"hi\"",B"#).unwrap(), [r#"say "hi""#, "B"]);
        assert_eq!(split_steps(r#"5" pipe,B"#).unwrap(), [r#"5" pipe"#, "B"]);
    }

    #[test]
    fn a_missing_name_is_refused() {
        for text in ["", "A,,B", "A,", " , "] {
            assert!(split_steps(text).is_err(), "{text:?}");
        }
        assert!(split_steps("\"A,B").unwrap_err().to_string().contains("double quote"));
    }
}
