//! The one place where text becomes HTML. Markup is written in the program; everything else passes through [`Html::text`] or
//! [`Html::attribute`], which escape it: nothing else can be put in.

/// A page while it is written.
#[derive(Default)]
pub(crate) struct Html(String);

impl Html {
    /// Markup of the program's own.
    pub fn markup(&mut self, markup: &'static str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    /// Text of anybody.
    pub fn text(&mut self, text: &str) -> &mut Html {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // HTML has no way to write them.
                c if c.is_control() && !matches!(c, '\n' | '\t') => {}
                c => self.0.push(c),
            }
        }
        self
    }

    /// ` name="value"`, with a value of anybody.
    pub fn attribute(&mut self, name: &'static str, value: &str) -> &mut Html {
        self.markup(" ").markup(name).markup("=\"").text(value).markup("\"")
    }

    /// ` name`, where it holds.
    pub fn flag(&mut self, name: &'static str, holds: bool) -> &mut Html {
        if holds { self.markup(" ").markup(name) } else { self }
    }

    pub fn finish(self) -> String {
        self.0
    }
}
