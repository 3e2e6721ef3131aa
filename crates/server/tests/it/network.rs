//! A real socket: slow clients, clients that send too much, and an end that loses nothing.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use domain::event::IncomingEvent;
use domain::ports::{SurveyInvitation, SurveyInviting, SurveySubject};
use domain::{EventKind, Identifier, IdentifierKind, SurveyId, SurveyInvitationId};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::door::{Door, TRACK, basic};

struct Served {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<domain::Result<()>>,
}

fn serve(door: &Door) -> Served {
    let listener = door.runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let serving = door.runtime.spawn(server::serve(door.app.clone(), listener, async {
        let _ = stopped.await;
    }));
    Served { address, stop: Some(stop), serving }
}

impl Served {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }
}

fn head(door: &Door, length: usize) -> String {
    let key = basic(&door.collect_key);
    format!("POST /v1/batch HTTP/1.1\r\nHost: h\r\nAuthorization: {key}\r\nContent-Length: {length}\r\n\r\n")
}

fn read_answer(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while !answer.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => break,
            Ok(length) => answer.extend_from_slice(&piece[..length]),
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_client_that_sends_too_much_gets_to_read_why() {
    let door = Door::open();
    let served = serve(&door);
    let mut stream = served.connect();
    let body = vec![b' '; 40 << 20];
    stream.write_all(head(&door, body.len()).as_bytes()).unwrap();
    stream.write_all(&body).unwrap();
    assert!(read_answer(&mut stream).starts_with("HTTP/1.1 413"));
}

#[test]
fn a_client_that_stops_in_the_middle_is_not_waited_for() {
    let door = Door::open_with(|settings| settings.read_timeout = Duration::from_millis(300));
    let served = serve(&door);
    let mut slow_body = served.connect();
    slow_body.write_all(head(&door, 1_000).as_bytes()).unwrap();
    slow_body.write_all(b"{\"batch\":[").unwrap();
    let mut slow_head = served.connect();
    slow_head.write_all(b"POST /v1/batch HTTP/1.1\r\nHost: h\r\n").unwrap();
    let begun = Instant::now();
    assert!(read_answer(&mut slow_body).starts_with("HTTP/1.1 408"));
    let _ = read_answer(&mut slow_head);
    assert!(begun.elapsed() < Duration::from_secs(15));
    assert_eq!(door.app.bodies.used_bytes(), 0);
    door.assert_counts(0, 0, 0, 0);
}

#[test]
fn a_request_being_answered_is_finished_when_the_server_stops() {
    let door = Door::open();
    let mut served = serve(&door);
    let mut stream = served.connect();
    let body = format!("{{\"batch\":[{TRACK}]}}");
    door.gate.close();
    stream.write_all(head(&door, body.len()).as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    served.stop.take().unwrap().send(()).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    assert!(!served.serving.is_finished());
    door.gate.open();
    assert!(read_answer(&mut stream).starts_with("HTTP/1.1 200"));
    door.runtime.block_on(served.serving).unwrap().unwrap();
    door.assert_counts(1, 1, 0, 0);
}

#[test]
fn plain_http_stays_on_this_machine() {
    server::check_address("127.0.0.1:8080".parse().unwrap(), false).unwrap();
    server::check_address("[::1]:8080".parse().unwrap(), false).unwrap();
    server::check_address("0.0.0.0:8080".parse().unwrap(), true).unwrap();
    let message = server::check_address("0.0.0.0:8080".parse().unwrap(), false).unwrap_err().to_string();
    assert!(message.contains("127.0.0.1") && message.contains("--behind-proxy"), "{message}");
}

#[test]
fn a_question_is_left_when_its_page_closes() {
    let door = Door::open_with(|settings| settings.concurrent_queries = 1);
    door.collect("/v1/track", TRACK).expect(200);
    let served = serve(&door);
    // Somebody else is being answered, so that the question waits for its turn.
    let (begin, begun) = std::sync::mpsc::channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let app = door.app.clone();
    let other = door.runtime.spawn(async move {
        app.query(move |_| {
            begin.send(()).unwrap();
            let _ = released.recv();
            Ok(())
        })
        .await
    });
    begun.recv_timeout(Duration::from_secs(20)).unwrap();
    let mut page = served.connect();
    let request = format!(
        "GET /api/v1/journeys/map HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\r\n",
        served.address, door.read_key
    );
    page.write_all(request.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(questions_left(&door), 0);
    drop(page);
    let waited = Instant::now();
    while questions_left(&door) == 0 {
        assert!(waited.elapsed() < Duration::from_secs(20), "the question is still waited for");
        std::thread::sleep(Duration::from_millis(5));
    }
    release.send(()).unwrap();
    assert!(door.runtime.block_on(other).unwrap().is_ok());
}

#[test]
fn a_question_ends_when_nobody_waits_for_it() {
    let door = Door::open();
    let (begin, begun) = std::sync::mpsc::channel();
    let (end, ended) = std::sync::mpsc::channel();
    let app = door.app.clone();
    let asked = door.runtime.spawn(async move {
        app.query(move |app| {
            begin.send(()).unwrap();
            while !app.is_left() {
                std::thread::sleep(Duration::from_millis(1));
            }
            end.send(()).unwrap();
            Ok(())
        })
        .await
    });
    begun.recv_timeout(Duration::from_secs(20)).unwrap();
    asked.abort();
    ended.recv_timeout(Duration::from_secs(20)).unwrap();
}

fn questions_left(door: &Door) -> u64 {
    let metrics = door.with_key(&door.admin_key, "GET", "/metrics", "").expect(200).body;
    let metrics = String::from_utf8(metrics).unwrap();
    let line = metrics.lines().find(|line| line.starts_with("vivencia_questions_left_total ")).unwrap();
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

#[test]
fn what_waits_in_the_outbox_is_moved_by_itself() {
    let door = Door::open();
    let created = door.owner("POST", "/api/v1/surveys", domain::survey::EXAMPLES[0].1).expect(201).json();
    let survey = created["id"].as_str().unwrap().parse().unwrap();
    let served = serve(&door);
    // As a change leaves it that could not reach the log.
    let event = waiting_event("ana");
    let invitation = waiting_invitation(survey, &event);
    let audit = door.app.audit_entry_of("test", "survey.invite", "srv_1", serde_json::json!({}));
    let inviting = SurveyInviting { invitations: &[invitation], events: &[event], ..SurveyInviting::default() };
    door.app.state.surveys.create_survey_invitations(&inviting, &audit).unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    let is_moved = || door.app.log.counts().stored == 1 && door.app.state.outbox.list_outbox(10).unwrap().is_empty();
    // It is in the log a moment before it is forgotten.
    while !is_moved() {
        assert!(Instant::now() < until, "it is still waiting");
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(served);
    door.assert_counts(1, 1, 0, 0);
}

fn waiting_event(user: &str) -> IncomingEvent {
    IncomingEvent {
        message_id: "m-1".to_owned(),
        kind: EventKind::Track,
        activity: Some("Survey Sent".to_owned()),
        identifiers: vec![Identifier::new(IdentifierKind::UserId, user).unwrap()],
        channel: Some("email".to_owned()),
        unit: None,
        occurred_at: 1_000,
        original_at: 1_000,
        sent_at: None,
        money: None,
        cause_event_id: None,
        objects: Vec::new(),
        properties: "{}".to_owned(),
        context: "{}".to_owned(),
        personal: None,
        traits: None,
    }
}

fn waiting_invitation(survey: SurveyId, event: &IncomingEvent) -> SurveyInvitation {
    SurveyInvitation {
        id: SurveyInvitationId(0),
        survey,
        token_hash: "hash".to_owned(),
        identifiers: event.identifiers.clone(),
        traits: Vec::new(),
        subject: SurveySubject::default(),
        channel: "email".to_owned(),
        created_at: 1_000,
        expires_at: 2_000,
        shown_at: None,
        started_at: None,
        answered_at: None,
        refused_at: None,
    }
}
