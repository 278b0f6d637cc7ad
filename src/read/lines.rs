//! The lines of a text with what their beginnings mean to Markdown, as far as finding mathematics needs it.

/// A line fence: three or more of the same character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    /// `` ` ``, `~` or `:`.
    pub mark: u8,
    /// How many.
    pub length: u32,
}

/// One line. Offsets are bytes; 32 bits are enough for [`super::MAX_INPUT`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// First byte.
    pub start: u32,
    /// Behind the last byte, line end not counted.
    pub end: u32,
    /// First byte of the next line.
    pub next: u32,
    /// First byte behind quote marks, list markers and white space.
    pub content: u32,
    /// How many `>` lead the line.
    pub quotes: u16,
    /// The first list marker with its offset within the line.
    pub marker: Option<(u8, u32)>,
    /// A fence at the content's start.
    pub fence: Option<Fence>,
    /// Only white space.
    pub blank: bool,
    /// Only white space and `>`.
    pub bare: bool,
    /// An ATX heading.
    pub heading: bool,
    /// Where inline constructs that begin in this line must end at the latest.
    pub inline_end: u32,
    /// The start of the next blank line from here on.
    pub next_blank: u32,
    /// The start of the next line from here on that is blank but for quote marks.
    pub next_bare: u32,
    /// The start of the next line behind this one that no formula can hold: a heading or a fence.
    pub next_stop: u32,
}

/// All lines of a text.
pub(super) struct Lines(Vec<Line>);

impl Lines {
    /// Reads the beginnings of all lines from byte `start` on; linear.
    pub fn new(text: &str, mut start: usize) -> Lines {
        let bytes = text.as_bytes();
        let mut lines = Vec::new();
        while start < bytes.len() {
            let next = text.get(start..).and_then(|t| t.find('\n')).map_or(bytes.len(), |i| start + i + 1);
            lines.push(line(bytes, start, next));
            start = next;
        }
        link(&mut lines, bytes);
        Lines(lines)
    }

    /// How many lines.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Line `i`, from 0.
    pub fn get(&self, i: usize) -> Option<&Line> {
        self.0.get(i)
    }

    /// From line `i` on.
    pub fn from(&self, i: usize) -> impl Iterator<Item = (usize, &Line)> {
        self.0.get(i..).unwrap_or(&[]).iter().enumerate().map(move |(k, l)| (i + k, l))
    }
}

fn line(bytes: &[u8], start: usize, next: usize) -> Line {
    let all = bytes.get(start..next).unwrap_or(&[]);
    let all = all.strip_suffix(b"\n").unwrap_or(all);
    let all = all.strip_suffix(b"\r").unwrap_or(all);
    let mut quotes: u16 = 0;
    let mut marker = None;
    let mut at = 0;
    loop {
        match all.get(at) {
            Some(b' ' | b'\t') => at += 1,
            Some(b'>') => {
                quotes = quotes.saturating_add(1);
                at += 1;
            }
            Some(_) => match marker_length(all.get(at..).unwrap_or(&[])) {
                Some(n) => {
                    let mark = all.get(at + n - 1).copied().unwrap_or(b'-');
                    marker = marker.or(Some((mark, at as u32)));
                    at += n;
                }
                None => break,
            },
            None => break,
        }
    }
    let content = all.get(at..).unwrap_or(&[]);
    let hashes = content.iter().take_while(|&&b| b == b'#').count();
    let heading = (1..=6).contains(&hashes) && matches!(content.get(hashes), None | Some(b' ' | b'\t'));
    Line {
        start: start as u32,
        end: (start + all.len()) as u32,
        next: next as u32,
        content: (start + at) as u32,
        quotes,
        marker,
        fence: fence(content),
        blank: all.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r')),
        bare: all.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r' | b'>')),
        heading,
        inline_end: 0,
        next_blank: 0,
        next_bare: 0,
        next_stop: 0,
    }
}

/// The length of a list marker without the space behind it, `-` or `12.`.
fn marker_length(text: &[u8]) -> Option<usize> {
    let n = match text.first()? {
        b'-' | b'+' | b'*' => 1,
        b'0'..=b'9' => {
            let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
            if digits > 9 || !matches!(text.get(digits), Some(b'.' | b')')) {
                return None;
            }
            digits + 1
        }
        _ => return None,
    };
    matches!(text.get(n), None | Some(b' ' | b'\t')).then_some(n)
}

fn fence(content: &[u8]) -> Option<Fence> {
    let mark = *content.first().filter(|b| matches!(b, b'`' | b'~' | b':'))?;
    let length = content.iter().take_while(|&&b| b == mark).count();
    let info = content.get(length..).unwrap_or(&[]);
    (length >= 3 && !(mark == b'`' && info.contains(&b'`'))).then_some(Fence { mark, length: length as u32 })
}

/// Fills in the fields that look ahead, from the last line to the first.
fn link(lines: &mut [Line], bytes: &[u8]) {
    let end = bytes.len() as u32;
    let (mut next_blank, mut next_bare, mut next_stop) = (end, end, end);
    let mut inline_end = end;
    let mut joins = false;
    for l in lines.iter_mut().rev() {
        if l.blank {
            next_blank = l.start;
        }
        if l.bare {
            next_bare = l.start;
        }
        let content = bytes.get(l.content as usize..l.end as usize).unwrap_or(&[]);
        let row = content.starts_with(b"|");
        if !joins || l.heading || row {
            inline_end = l.end;
        }
        l.inline_end = inline_end;
        l.next_blank = next_blank;
        l.next_bare = next_bare;
        l.next_stop = next_stop;
        if l.heading || l.fence.is_some() {
            next_stop = l.start;
        }
        let begins = l.bare || l.heading || row || l.fence.is_some() || l.marker.is_some();
        joins = !begins && !content.starts_with(b"<!--") && !content.starts_with(b"$$");
    }
}
