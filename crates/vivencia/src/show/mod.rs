//! Answers for people: tables with numbers on the right, durations as one would say them.

use std::io::{self, Write};

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde::Serialize;
use serde_json::Value;

/// Writes a line to the standard output.
pub fn line(text: impl AsRef<str>) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{}", text.as_ref())?;
    Ok(())
}

/// Writes an answer as one line of JSON.
pub fn json(answer: &impl Serialize) -> anyhow::Result<()> {
    let mut output = io::stdout().lock();
    serde_json::to_writer(&mut output, answer)?;
    writeln!(output)?;
    Ok(())
}

/// Writes to the standard error: what is not the answer.
pub fn note(text: impl AsRef<str>) {
    let _ = writeln!(io::stderr(), "{}", text.as_ref());
}

/// A column of a table.
#[derive(Clone, Copy)]
pub enum Column<'a> {
    Text(&'a str),
    Number(&'a str),
}

/// Writes rows below their headings.
pub fn table(columns: &[Column<'_>], rows: Vec<Vec<String>>) -> anyhow::Result<()> {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(columns.iter().map(|column| match column {
        Column::Text(name) | Column::Number(name) => *name,
    }));
    for row in rows {
        table.add_row(row);
    }
    for (index, column) in columns.iter().enumerate() {
        if let (Column::Number(_), Some(shown)) = (column, table.column_mut(index)) {
            shown.set_cell_alignment(CellAlignment::Right);
        }
    }
    for shown in table.column_iter_mut() {
        shown.set_padding((0, 2));
    }
    for row in table.lines() {
        line(row.trim_end())?;
    }
    Ok(())
}

/// A text that cannot move the cursor or hide itself in a terminal.
pub fn safe(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}

/// The text of a member, nothing when it is absent.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => safe(text),
        other => safe(&other.to_string()),
    }
}

/// A number with its thousands apart: `1 234 567`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// A share as a percentage with one decimal; nothing of nothing is a dash.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { share(part as f64 / whole as f64) }
}

pub fn share(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A duration in its two largest units: `2 d 3 h`, `4 min 5 s`, `120 ms`.
pub fn duration(ms: f64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    if !ms.is_finite() || ms < 0.0 {
        return "–".to_owned();
    }
    if ms < 1_000.0 {
        return format!("{ms:.0} ms");
    }
    if ms < 10_000.0 {
        return format!("{:.1} s", ms / 1_000.0);
    }
    let seconds = (ms / 1_000.0).round() as u64;
    let Some(first) = UNITS.iter().position(|(unit, _)| seconds >= *unit) else { return "0 s".to_owned() };
    let (unit, name) = UNITS[first];
    let larger = format!("{} {name}", seconds / unit);
    match UNITS.get(first + 1) {
        Some((next, next_name)) if seconds % unit / next > 0 => {
            format!("{larger} {} {next_name}", seconds % unit / next)
        }
        _ => larger,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_two_units() {
        for (ms, expected) in [
            (0.0, "0 ms"),
            (120.4, "120 ms"),
            (4_250.0, "4.2 s"),
            (61_000.0, "1 min 1 s"),
            (3_600_000.0, "1 h"),
            (183_600_000.0, "2 d 3 h"),
            (8_640_000_000.0, "100 d"),
        ] {
            assert_eq!(duration(ms), expected, "{ms}");
        }
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1\u{202f}234\u{202f}567");
    }

    #[test]
    fn a_text_cannot_command_the_terminal() {
        assert_eq!(safe("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
    }
}
