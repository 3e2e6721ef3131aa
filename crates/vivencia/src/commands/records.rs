//! Small CSV files of settings: a header that names the columns, one object a row.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::{Map, Value};

/// The rows of a file as objects with a member for each column that is not empty. `required` columns must be there and
/// hold something in every row; `-` is the standard input.
pub fn read_records(file: &Path, required: &[&str], optional: &[&str]) -> anyhow::Result<Vec<Value>> {
    let input: Box<dyn Read> = match file.to_str() {
        Some("-") => Box::new(io::stdin()),
        _ => Box::new(File::open(file).with_context(|| format!("could not open {}", file.display()))?),
    };
    read(input, required, optional).with_context(|| format!("could not read {}", file.display()))
}

fn read(input: impl Read, required: &[&str], optional: &[&str]) -> anyhow::Result<Vec<Value>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
    let header: Vec<String> =
        reader.headers()?.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let columns = || required.iter().chain(optional).copied().collect::<Vec<_>>().join(", ");
    if let Some(missing) = required.iter().find(|name| !header.iter().any(|known| known == *name)) {
        bail!("its first line must name the columns, and `{missing}` is not among them; the columns are {}", columns());
    }
    for (position, name) in header.iter().enumerate() {
        if !required.iter().chain(optional).any(|known| known == name) {
            bail!("there is no column `{name}`; the columns are {}", columns());
        }
        if header[..position].contains(name) {
            bail!("the column `{name}` stands twice");
        }
    }
    let mut records = Vec::new();
    for row in reader.records() {
        let row = row?;
        let line = row.position().map_or(0, csv::Position::line);
        let mut record = Map::new();
        for (name, text) in header.iter().zip(row.iter()) {
            if !text.is_empty() {
                record.insert(name.clone(), Value::String(text.to_owned()));
            } else if required.contains(&name.as_str()) {
                bail!("line {line} has no `{name}`");
            }
        }
        records.push(Value::Object(record));
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(text: &str) -> String {
        read(text.as_bytes(), &["name"], &["parent"]).unwrap_err().to_string()
    }

    #[test]
    fn rows_are_objects_of_what_they_hold() {
        let text = "\u{feff}parent, name\nES,\"ES-1, the old one\"\n , ES \n";
        let records = read(text.as_bytes(), &["name"], &["parent"]).unwrap();
        assert_eq!(records, [json!({"parent": "ES", "name": "ES-1, the old one"}), json!({"name": "ES"})]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        assert!(refusal("parent\nES\n").contains("`name` is not among them; the columns are name, parent"));
        assert!(refusal("name,shade\nES,blue\n").contains("no column `shade`"));
        assert!(refusal("name,name\nES,ES\n").contains("stands twice"));
        assert_eq!(refusal("name,parent\nES,\n,ES\n"), "line 3 has no `name`");
        assert!(refusal("name,parent\nES\n").contains("line: 2"), "{}", refusal("name,parent\nES\n"));
    }
}
