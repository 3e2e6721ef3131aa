//! What one SQL text for two databases may not hold.
//!
//! Types are TEXT, BIGINT and DOUBLE PRECISION; flags are BIGINT 0/1, instants BIGINT milliseconds, bytes base64url text.
//! Placeholders are `$1`. A sum is cast, as PostgreSQL would answer a decimal. Rows are ordered by columns of numbers that are
//! never NULL, seldom by texts that are never NULL, and by anything else in Rust: the databases order NULLs differently. No LIKE (its case differs), no
//! dates, no serial numbers, no functions that only one of the two knows.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Columns of texts by which rows may be ordered: never NULL, and ordered by bytes on both, because a database of PostgreSQL
/// whose collation is not C is refused. They let a search read the first of many rows from an index.
const ORDERED_TEXTS: [&str; 2] = ["value", "word"];
/// Files that speak to one database alone.
const EXEMPT: [&str; 2] = ["src/backend/postgres.rs", "src/backend/sqlite.rs"];
/// The only file that turns text into statements.
const ASSEMBLES: &str = "src/sql/transaction.rs";

const FIRST_WORDS: [&str; 9] = ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "WITH", "ON"];

const FORBIDDEN_WORDS: [&str; 62] = [
    "LIKE",
    "ILIKE",
    "GLOB",
    "REGEXP",
    "SIMILAR",
    "COLLATE",
    "SERIAL",
    "BIGSERIAL",
    "AUTOINCREMENT",
    "IDENTITY",
    "SEQUENCE",
    "NEXTVAL",
    "ROWID",
    "OID",
    "CTID",
    "INTEGER",
    "INT",
    "SMALLINT",
    "VARCHAR",
    "CHAR",
    "BOOLEAN",
    "BOOL",
    "TRUE",
    "FALSE",
    "REAL",
    "FLOAT",
    "NUMERIC",
    "DECIMAL",
    "BLOB",
    "BYTEA",
    "JSON",
    "JSONB",
    "UUID",
    "DATE",
    "TIME",
    "TIMESTAMP",
    "DATETIME",
    "INTERVAL",
    "NOW",
    "CURRENT_TIMESTAMP",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "STRFTIME",
    "JULIANDAY",
    "UNIXEPOCH",
    "EXTRACT",
    "DATE_TRUNC",
    "TO_TIMESTAMP",
    "TO_CHAR",
    "IFNULL",
    "NVL",
    "GREATEST",
    "LEAST",
    "STRING_AGG",
    "GROUP_CONCAT",
    "ARRAY_AGG",
    "AVG",
    "RANDOM",
    "REPLACE",
    "PRAGMA",
    "UNNEST",
    "ILIKE_ESCAPE",
];

