//! Guesses which column says what from the usual names, in English and Spanish, and from the values below them.

use domain::identifier::IdentifierKind;

use super::FileError;
use super::mapping::{Mapping, Properties, Said};
use crate::intake::time::read_moment;

#[cfg(test)]
mod tests;

/// A mapping that nobody wrote, with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Every column has a place in it.
    pub mapping: Mapping,
    /// One sentence for each column that got a meaning.
    pub reasons: Vec<String>,
}

/// Usual names, the surest first, as [`simplify`] writes them.
pub(super) const CUSTOMERS: &[(&str, &str)] = &[
    ("case_concept_name", "user_id"),
    ("customer", "user_id"),
    ("customer_id", "user_id"),
    ("user_id", "user_id"),
    ("cliente_id", "user_id"),
    ("id_cliente", "user_id"),
    ("client_id", "user_id"),
    ("cliente", "user_id"),
    ("codigo_cliente", "user_id"),
    ("usuario_id", "user_id"),
    ("id_usuario", "user_id"),
    ("usuario", "user_id"),
    ("user", "user_id"),
    ("member_id", "user_id"),
    ("account_id", "user_id"),
    ("contact_id", "user_id"),
    ("socio", "user_id"),
    ("loyalty_card", "loyalty_card"),
    ("tarjeta", "loyalty_card"),
    ("case_id", "user_id"),
    ("case", "user_id"),
    ("caso", "user_id"),
    ("email", "email"),
    ("e_mail", "email"),
    ("correo", "email"),
    ("correo_electronico", "email"),
    ("phone", "phone"),
    ("phone_number", "phone"),
    ("telefono", "phone"),
    ("movil", "phone"),
    ("anonymous_id", "anonymous_id"),
    ("visitor_id", "anonymous_id"),
    ("device_id", "device"),
];
const ACTIVITIES: &[&str] = &[
    "concept_name",
    "activity",
    "activity_name",
    "actividad",
    "event",
    "event_name",
    "evento",
    "nombre_evento",
    "action",
    "accion",
    "event_type",
    "tipo_evento",
    "tipo_de_evento",
    "step",
    "paso",
    "task",
    "tarea",
    "type",
    "tipo",
];
pub(super) const TIMES: &[&str] = &[
    "time_timestamp",
    "occurred_at",
    "timestamp",
    "event_time",
    "event_timestamp",
    "datetime",
    "date_time",
    "fecha_hora",
    "fecha_y_hora",
    "fechahora",
    "marca_de_tiempo",
    "time",
    "fecha",
    "date",
    "fecha_evento",
    "event_date",
    "created_at",
    "instante",
    "momento",
    "start_timestamp",
    "complete_timestamp",
    "fecha_compra",
    "purchase_date",
    "hora",
];
pub(super) const CHANNELS: &[&str] = &["channel", "canal", "case_channel"];
pub(super) const UNITS: &[&str] = &[
    "store_id",
    "store",
    "shop_id",
    "shop",
    "tienda_id",
    "id_tienda",
    "tienda",
    "sucursal_id",
    "id_sucursal",
    "sucursal",
    "branch_id",
    "branch",
    "unit",
    "unidad",
    "local",
];

