//! Lists of customers: all of them, or those that a text leads to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::customer_name::name_words;
use domain::{CustomerId, Error, NodeId, Result};
use journey::behind::{BehindQuestion, ById, Element};
use journey::{below, run};

use super::rows::{CustomerRow, SHOWN_IDENTIFIERS, list_rows};
use super::service::{find_current, find_customers};
use crate::app::App;
use crate::auth::Sight;
use crate::sight::units_in;

/// Rows of the state that one word or one beginning of an identifier may read; beyond, an answer says that it is a part.
/// Reading the words of the names of so many customers takes some ten milliseconds.
const MOST_FOUND: u32 = 1_000;
/// Words of a name that are looked up at once: so few that no further word needs to be read to narrow them down.
const FEW_FOUND: usize = 200;
/// Characters from which on the beginning of an identifier finds it.
const LEAST_PREFIX: usize = 3;
/// Characters that a search may have.
const LONGEST_SEARCH: usize = 256;

/// Customers of a list.
#[derive(Debug)]
pub struct CustomerPage {
    pub customers: Vec<CustomerRow>,
    pub next: Option<String>,
    /// Whether so many fit the search that only a part of them was looked at.
    pub is_partial: bool,
}

/// How well a customer fits a search; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Identifier,
    WholeWords,
    BeginningsOfWords,
    BeginningOfIdentifier,
}

impl Fit {
    const ALL: [Fit; 4] = [Fit::Identifier, Fit::WholeWords, Fit::BeginningsOfWords, Fit::BeginningOfIdentifier];
}

/// A place in the list of those who were found.
type Place = (Fit, CustomerId);

fn parse_place(text: &str) -> Result<Place> {
    let place = text.split_once('.').and_then(|(fit, id)| {
        let fit = Fit::ALL.get(fit.parse::<usize>().ok()?)?;
        Some((*fit, CustomerId(id.parse().ok()?)))
    });
    place.ok_or_else(|| Error::invalid(format!("`{text}` is not a place in this list; send what `next` said")))
}

/// All customers, those first who were known last.
pub fn list_customers(app: &App, after: Option<CustomerId>, limit: usize, sight: &Sight) -> Result<CustomerPage> {
    app.log.sync_state()?;
    let timeline = app.log.timeline()?;
    let units = units_in(app, sight, &app.log.names())?;
    let (customers, has_more) = match &units {
        None => {
            let mut customers = app.log.list_customers(after, limit + 1);
            let has_more = customers.len() > limit;
            customers.truncate(limit);
            (customers, has_more)
        }
        Some(units) => {
            let question = BehindQuestion::new(Element::Everybody, limit)?.in_order(ById::Descending);
            let question = question.after(after.map(|customer| customer.0));
            let seen = run(question, &below(&app.waiting.watch(&timeline), units), app.settings.query_threads)?;
            (seen.customers.into_iter().map(CustomerId).collect(), seen.has_more)
        }
    };
    let next = customers.last().filter(|_| has_more).map(ToString::to_string);
    let customers = list_rows(app, &timeline, units.as_ref(), &customers, SHOWN_IDENTIFIERS)?;
    Ok(CustomerPage { customers, next, is_partial: false })
}

/// Customers who are known by exactly this, with all their identifiers.
pub fn find_by_identifier(app: &App, value: &str, sight: &Sight) -> Result<CustomerPage> {
    let customers = find_customers(app, value, sight)?;
    let units = units_in(app, sight, &app.log.names())?;
    let customers = list_rows(app, &app.log.timeline()?, units.as_ref(), &customers, usize::MAX)?;
    Ok(CustomerPage { customers, next: None, is_partial: false })
}

/// Customers that a text leads to, the best first: an id, an identifier or the beginning of one, words of a name.
pub fn search_customers(app: &App, text: &str, after: Option<&str>, limit: usize) -> Result<CustomerPage> {
    let text = text.trim();
    if text.chars().count() > LONGEST_SEARCH || text.contains('\0') {
        return Err(Error::invalid(format!("a search has at most {LONGEST_SEARCH} characters")));
    }
    let after = after.map(parse_place).transpose()?;
    app.log.sync_state()?;
    let mut found = Found::default();
    found.by_identifier(app, text)?;
    found.by_name(app, &name_words(text))?;
    found.by_beginning(app, text)?;
    let mut places: Vec<Place> = found.customers.into_iter().map(|(customer, fit)| (fit, customer)).collect();
    places.sort_unstable();
    places.retain(|place| after.is_none_or(|after| after < *place));
    let has_more = places.len() > limit;
    places.truncate(limit);
    let next = places.last().filter(|_| has_more).map(|(fit, customer)| format!("{}.{}", *fit as usize, customer.0));
    let customers: Vec<CustomerId> = places.into_iter().map(|(_, customer)| customer).collect();
    let customers = list_rows(app, &app.log.timeline()?, None, &customers, SHOWN_IDENTIFIERS)?;
    Ok(CustomerPage { customers, next, is_partial: found.is_partial })
}