#[test]
fn the_sql_holds_nothing_that_the_databases_understand_differently() {
    let statements = statements();
    let numbers = columns_of_numbers(&statements);
    assert!(statements.len() > 40, "only {} statements found", statements.len());
    assert!(numbers.len() > 10, "only {} columns of numbers found", numbers.len());
    let mut wrong = Vec::new();
    for (place, sql) in &statements {
        wrong.extend(complaints(sql, &numbers).into_iter().map(|complaint| format!("{place}: {complaint} in: {sql}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn statements_are_put_together_in_one_place() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let is_exempt = EXEMPT.contains(&name.as_str()) || name == ASSEMBLES;
        for assembling in ["AssertSqlSafe", "raw_sql", "sqlx::query", "QueryBuilder"] {
            if text.contains(assembling) && !is_exempt {
                wrong.push(format!("{name} uses {assembling}; use sql::Transaction"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_lint_finds_what_it_looks_for() {
    let numbers: BTreeSet<String> = ["id", "node"].map(str::to_owned).into();
    for (bad, complaint) in [
        ("SELECT id FROM t WHERE name LIKE $1", "LIKE"),
        ("SELECT id FROM t WHERE name = ?", "?"),
        ("SELECT id::text FROM t", "::"),
        ("SELECT \"id\" FROM t", "\""),
        ("SELECT SUM(x) FROM t", "SUM"),
        ("SELECT CAST(SUM(x) AS BIGINT), SUM(y) FROM t", "SUM"),
        ("SELECT id FROM t ORDER BY name", "ORDER BY name"),
        ("SELECT id FROM t ORDER BY id, name DESC LIMIT 1", "ORDER BY name"),
        ("SELECT id FROM t LIMIT 3", "LIMIT"),
        ("SELECT id FROM t WHERE at < now()", "NOW"),
        ("CREATE TABLE t (id INTEGER PRIMARY KEY)", "INTEGER"),
        ("CREATE TABLE t (id BIGINT, at MONEY NOT NULL)", "at MONEY"),
        ("CREATE TABLE t (id BIGINT, at)", "at "),
        ("INSERT OR REPLACE INTO t (id) VALUES ($1)", "REPLACE"),
    ] {
        let found = complaints(bad, &numbers);
        assert!(found.iter().any(|found| found.contains(complaint)), "{bad}: {found:?}");
    }
    for good in [
        "SELECT node, CAST(SUM(bytes) AS BIGINT) FROM t WHERE kind = 'LIKE ?' GROUP BY node ORDER BY node DESC LIMIT $1",
        "CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY CHECK (id IN (0, 1)), x DOUBLE PRECISION, PRIMARY KEY (id, x)) -- now",
    ] {
        assert_eq!(complaints(good, &numbers), Vec::<String>::new(), "{good}");
    }
}

fn complaints(sql: &str, numbers: &BTreeSet<String>) -> Vec<String> {
    let sql = without_texts_and_comments(sql);
    let words = words_of(&sql);
    let mut found: Vec<String> = FORBIDDEN_WORDS
        .into_iter()
        .filter(|forbidden| words.iter().any(|word| word.eq_ignore_ascii_case(forbidden)))
        .map(|forbidden| format!("{forbidden} is not the same on both"))
        .collect();
    found.extend(["?", "::", "\"", "`", "@"].into_iter().filter(|mark| sql.contains(mark)).map(str::to_owned));
    let upper = sql.to_uppercase();
    if upper.matches("SUM(").count() != upper.matches("CAST(SUM(").count() {
        found.push("SUM without CAST(… AS BIGINT)".to_owned());
    }
    if upper.contains(" LIMIT ") && !upper.contains("ORDER BY") {
        found.push("LIMIT without ORDER BY answers any rows".to_owned());
    }
    for order in upper.split("ORDER BY").skip(1) {
        let order = order.split(" LIMIT").next().unwrap_or(order);
        for term in order.split([',', ')', ';']).map(str::trim).filter(|term| !term.is_empty()) {
            let column = term.split_whitespace().next().unwrap_or(term).to_lowercase();
            if !numbers.contains(&column) && !ORDERED_TEXTS.contains(&column.as_str()) {
                found.push(format!("ORDER BY {column}, which is no number or may be NULL"));
            }
        }
    }
    for (name, kind) in columns(&sql) {
        if !(kind == "TEXT" || kind == "BIGINT" || kind.starts_with("DOUBLE PRECISION")) {
            found.push(format!("column {name} {kind}"));
        }
    }
    found
}

/// Columns that are BIGINT NOT NULL wherever they are declared.
fn columns_of_numbers(statements: &[(String, String)]) -> BTreeSet<String> {
    let mut numbers = BTreeSet::new();
    let mut others = BTreeSet::new();
    for (_, sql) in statements {
        for definition in definitions(&without_texts_and_comments(sql)) {
            let name = definition.split_whitespace().next().unwrap_or_default().to_lowercase();
            let is_number = definition.to_uppercase().contains(" BIGINT NOT NULL");
            if is_number {
                numbers.insert(name)
            } else {
                others.insert(name)
            };
        }
    }
    numbers.difference(&others).cloned().collect()
}

/// Names and types of the columns that a statement declares.
fn columns(sql: &str) -> Vec<(String, String)> {
    let split = |definition: String| {
        let mut words = definition.split_whitespace();
        let name = words.next().unwrap_or_default().to_owned();
        let kind = words.next().unwrap_or_default().to_uppercase();
        let next = words.next().unwrap_or_default().to_uppercase();
        (name, if kind == "DOUBLE" { format!("{kind} {next}") } else { kind })
    };
    definitions(sql).into_iter().map(split).collect()
}

/// The definitions of columns in `CREATE TABLE … (…)`.
fn definitions(sql: &str) -> Vec<String> {
    let mut all = Vec::new();
    for table in sql.split("CREATE TABLE").skip(1) {
        let body = table.split_once('(').map_or("", |(_, body)| body);
        let mut depth = 0_usize;
        let mut definition = String::new();
        for c in body.chars() {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => break,
                ')' => depth -= 1,
                ',' if depth == 0 => {
                    all.push(std::mem::take(&mut definition));
                    continue;
                }
                _ => {}
            }
            definition.push(c);
        }
        all.push(definition);
    }
    let is_constraint = |text: &str| {
        let first = text.split([' ', '(']).next().unwrap_or_default();
        ["PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT"].contains(&first)
    };
    all.into_iter().map(|text| text.trim().to_owned()).filter(|text| !is_constraint(text)).collect()
}

fn words_of(sql: &str) -> Vec<&str> {
    sql.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect()
}

fn without_texts_and_comments(sql: &str) -> String {
    let lines: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap_or(line)).collect();
    lines.join(" ").split('\'').step_by(2).collect::<Vec<_>>().join("''")
}

/// Every statement of the migrations and of the sources, with its place.
fn statements() -> Vec<(String, String)> {
    let mut all = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in files_below(&root.join("../../migrations"), "sql") {
        let text = fs::read_to_string(&path).unwrap();
        let text: Vec<&str> = text.lines().map(|line| line.split("--").next().unwrap_or(line)).collect();
        let place = path.file_name().unwrap().to_string_lossy().into_owned();
        let statements = text.join("\n");
        let statements = statements.split(';').map(str::trim).filter(|sql| !sql.is_empty());
        all.extend(statements.map(|sql| (place.clone(), sql.to_owned())));
    }
    for (name, text) in sources().into_iter().filter(|(name, _)| !EXEMPT.contains(&name.as_str())) {
        let is_statement = |text: &String| FIRST_WORDS.contains(&text.split(' ').next().unwrap_or_default());
        all.extend(texts_of(&text).into_iter().filter(is_statement).map(|sql| (name.clone(), sql)));
    }
    all
}

/// The sources of this crate, without their tests.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let production = text.split("#[cfg(test)]").next().unwrap_or(&text).to_owned();
        (path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), production)
    };
    files_below(&root.join("src"), "rs").into_iter().map(read).collect()
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files
}

/// The texts in double quotes of a source, lines continued with `\` joined.
fn texts_of(source: &str) -> Vec<String> {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let code = source.lines().filter(is_code).collect::<Vec<_>>().join("\n");
    let joined = |text: &str| text.split("\\\n").map(str::trim_start).collect::<Vec<_>>().concat();
    code.split('"').skip(1).step_by(2).map(joined).collect()
}