/// Guesses the mapping of a file from its header and some of its rows. Every other column becomes a property.
pub fn guess_mapping(header: &[String], sample: &[Vec<String>]) -> Result<Guess, FileError> {
    let names: Vec<String> = header.iter().map(|name| simplify(name)).collect();
    let find = |usual: &[&str]| usual.iter().find_map(|usual| names.iter().position(|name| name == usual));
    let mut reasons = Vec::new();
    let mut used = |what: &str, at: usize, why: String| {
        reasons.push(format!("{what} = {} ({why})", header[at]));
        header[at].clone()
    };
    let missing = |field: &'static str| FileError::NotGuessed { field, columns: header.to_vec() };

    let customer = CUSTOMERS.iter().find_map(|(usual, kind)| {
        names.iter().position(|name| name == usual).map(|at| (at, IdentifierKind::parse(kind)))
    });
    let (customer_at, kind) = customer.ok_or_else(|| missing("customer"))?;
    let customer = used("customer", customer_at, format!("by its name, as {kind}"));
    let activity_at = find(ACTIVITIES).filter(|at| *at != customer_at).ok_or_else(|| missing("activity"))?;
    let activity = used("activity", activity_at, "by its name".to_owned());

    let is_time = |at: usize| {
        let mut values =
            sample.iter().filter_map(|row| row.get(at)).filter(|value| !value.trim().is_empty()).peekable();
        values.peek().is_some() && values.all(|value| read_moment(value).is_ok())
    };
    let is_free = |at: &usize| *at != customer_at && *at != activity_at;
    let by_name = TIMES.iter().filter_map(|usual| names.iter().position(|name| name == usual)).filter(is_free);
    let named: Vec<usize> = by_name.collect();
    let read: Vec<usize> =
        (0..header.len()).filter(is_free).filter(|at| is_time(*at) && !is_all_digits(sample, *at)).collect();
    let (time_at, why) = match (named.iter().find(|at| sample.is_empty() || is_time(**at)), &read[..], &named[..]) {
        (Some(at), _, _) => (*at, "by its name and its values"),
        (None, [only], _) => (*only, "the only column with times"),
        (None, _, [first, ..]) => (*first, "by its name; its values cannot be read as times"),
        (None, _, []) => return Err(missing("occurred_at")),
    };
    let occurred_at = used("occurred_at", time_at, why.to_owned());
    let is_free = |at: &usize| ![customer_at, activity_at, time_at].contains(at);
    let channel_at = find(CHANNELS).filter(is_free);
    let channel = channel_at.map(|at| Said::Column(used("channel", at, "by its name".to_owned())));
    let unit = find(UNITS).filter(is_free).map(|at| Said::Column(used("unit", at, "by its name".to_owned())));
    let mapping = Mapping {
        customer: vec![(kind, customer)],
        activity: Said::Column(activity),
        occurred_at,
        channel,
        unit,
        properties: Properties::Others,
        is_row_customer: false,
        scales: Vec::new(),
    };
    Ok(Guess { mapping, reasons })
}

/// Whether a column could as well be a column of numbers.
fn is_all_digits(sample: &[Vec<String>], at: usize) -> bool {
    sample
        .iter()
        .filter_map(|row| row.get(at))
        .all(|value| value.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// A name in lower case without accents, its words joined by underscores: `Fecha/Hora`, `userId` and `time:timestamp` become
/// `fecha_hora`, `user_id` and `time_timestamp`.
pub(super) fn simplify(name: &str) -> String {
    let mut simple = String::new();
    let mut was_lower = false;
    for character in name.trim().chars() {
        let plain = match character {
            'á' | 'Á' | 'à' => 'a',
            'é' | 'É' | 'è' => 'e',
            'í' | 'Í' => 'i',
            'ó' | 'Ó' => 'o',
            'ú' | 'Ú' | 'ü' => 'u',
            'ñ' | 'Ñ' => 'n',
            other => other,
        };
        if plain.is_ascii_alphanumeric() {
            if plain.is_ascii_uppercase() && was_lower {
                simple.push('_');
            }
            simple.push(plain.to_ascii_lowercase());
        } else if !simple.is_empty() && !simple.ends_with('_') {
            simple.push('_');
        }
        was_lower = plain.is_ascii_lowercase() || plain.is_ascii_digit();
    }
    simple.trim_end_matches('_').to_owned()
}

/// The candidate that takes the fewest changes to become `name`, if those are few.
pub(super) fn find_nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = simplify(name);
    let nearest = candidates
        .map(|candidate| (count_changes(&wanted, &simplify(candidate)), candidate))
        .min_by_key(|(changes, _)| *changes);
    nearest
        .filter(|(changes, candidate)| *changes <= (candidate.chars().count() / 3).max(1))
        .map(|(_, candidate)| candidate)
}

/// Insertions, removals and replacements of one character that make one text of the other (Levenshtein's distance).
fn count_changes(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, character) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (at, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(*other != character);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}