/// Who was found, and by what they fit best.
#[derive(Default)]
struct Found {
    customers: BTreeMap<CustomerId, Fit>,
    is_partial: bool,
}

impl Found {
    fn add(&mut self, customer: CustomerId, fit: Fit) {
        let best = self.customers.entry(customer).or_insert(fit);
        *best = fit.min(*best);
    }

    fn by_identifier(&mut self, app: &App, text: &str) -> Result<()> {
        if let Some(customer) = text.parse().ok().and_then(|id| find_current(app, id)) {
            self.add(customer, Fit::Identifier);
        }
        for known in app.state.customers.find_identifiers(text)? {
            self.add(app.log.customer_of(known.node), Fit::Identifier);
        }
        Ok(())
    }

    /// Every word must be the beginning of a word of a name, of whichever part of the customer.
    fn by_name(&mut self, app: &App, words: &[String]) -> Result<()> {
        // The rarest word leads; long ones usually are rarer.
        let mut longest_first: Vec<&String> = words.iter().collect();
        longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut leading: Option<Vec<(String, NodeId)>> = None;
        for word in longest_first {
            let rows = app.state.names.find_name_words(word, MOST_FOUND + 1)?;
            if leading.as_ref().is_none_or(|leading| rows.len() < leading.len()) {
                leading = Some(rows);
            }
            if leading.as_ref().is_some_and(|leading| leading.len() <= FEW_FOUND) {
                break;
            }
        }
        let Some(mut leading) = leading else { return Ok(()) };
        if leading.len() > MOST_FOUND as usize {
            leading.truncate(MOST_FOUND as usize);
            self.is_partial = true;
        }
        if let [word] = words {
            for (called, node) in leading {
                let fit = if called == *word { Fit::WholeWords } else { Fit::BeginningsOfWords };
                self.add(app.log.customer_of(node), fit);
            }
            return Ok(());
        }
        let candidates: BTreeSet<CustomerId> = leading.iter().map(|(_, node)| app.log.customer_of(*node)).collect();
        for (customer, called) in words_of(app, candidates)? {
            let fits = |is_word: &dyn Fn(&str, &str) -> bool| {
                words.iter().all(|word| called.iter().any(|called| is_word(called, word)))
            };
            if fits(&|called, word| called == word) {
                self.add(customer, Fit::WholeWords);
            } else if fits(&|called, word| called.starts_with(word)) {
                self.add(customer, Fit::BeginningsOfWords);
            }
        }
        Ok(())
    }

    fn by_beginning(&mut self, app: &App, text: &str) -> Result<()> {
        if text.chars().count() < LEAST_PREFIX {
            return Ok(());
        }
        for beginning in beginnings(text) {
            let mut known = app.state.names.find_identifiers_from(&beginning, MOST_FOUND + 1)?;
            if known.len() > MOST_FOUND as usize {
                known.truncate(MOST_FOUND as usize);
                self.is_partial = true;
            }
            for known in known {
                self.add(app.log.customer_of(known.node), Fit::BeginningOfIdentifier);
            }
        }
        Ok(())
    }
}

/// A text as values of identifiers may begin: as it is, in lower case like an e-mail, as the digits of a phone.
fn beginnings(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::from([text.to_owned(), text.to_lowercase()]);
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '.' | '(' | ')');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if text.chars().all(is_number) && digits.len() >= LEAST_PREFIX {
        // A phone may be stored with its country or without.
        all.insert(format!("+{}", digits.strip_prefix("00").unwrap_or(&digits)));
        all.insert(digits);
    }
    all
}

/// The words of the names of these customers, of all their parts.
fn words_of(app: &App, customers: BTreeSet<CustomerId>) -> Result<HashMap<CustomerId, Vec<String>>> {
    let mut customer_of: HashMap<NodeId, CustomerId> = HashMap::new();
    for customer in customers {
        customer_of.extend(app.log.nodes_of(customer).into_iter().map(|node| (node, customer)));
    }
    let nodes: Vec<NodeId> = customer_of.keys().copied().collect();
    let mut words: HashMap<CustomerId, Vec<String>> = HashMap::new();
    for (word, node) in app.state.names.list_name_words(&nodes)? {
        if let Some(customer) = customer_of.get(&node) {
            words.entry(*customer).or_default().push(word);
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_the_beginning_of_a_phone() {
        let all = |text: &str| beginnings(text).into_iter().collect::<Vec<_>>();
        assert_eq!(all("600 11"), ["+60011", "600 11", "60011"]);
        assert_eq!(all("0034 6"), ["+346", "0034 6", "00346"]);
        assert_eq!(all("Ana@"), ["Ana@", "ana@"]);
        assert_eq!(all("u-7"), ["u-7"]);
    }
}
