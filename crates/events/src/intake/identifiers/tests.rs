use super::*;

fn gather(values: &[(&str, &'static str)]) -> Result<Vec<String>, DeadCode> {
    let mut identifiers = Identifiers::default();
    for (kind, value) in values {
        identifiers.add(IdentifierKind::parse(kind), Cow::Borrowed(*value)).map_err(|refusal| refusal.code)?;
    }
    identifiers.finish().map_err(|refusal| refusal.code)?;
    Ok(identifiers.into_list().iter().map(ToString::to_string).collect())
}

#[test]
fn the_highest_priority_comes_first_and_none_comes_twice() {
    let found = gather(&[
        ("anonymous_id", "a1"),
        ("email", "Ana@Example.es"),
        ("zeta", "9"),
        ("email", "ana@example.es "),
        ("alfa", "9"),
        ("user_id", "u1"),
        ("anonymous_id", "a1"),
    ]);
    assert_eq!(found.unwrap(), ["user_id:u1", "email:ana@example.es", "alfa:9", "zeta:9", "anonymous_id:a1"]);
}

#[test]
fn values_that_identify_nobody_are_left_out() {
    assert_eq!(gather(&[("user_id", "null"), ("anonymous_id", "a1")]).unwrap(), ["anonymous_id:a1"]);
    assert_eq!(gather(&[("email", "n/a"), ("phone", "none"), ("user_id", "u1")]).unwrap(), ["user_id:u1"]);
    assert_eq!(gather(&[]), Err(DeadCode::MissingIdentifier));
    assert_eq!(gather(&[("user_id", "-1"), ("anonymous_id", " ")]), Err(DeadCode::BlockedIdentifier));
    assert_eq!(gather(&[("email", "unknown")]), Err(DeadCode::BlockedIdentifier));
}

#[test]
fn too_long_and_too_many_are_refused() {
    let long: &'static str = "x".repeat(513).leak();
    assert_eq!(gather(&[("user_id", "u1"), ("device", long)]), Err(DeadCode::IdentifierTooLong));
    let many: Vec<(&str, &'static str)> = (0..=MOST).map(|number| ("card", &*format!("c{number}").leak())).collect();
    assert_eq!(gather(&many), Err(DeadCode::InvalidField));
    assert!(gather(&many[1..]).is_ok());
}
