//! Claims that rest on a line which is said to follow from a definition, and is not shown to.

use crate::claim::{Kind, Statement};
use crate::message::Message;
use crate::source::Source;

/// Why a claim that was shown stays open: what it uses a name for is a line that words say to follow ("then `b = 3a`"
/// behind b = 2a), and that is not shown by what the notes defined before. Either of them may be what is meant.
/// `unshown` says of each statement whether it was judged, and not shown.
pub fn fallen(source: &Source, statements: &[Statement], unshown: &[bool], at: usize) -> Option<Message> {
    let own = statements.get(at)?;
    let claim = own.claim.as_ref()?;
    let head = own.sides.as_ref().filter(|_| own.otherwise == Some(Kind::Definition)).map(|(left, _)| left);
    let restates =
        |(s, unshown): &(&Statement, &bool)| s.concluded && s.otherwise == Some(Kind::Definition) && **unshown;
    statements.iter().zip(unshown).filter(restates).find_map(|(s, _)| {
        let line = source.line(s.span.start);
        let uses = claim.definitions.iter().find(|d| {
            let named = s.sides.as_ref().is_some_and(|(left, _)| left.mentions(&d.head));
            // A restatement is held against the one before it.
            d.line == Some(line) && named && !head.is_some_and(|left| left.mentions(&d.head))
        })?;
        Some(Message::new("reason-fallen").with("symbol", uses.head.name.to_string()).with("line", line.to_string()))
    })
}
