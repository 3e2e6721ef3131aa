//! Drawings of the page. A face always has its number beside it.

/// What all faces begin with.
pub(super) const FACE: &str = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"9.5\"/>\
<path d=\"M9 9.6v.5M15 9.6v.5\"/>";

/// From the least content to the most.
pub(super) const FACES: [&str; 5] = [
    "<path d=\"M8 16.6c1-2 2.4-2.9 4-2.9s3 .9 4 2.9\"/></svg>",
    "<path d=\"M8.3 16c1-1.1 2.2-1.6 3.7-1.6s2.7.5 3.7 1.6\"/></svg>",
    "<path d=\"M8.3 15.2h7.4\"/></svg>",
    "<path d=\"M8.3 14.4c1 1.1 2.2 1.6 3.7 1.6s2.7-.5 3.7-1.6\"/></svg>",
    "<path d=\"M8 13.7c1 2 2.4 2.9 4 2.9s3-.9 4-2.9\"/></svg>",
];

pub(super) const STAR: &str = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\">\
<path d=\"m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z\"/></svg>";

pub(super) const DONE: &str = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"10\"/>\
<path d=\"m7.5 12.3 3.1 3.1 5.9-6.5\"/></svg>\n";

pub(super) const CLOSED: &str = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"10\"/>\
<path d=\"M12 7v6M12 16.5v.1\"/></svg>\n";
