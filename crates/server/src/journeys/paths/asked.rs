//! Paths as they are asked for, and the same in codes.

use domain::{Error, Result};
use journey::paths::{MAX_LENGTH, PathAnchor, PathScope, PathShape, PathsQuestion};

use crate::journeys::moment::Moment;

const PATH_LENGTH: usize = 5;
const TOP_PATHS: usize = 50;
const MOST_PATHS: usize = 10_000;

/// Where paths are held, by names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrittenAnchor {
    From(String),
    To(String),
    Through(String),
    Start,
}

/// What paths are asked for.
#[derive(Clone, Debug, Default)]
pub struct AskedPaths {
    pub anchor: Option<WrittenAnchor>,
    pub length: Option<usize>,
    pub top: Option<usize>,
    /// Activities before the one that the paths go through.
    pub before: Option<usize>,
    pub scope: PathScope,
    pub is_collapsed: bool,
}

impl AskedPaths {
    /// Takes a parameter over when it is one of the shape of paths; gives it back otherwise.
    pub fn take(&mut self, name: &str, value: String) -> Result<Option<String>> {
        match name {
            "length" => self.length = Some(read_count(name, &value)?),
            "top" => self.top = Some(read_count(name, &value)?),
            "before" => self.before = Some(read_count(name, &value)?),
            "within" => {
                self.scope = match value.as_str() {
                    "history" => PathScope::History,
                    "visit" => PathScope::Visit,
                    other => return Err(Error::invalid(format!("`within` is history or visit, not `{other}`"))),
                }
            }
            "collapsed" => {
                self.is_collapsed = value
                    .parse()
                    .map_err(|_| Error::invalid(format!("`collapsed` is true or false, not `{value}`")))?;
            }
            _ => return Ok(Some(value)),
        }
        Ok(None)
    }

    /// Holds the paths somewhere; refuses a second place.
    pub fn hold(&mut self, anchor: WrittenAnchor) -> Result<()> {
        match self.anchor.replace(anchor) {
            None => Ok(()),
            Some(_) => Err(Error::invalid(
                "paths are held at one place: what they come from, what they lead to, what they go through, or the start",
            )),
        }
    }

    pub fn top(&self) -> Result<usize> {
        match self.top.unwrap_or(TOP_PATHS) {
            top if top == 0 || top > MOST_PATHS => {
                Err(Error::invalid(format!("`top` is 1 to {MOST_PATHS}, not {top}")))
            }
            top => Ok(top),
        }
    }

    fn length(&self) -> usize {
        // Histories are asked for as a whole.
        let usual = if self.anchor == Some(WrittenAnchor::Start) { MAX_LENGTH } else { PATH_LENGTH };
        self.length.unwrap_or(usual)
    }

    pub fn find(&self, moment: &Moment) -> Result<PathShape> {
        let find = |name: &String| moment.vocabulary.find(name);
        let anchor = match &self.anchor {
            Some(WrittenAnchor::From(activity)) => PathAnchor::From(find(activity)?),
            Some(WrittenAnchor::To(activity)) => PathAnchor::To(find(activity)?),
            Some(WrittenAnchor::Through(activity)) => {
                let before = self.before.unwrap_or(self.length().saturating_sub(1) / 2);
                PathAnchor::Through { activity: find(activity)?, before }
            }
            Some(WrittenAnchor::Start) => PathAnchor::Start,
            None => return Err(Error::invalid("say where the paths are held")),
        };
        if self.before.is_some() && !matches!(anchor, PathAnchor::Through { .. }) {
            return Err(Error::invalid("`before` says where in the paths the activity stands that they go through"));
        }
        Ok(PathShape::new(anchor, self.length())?.within(self.scope).collapsed(self.is_collapsed))
    }

    pub fn question(&self, moment: &Moment) -> Result<PathsQuestion> {
        Ok(PathsQuestion::shaped(self.find(moment)?, self.top()?))
    }
}

fn read_count(name: &str, value: &str) -> Result<usize> {
    value.parse().map_err(|_| {
        let what = if name == "top" { "a number of paths" } else { "a number of activities" };
        Error::invalid(format!("`{name}` is {what}, not `{value}`"))
    })
}
