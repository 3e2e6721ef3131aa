//! Runs the program and its server.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

pub const HEADER: &str = "customer,activity,occurred_at";
pub const ROWS: [&str; 5] = [
    "ana,Menu Viewed,2026-01-05T10:00:00Z",
    "ana,Order Completed,2026-01-05T10:05:00Z",
    "luis,Menu Viewed,2026-01-06T09:00:00Z",
    "luis,Menu Viewed,2026-01-06T09:10:00Z",
    "luis,Order Completed,2026-01-20T09:00:00Z",
];
pub const MAPPING: &str = "customer=customer,activity=activity,occurred_at=occurred_at";

/// The program as it was built, without the settings of whoever runs the tests.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vivencia"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("VIVENCIA_")) {
        command.env_remove(name);
    }
    command
}

pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Place {
        Place { folder: tempfile::tempdir().unwrap() }
    }

    /// With the rows brought in.
    pub fn imported() -> Place {
        let place = Place::new();
        let file = place.write("visits.csv", &[&[HEADER][..], &ROWS].concat());
        place.done(&["events", "import", file.to_str().unwrap(), "--map", MAPPING]);
        place
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn write(&self, name: &str, lines: &[&str]) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::write(&file, format!("{}\n", lines.join("\n"))).unwrap();
        file
    }

    /// Runs a command about the data directory.
    pub fn run(&self, words: &[&str]) -> Output {
        program().args(words).arg("--data-dir").arg(self.data_dir()).output().unwrap()
    }

    /// Runs a command that must succeed; what it printed.
    #[track_caller]
    pub fn done(&self, words: &[&str]) -> String {
        succeeded(words, self.run(words))
    }

    #[track_caller]
    pub fn json(&self, words: &[&str]) -> Value {
        let printed = self.done(&[words, &["--format", "json"]].concat());
        serde_json::from_str(&printed).unwrap_or_else(|_| panic!("not JSON: {printed}"))
    }

    /// Runs a command that must fail with this code; what it complained.
    #[track_caller]
    pub fn refused(&self, code: i32, words: &[&str]) -> String {
        let output = self.run(words);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{words:?}: {complaint}");
        complaint
    }

    pub fn serve(&self) -> Server {
        Server::start(&self.data_dir(), &[])
    }
}

#[track_caller]
pub fn succeeded(words: &[&str], output: Output) -> String {
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{words:?}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// A running server; killed when dropped.
pub struct Server {
    pub url: String,
    /// What it printed on its standard output until it was ready.
    pub printed: String,
    child: Child,
}

impl Server {
    pub fn start(data_dir: &Path, more: &[&str]) -> Server {
        let mut child = program()
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data_dir)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, receiver) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(sender.send(line))));
        let printed = receiver.recv_timeout(Duration::from_secs(20)).expect("the server says when it is ready");
        let url = printed.strip_prefix("listening on ").expect("one line").to_owned();
        Server { url, printed, child }
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it as an operator would; its exit code.
    pub fn stop(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "the server does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Posts a body as a Segment client with this key; the status.
    pub fn post(&self, path: &str, key: &str, body: &str) -> u16 {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let token = base64(&format!("{key}:"));
        let request = agent.post(format!("{}{path}", self.url)).header("authorization", format!("Basic {token}"));
        request.send(body).unwrap().status().as_u16()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn base64(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for index in 0..4 {
            let sextet = (bits >> (18 - 6 * index)) & 63;
            encoded.push(if index <= chunk.len() { char::from(ALPHABET[sextet as usize]) } else { '=' });
        }
    }
    encoded
}
