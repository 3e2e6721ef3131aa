//! Entering what happened to the company, and finding it again by day.

use domain::ports::{Annotation, AnnotationKind};
use domain::time::{Day, parse_day};
use domain::{AnnotationId, Error, Result};
use serde_json::{Value, json};

use super::dto::NewAnnotation;
use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::organisation::units::{find_tree, find_unit};

/// Characters of what happened, and of a channel.
const LONGEST_TEXT: usize = 200;

pub fn parse_annotation(text: &str) -> Result<AnnotationId> {
    text.parse().map_err(|cause: domain::ids::InvalidId| Error::invalid(cause.to_string()))
}

/// What is seen of what happened from a day on and before another, each if it is told; by day.
pub fn list_annotations(app: &App, from: Option<&str>, to: Option<&str>, sight: &Sight) -> Result<Vec<Annotation>> {
    let (from, to) = (from.map(parse_day).transpose()?, to.map(parse_day).transpose()?);
    list_between(app, from, to, sight)
}

/// The same of days that are read already.
pub fn list_between(app: &App, from: Option<Day>, to: Option<Day>, sight: &Sight) -> Result<Vec<Annotation>> {
    let mut annotations = app.state.annotations.list_annotations()?;
    annotations.retain(|annotation| {
        from.is_none_or(|from| annotation.last_day >= from) && to.is_none_or(|to| annotation.first_day < to)
    });
    if let Sight::Below(unit) = sight {
        let tree = find_tree(app)?;
        let below = tree.below(unit);
        annotations.retain(|annotation| annotation.unit.as_deref().is_none_or(|unit| below.contains(unit)));
    }
    annotations.sort_by_key(|annotation| (annotation.first_day, annotation.id));
    Ok(annotations)
}

pub fn create_annotation(app: &App, new: NewAnnotation, by: &Identity) -> Result<Annotation> {
    let annotation = read(app, AnnotationId(0), new, by)?;
    let audit = app.audit_entry(by, "annotation.create", &annotation.text, describe(&annotation));
    app.state.annotations.create_annotation(&annotation, &audit)
}

pub fn update_annotation(app: &App, id: AnnotationId, new: NewAnnotation, by: &Identity) -> Result<Annotation> {
    let annotation = read(app, id, new, by)?;
    let audit = app.audit_entry(by, "annotation.update", &id.to_string(), describe(&annotation));
    app.state.annotations.update_annotation(&annotation, &audit)
}

pub fn delete_annotation(app: &App, id: AnnotationId, by: &Identity) -> Result<()> {
    let annotation = app.state.annotations.find_annotation(id)?;
    let audit = app.audit_entry(by, "annotation.delete", &id.to_string(), describe(&annotation));
    app.state.annotations.delete_annotation(id, app.clock.now_ms(), &audit)
}

fn read(app: &App, id: AnnotationId, new: NewAnnotation, by: &Identity) -> Result<Annotation> {
    let Some(kind) = AnnotationKind::parse(&new.kind) else {
        let kinds = AnnotationKind::ALL.map(AnnotationKind::as_str).join("`, `");
        return Err(Error::invalid(format!("`kind` is one of `{kinds}`, not `{}`", new.kind)));
    };
    let first_day = parse_day(&new.first_day)?;
    let last_day = new.last_day.as_deref().map_or(Ok(first_day), parse_day)?;
    if last_day < first_day {
        return Err(Error::invalid(format!("the last day, {last_day}, is before the first, {first_day}")));
    }
    let unit = new.unit.filter(|unit| !unit.is_empty()).map(|unit| find_unit(app, &unit)).transpose()?;
    let channel = new.channel.filter(|channel| !channel.is_empty());
    Ok(Annotation {
        id,
        kind,
        first_day,
        last_day,
        text: read_line("what happened", &new.text)?,
        channel: channel.map(|channel| read_line("a channel", &channel)).transpose()?,
        unit: unit.map(|unit| unit.name),
        created_by: by.name.clone(),
        created_at: app.clock.now_ms(),
    })
}

fn read_line(what: &str, text: &str) -> Result<String> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 || length > LONGEST_TEXT || text.chars().any(char::is_control) {
        return Err(Error::invalid(format!(
            "{what} is one line of 1 to {LONGEST_TEXT} characters, without control characters"
        )));
    }
    Ok(text.to_owned())
}

fn describe(annotation: &Annotation) -> Value {
    json!({
        "kind": annotation.kind.as_str(),
        "first_day": annotation.first_day.to_string(),
        "last_day": annotation.last_day.to_string(),
        "text": annotation.text,
        "channel": annotation.channel,
        "unit": annotation.unit,
    })
}
