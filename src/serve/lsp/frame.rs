//! Messages of JSON-RPC in frames with a `Content-Length`, as the protocol's base layer says.
//!
//! What is no message is passed on as such: a client that makes one mistake goes on being served.

use std::io::{self, BufRead, Read, Write};

use serde_json::Value;

/// Longest header line, and longest message, in bytes.
const LONGEST_LINE: u64 = 4 << 10;
const LONGEST: u64 = 64 << 20;

/// A frame: a message, or what is wrong with it.
pub type Frame = Result<Value, String>;

/// The next frame; `None` at the end.
///
/// # Errors
/// If nothing can be read.
pub fn read(from: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let mut length: Option<u64> = None;
    let mut any = false;
    loop {
        let mut line = vec![];
        if from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end();
        if text.is_empty() && any {
            break;
        }
        any |= !text.is_empty();
        if let Some((name, value)) = text.split_once(':')
            && name.trim().eq_ignore_ascii_case("Content-Length")
        {
            length = value.trim().parse().ok();
        }
    }
    let Some(length) = length else { return Ok(Some(Err("a frame without Content-Length".to_owned()))) };
    if length > LONGEST {
        io::copy(&mut from.take(length), &mut io::sink())?;
        return Ok(Some(Err(format!("a message of more than {LONGEST} bytes"))));
    }
    let mut bytes = vec![];
    if from.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&bytes).map_err(|e| e.to_string())))
}

/// Writes a message.
///
/// # Errors
/// If it cannot be written.
pub fn write(to: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(to, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_no_message_is_passed_over() {
        let mut bytes = vec![];
        write(&mut bytes, &serde_json::json!({"a": "가😀"})).unwrap();
        bytes.extend(b"Content-Length: 3\r\n\r\n{\"a");
        bytes.extend(b"nonsense\r\n\r\n");
        bytes.extend(b"content-length:1\n\n7");
        bytes.extend(b"Content-Length: 99999999999\r\n\r\nshort");
        let mut from = io::Cursor::new(bytes);
        let mut next = || read(&mut from).unwrap();
        assert_eq!(next().unwrap().unwrap()["a"], "가😀");
        assert!(next().unwrap().is_err() && next().unwrap().is_err());
        assert_eq!(next().unwrap().unwrap(), 7);
        assert!(next().unwrap().is_err());
        assert!(next().is_none());
    }
}
