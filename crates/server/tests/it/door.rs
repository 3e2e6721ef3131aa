//! A door to a fresh installation, and what one can do at it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use domain::ports::{Clock, Files, WritableFile};
use events::files::DiskFiles;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::{App, DataDir, Settings, State, SystemClock};
use store::{StateUrl, Store};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;

pub const TRACK: &str = r#"{"type":"track","userId":"ana","event":"Order Completed","messageId":"m-1"}"#;

/// The password of everybody.
pub const PASSWORD: &str = "un café con leche";

pub struct Door {
    pub app: App,
    pub runtime: Runtime,
    pub gate: Arc<Gate>,
    pub collect_key: String,
    pub read_key: String,
    pub admin_key: String,
    router: Router,
    dir: TempDir,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("not JSON: {}", String::from_utf8_lossy(&self.body)))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The token of the session that the answer begins.
    pub fn session(&self) -> String {
        self.cookie("vivencia").expect("the answer sets the cookie of a session")
    }

    /// What the answer sets a cookie to.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
        let mut values = cookies.filter_map(|cookie| cookie.split(';').next()?.split_once('='));
        values.find_map(|(found, value)| (found == name).then(|| value.to_owned()))
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        self
    }
}

impl Door {
    pub fn open() -> Door {
        Door::open_with(|_| {})
    }

    pub fn open_with(change: impl FnOnce(&mut Settings)) -> Door {
        Door::open_over(change, |_| {})
    }

    /// With other settings and with ports of the state replaced.
    pub fn open_over(change: impl FnOnce(&mut Settings), replace: impl FnOnce(&mut State)) -> Door {
        Door::open_at(change, replace, Arc::new(SystemClock))
    }

    /// At a time of one's own.
    pub fn open_at(
        change: impl FnOnce(&mut Settings),
        replace: impl FnOnce(&mut State),
        clock: Arc<dyn Clock>,
    ) -> Door {
        let dir = tempfile::tempdir().unwrap();
        let mut settings = Settings::new(dir.path().join("data"));
        change(&mut settings);
        let directory = DataDir::open(&settings.data_dir, Duration::ZERO).unwrap();
        let store = Store::open(&StateUrl::file(settings.data_dir.join("state.db"))).unwrap();
        let gate = Arc::new(Gate::default());
        let files = Arc::new(GatedFiles { gate: gate.clone() });
        let mut state = State::of(Arc::new(store));
        replace(&mut state);
        let app = App::assemble(settings, directory, state, files, clock).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let router = server::router(app.clone());
        let mut door = Door {
            app,
            runtime,
            gate,
            router,
            dir,
            collect_key: String::new(),
            read_key: String::new(),
            admin_key: String::new(),
        };
        door.collect_key = door.create_key("shop", "collect");
        door.read_key = door.create_key("analyst", "read");
        door.admin_key = door.create_key("owner", "admin");
        door
    }

    pub fn data_dir(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn create_key(&self, name: &str, scope: &str) -> String {
        let new = json!({"name": name, "scope": scope});
        let answer = self.owner("POST", "/api/v1/keys", new.to_string()).expect(201);
        answer.json()["key"].as_str().unwrap().to_owned()
    }

    /// A key that reads what lies below a unit of the tree.
    pub fn create_bound_key(&self, name: &str, unit: &str) -> String {
        let new = json!({"name": name, "scope": "read", "unit": unit});
        let answer = self.owner("POST", "/api/v1/keys", new.to_string()).expect(201);
        answer.json()["key"].as_str().unwrap().to_owned()
    }

    /// Makes a person of Café Alameda and signs them in; the token of their session.
    pub fn person(&self, name: &str, role: &str, unit: Option<&str>) -> String {
        let email = format!("{name}@alameda.example");
        let new = json!({"email": email, "role": role, "unit": unit});
        let invited = self.owner("POST", "/api/v1/invitations", new.to_string()).expect(201).json();
        let token = invited["path"].as_str().unwrap().split_once("token=").unwrap().1;
        let accepted = json!({"token": token, "name": name, "password": PASSWORD});
        let headers = [("x-vivencia", "1")];
        let answer = self.post("/api/v1/invitations/accept", &headers, accepted.to_string()).expect(200);
        answer.session()
    }

    /// A request of the console in a session.
    pub fn with_session(&self, token: &str, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let cookie = format!("vivencia={token}");
        let headers = [("cookie", cookie.as_str()), ("x-vivencia", "1"), ("sec-fetch-site", "same-origin")];
        self.send(request(method, path, &headers, body))
    }

    /// Signs in with the password that everybody has here; the answer.
    pub fn sign_in(&self, email: &str, password: &str) -> Answer {
        let body = json!({"email": email, "password": password});
        self.post("/api/v1/session", &[("x-vivencia", "1")], body.to_string())
    }

    pub fn send(&self, request: Request<Body>) -> Answer {
        let router = self.router.clone();
        self.runtime.block_on(async move {
            let response = router.oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes().to_vec();
            Answer { status: parts.status.as_u16(), headers: parts.headers, body }
        })
    }

    /// The status alone: some answers have no end.
    pub fn status_of(&self, request: Request<Body>) -> u16 {
        let router = self.router.clone();
        self.runtime.block_on(async move { router.oneshot(request).await.unwrap().status().as_u16() })
    }

    /// The body of an answer that goes on for as long as it is held.
    pub fn open_body(&self, request: Request<Body>) -> Body {
        let router = self.router.clone();
        self.runtime.block_on(async move { router.oneshot(request).await.unwrap().into_body() })
    }

    /// What an answer without end says until it has said `until`.
    pub fn read_until(&self, request: Request<Body>, until: &str) -> String {
        let router = self.router.clone();
        self.runtime.block_on(async move {
            let mut body = router.oneshot(request).await.unwrap().into_body();
            let mut text = String::new();
            while !text.contains(until) {
                let frame = tokio::time::timeout(Duration::from_secs(30), body.frame()).await.expect(&text);
                let Some(frame) = frame else { panic!("it ended after {text}") };
                text.push_str(std::str::from_utf8(&frame.unwrap().into_data().unwrap()).unwrap());
            }
            text
        })
    }

    /// As the owner of the data directory.
    pub fn owner(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let token = self.app.owner_token().to_owned();
        self.with_key(&token, method, path, body)
    }

    pub fn with_key(&self, key: &str, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        self.send(request(method, path, &[("authorization", &format!("Bearer {key}"))], body))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.owner("GET", path, Body::empty())
    }

    /// As a Segment client.
    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        self.send(request("POST", path, headers, body))
    }

