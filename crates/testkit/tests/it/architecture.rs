//! The shape that ARCHITECTURE.md describes, compared with the code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Every crate with the crates of the workspace that it may see.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("journey", &["domain"]),
    ("text", &[]),
    ("search", &["domain", "text"]),
    ("demo", &[]),
    ("store", &["domain"]),
    ("events", &["domain", "journey"]),
    ("server", &["domain", "journey", "text", "search", "events", "store"]),
    ("vivencia", &["domain", "journey", "events", "store", "server", "demo"]),
    ("testkit", &["domain", "journey"]),
];

/// What pure crates must not mention.
const IMPURE: &[&str] =
    &["std::fs", "std::net", "std::process", "std::env", "SystemTime", "Instant::now", "tokio", "async fn"];

fn workspace() -> PathBuf {
    // Where it runs, not where it was built: clones may share their build products.
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("../..")
}

#[test]
fn arrows_point_down() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(workspace())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut seen = BTreeSet::new();
    for package in metadata["packages"].as_array().unwrap() {
        let manifest = package["manifest_path"].as_str().unwrap();
        if !manifest.contains("/crates/") {
            continue;
        }
        let name = package["name"].as_str().unwrap();
        let may_see = allowed.get(name).unwrap_or_else(|| panic!("{name} is not in ARCHITECTURE.md"));
        seen.insert(name);
        for dependency in package["dependencies"].as_array().unwrap() {
            let target = dependency["name"].as_str().unwrap();
            let is_for_tests = dependency["kind"] == "dev";
            if dependency["path"].is_string() && !is_for_tests {
                assert!(may_see.contains(&target), "{name} must not see {target}");
            }
        }
    }
    assert_eq!(seen.len(), ARROWS.len(), "crates in the list that are not in the workspace");
}

#[test]
fn pure_crates_stay_pure() {
    for name in ["domain", "journey", "text"] {
        for file in sources(&workspace().join("crates").join(name).join("src")) {
            let text = std::fs::read_to_string(&file).unwrap();
            for word in IMPURE {
                assert!(!text.contains(word), "{} mentions {word}", file.display());
            }
        }
    }
}

#[test]
fn every_document_named_in_the_architecture_is_there() {
    let text = std::fs::read_to_string(workspace().join("ARCHITECTURE.md")).unwrap();
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for link in links.filter(|link| !link.starts_with("http")) {
        assert!(workspace().join(link).exists(), "ARCHITECTURE.md names {link}");
    }
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
