//! What many comments speak of that nobody named beforehand: themes, found by where comments lie.
//!
//! [`discover`] takes the comments of a week with their places and gives [`Theme`]s: comments that mean alike, with a name of words
//! that set them apart, and the comments nearest to their middle. Given the themes of the week before it begins with them: a theme
//! that is still spoken of keeps its number and its name.
//!
//! The same comments give the same themes, in whatever order they come. Texts that are alike count as often as they come, so
//! comments that come twice each give the same themes too. Time grows with comments times themes.

mod clusters;
mod names;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::discovery::clusters::{Cluster, Clusters, Point};
use crate::discovery::names::{Named, name};
use crate::encoder::Embedding;
use crate::language::Language;

/// A comment for [`discover`].
#[derive(Clone, Copy, Debug)]
pub struct PlacedComment<'a> {
    pub text: &'a str,
    /// Comments of unknown language are in themes, but name none.
    pub language: Language,
    /// Where [`Encoder::embed`](crate::Encoder::embed) puts the text.
    pub place: &'a Embedding,
}

/// Comments that mean alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// Kept from week to week; a theme that nobody spoke of before has the next number that none had.
    pub number: u32,
    /// One to three words of the comments, as most of them spell these; kept from week to week. A theme whose comments have no word in
    /// common is called by its number.
    pub name: String,
    /// The language of most of its comments, and of its name.
    pub language: Language,
    /// What else sets it apart this week, the strongest first.
    pub phrases: Vec<String>,
    /// How many comments it has.
    pub comments: usize,
    /// How many of all comments these are, from 0 to 1.
    pub share: f64,
    /// Whether none of the themes before is this one.
    pub is_new: bool,
    /// Places of the comments nearest to its middle in what was given, the nearest first, each text once.
    pub representatives: Vec<usize>,
    /// Its middle, of length 1: what the next week needs to know it again.
    pub middle: Vec<f32>,
}

/// The themes of comments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Discovery {
    /// The largest first.
    pub themes: Vec<Theme>,
    /// The number of each comment's theme, in the order in which they were given; none for those that stand alone.
    pub theme_of: Vec<Option<u32>>,
}

/// A theme tells so many of its comments.
pub const REPRESENTATIVES: usize = 5;

/// A theme of this week is one of last week if the cosine between their middles, seen from the middle of all comments, is at least so
/// large.
pub const SAME_FROM: f32 = 0.7;

/// Fewer different texts than this have no themes.
pub const FEWEST_TEXTS: usize = 10;

/// A theme has at least so many different texts.
const FEWEST_OF_A_THEME: usize = 3;

/// Finds the themes of comments; `before` are those of the last time, in any order, or none.
pub fn discover(comments: &[PlacedComment], before: &[Theme]) -> Discovery {
    let points = points(comments);
    if points.len() < FEWEST_TEXTS {
        return Discovery { themes: Vec::new(), theme_of: vec![None; comments.len()] };
    }
    let known: Vec<&Theme> = {
        let mut known: Vec<&Theme> = before.iter().collect();
        known.sort_by_key(|theme| theme.number);
        known
    };
    let middles: Vec<&[f32]> = known.iter().map(|theme| theme.middle.as_slice()).collect();
    let clusters = Clusters::find(&points, &middles);
    let mut found: Vec<&Cluster> =
        clusters.list.iter().filter(|cluster| cluster.points.len() >= FEWEST_OF_A_THEME).collect();
    found.sort_by_key(|cluster| (Reverse(cluster.weight), cluster.points.first().map(|point| point.0)));
    let same = clusters.same(&found, &middles, SAME_FROM);
    let mut next_number = known.iter().map(|theme| theme.number + 1).max().unwrap_or(1);
    let mut taken: BTreeSet<String> = same.iter().flatten().map(|place| known[*place].name.clone()).collect();
    let names = name(comments, &points, &found);
    let mut discovery = Discovery { themes: Vec::new(), theme_of: vec![None; comments.len()] };
    for ((cluster, same), Named { language, phrases }) in found.into_iter().zip(same).zip(names) {
        let known = same.map(|place| known[place]);
        let number = known.map_or(next_number, |theme| theme.number);
        next_number += u32::from(known.is_none());
        let name = match known {
            Some(theme) => theme.name.clone(),
            None => phrases.iter().find(|phrase| !taken.contains(*phrase)).cloned().unwrap_or(format!("{number}")),
        };
        taken.insert(name.clone());
        let members = cluster.points.iter().flat_map(|(point, _)| &points[*point].comments);
        members.for_each(|comment| discovery.theme_of[*comment] = Some(number));
        discovery.themes.push(Theme {
            number,
            phrases: phrases.into_iter().filter(|phrase| *phrase != name).take(REPRESENTATIVES).collect(),
            name,
            language: known.map_or(language, |theme| theme.language),
            comments: cluster.weight,
            share: cluster.weight as f64 / comments.len() as f64,
            is_new: known.is_none(),
            representatives: cluster.nearest(REPRESENTATIVES).map(|point| points[point].comments[0]).collect(),
            middle: cluster.middle.clone(),
        });
    }
    discovery
}

/// Each text once, in an order that depends on the texts alone.
fn points<'a>(comments: &[PlacedComment<'a>]) -> Vec<Point<'a>> {
    let mut place_of: FxHashMap<&str, usize> = FxHashMap::default();
    let mut points: Vec<(u64, &str, Point<'a>)> = Vec::new();
    for (number, comment) in comments.iter().enumerate() {
        let place = *place_of.entry(comment.text).or_insert(points.len());
        if place == points.len() {
            let point = Point { place: comment.place, comments: Vec::new() };
            points.push((xxh3_64(comment.text.as_bytes()), comment.text, point));
        }
        points[place].2.comments.push(number);
    }
    points.sort_unstable_by(|left, right| (left.0, left.1).cmp(&(right.0, right.1)));
    points.into_iter().map(|(_, _, point)| point).collect()
}