    /// With the collect key as the user of Basic authentication.
    pub fn collect(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.post(path, &[("authorization", &basic(&self.collect_key))], body)
    }

    /// Sends `(customer, activity, day of January 2026)`.
    pub fn lived(&self, events: &[(&str, &str, u32)]) {
        let batch: Vec<Value> = events
            .iter()
            .enumerate()
            .map(|(index, (customer, activity, day))| {
                json!({
                    "type": "track", "userId": customer, "event": activity,
                    "messageId": format!("{customer}-{index}-{day}"),
                    "timestamp": format!("2026-01-{day:02}T12:00:00Z"),
                })
            })
            .collect();
        self.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    }

    #[track_caller]
    pub fn assert_counts(&self, received: u64, stored: u64, duplicate: u64, dead: u64) {
        let expected = json!({"received": received, "stored": stored, "duplicate": duplicate, "dead": dead});
        assert_eq!(self.get("/api/v1/events/count").json(), expected);
    }

    /// Every stored event, with what was personal.
    pub fn exported(&self) -> Vec<Value> {
        let answer = self.get("/api/v1/events/export?with_personal=true").expect(200);
        let text = String::from_utf8(answer.body).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.gate.open();
        self.app.close().unwrap();
    }
}

pub fn basic(key: &str) -> String {
    use base64::Engine;
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{key}:")))
}

pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let mut builder = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.into()).unwrap()
}

pub fn gzip(text: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// A clock that is set by hand.
#[derive(Debug)]
pub struct HandClock(pub AtomicI64);

impl HandClock {
    pub fn at(ms: i64) -> Arc<HandClock> {
        Arc::new(HandClock(AtomicI64::new(ms)))
    }

    pub fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

impl Clock for HandClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// While it is closed, nothing reaches the disk.
#[derive(Debug, Default)]
pub struct Gate {
    is_closed: Mutex<bool>,
    changed: Condvar,
}

impl Gate {
    pub fn close(&self) {
        *self.is_closed.lock().unwrap() = true;
    }

    pub fn open(&self) {
        *self.is_closed.lock().unwrap() = false;
        self.changed.notify_all();
    }

    fn pass(&self) {
        let mut is_closed = self.is_closed.lock().unwrap();
        while *is_closed {
            is_closed = self.changed.wait(is_closed).unwrap();
        }
    }
}

struct GatedFiles {
    gate: Arc<Gate>,
}

struct GatedFile {
    file: Box<dyn WritableFile>,
    gate: Arc<Gate>,
}

impl io::Write for GatedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl WritableFile for GatedFile {
    fn sync(&mut self) -> io::Result<()> {
        self.gate.pass();
        self.file.sync()
    }
}

impl Files for GatedFiles {
    fn create_dir_all(&self, dir: &Path) -> io::Result<()> {
        DiskFiles.create_dir_all(dir)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn WritableFile>> {
        Ok(Box::new(GatedFile { file: DiskFiles.create(path)?, gate: self.gate.clone() }))
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        DiskFiles.truncate(path, len)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        DiskFiles.read(path)
    }

    fn map(&self, path: &Path) -> io::Result<bytes::Bytes> {
        DiskFiles.map(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        DiskFiles.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        DiskFiles.remove(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        DiskFiles.list(dir)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        DiskFiles.sync_dir(dir)
    }
}
