//! MathML elements and their only way to text: one escape function, no attribute from the input.

/// An element, or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Element { tag: &'static str, attributes: Vec<(&'static str, String)>, children: Vec<Node> },
    Words(String),
}

/// An element around children.
pub(super) fn element(tag: &'static str, children: Vec<Node>) -> Node {
    Node::Element { tag, attributes: Vec::new(), children }
}

/// An element around words, which are escaped when written.
pub(super) fn words(tag: &'static str, text: impl Into<String>) -> Node {
    element(tag, vec![Node::Words(text.into())])
}

/// Several nodes as one: themselves if there is one, else an `mrow`.
pub(super) fn row(mut nodes: Vec<Node>) -> Node {
    match (nodes.pop(), nodes.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            nodes.push(last);
            element("mrow", nodes)
        }
        (None, _) => element("mrow", Vec::new()),
    }
}

impl Node {
    /// Adds an attribute. The value is ours, never the author's; it is escaped all the same.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Node {
        if let Node::Element { attributes, .. } = &mut self {
            attributes.push((name, value.into()));
        }
        self
    }

    /// Appends the node as text.
    pub fn write(&self, out: &mut String) {
        match self {
            Node::Words(text) => escape(text, out),
            Node::Element { tag, attributes, children } => {
                out.push('<');
                out.push_str(tag);
                for (name, value) in attributes {
                    out.push(' ');
                    out.push_str(name);
                    out.push_str("=\"");
                    escape(value, out);
                    out.push('"');
                }
                out.push('>');
                for child in children {
                    child.write(out);
                }
                out.push_str("</");
                out.push_str(tag);
                out.push('>');
            }
        }
    }
}

/// Appends text so that no markup is left in it; characters that XML forbids become `U+FFFD`.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            // Marks that turn the direction of the text around them.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}
