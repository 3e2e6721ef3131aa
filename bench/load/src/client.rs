//! A connection that is kept, and the little of HTTP/1.1 that its answers need.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longer than any answer; a server that is silent for this long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Connection {
    stream: TcpStream,
    answer: Vec<u8>,
}

/// The status of an answer and its body.
pub struct Answer<'a> {
    pub status: u16,
    pub body: &'a [u8],
}

impl Connection {
    pub fn open(host: &str) -> io::Result<Connection> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Connection { stream, answer: Vec::new() })
    }

    /// Sends a whole request and waits for the whole answer.
    pub fn ask(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request)?;
        self.answer.clear();
        let mut piece = [0; 4096];
        loop {
            let length = self.stream.read(&mut piece)?;
            if length == 0 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server hung up"));
            }
            self.answer.extend_from_slice(&piece[..length]);
            if let Some(head) = Head::read(&self.answer)
                && self.answer.len() >= head.length + head.body_bytes
            {
                let body = &self.answer[head.length..head.length + head.body_bytes];
                return Ok(Answer { status: head.status, body });
            }
        }
    }
}

struct Head {
    status: u16,
    length: usize,
    body_bytes: usize,
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Head> {
        let length = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
        let text = String::from_utf8_lossy(&bytes[..length]);
        let status = text.split(' ').nth(1)?.parse().ok()?;
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        };
        let body_bytes = text.lines().find_map(header).unwrap_or(0);
        Some(Head { status, length, body_bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_when_it_is_whole() {
        let answer = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 12\r\n\r\n{\"a\":";
        let head = Head::read(answer).unwrap();
        assert_eq!((head.status, head.length, head.body_bytes), (503, answer.len() - 5, 12));
        assert!(Head::read(&answer[..20]).is_none());
    }
}
