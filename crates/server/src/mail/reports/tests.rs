//! Reports as mail servers write them.

use super::*;

const STATUS: &str = "Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; ana@example.org\r\nAction: failed\r\n\
                      Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n  no such user\r\n";
const RETURNED: &str = "From: a@b.example\r\nMessage-ID: <k3y@alameda.example>\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n";

fn report(kind: &str, status_type: &str, status: &str, returned_type: &str, returned: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.org\r\nTo: opina@alameda.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Message-ID: <other@mx.example.org>\r\nContent-Type: multipart/report; report-type={kind}; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry. Message-ID: <wrong@alameda.example>\r\n\
         --b\r\nContent-Type: {status_type}\r\n\r\n{status}\r\n\
         --b\r\nContent-Type: {returned_type}\r\n\r\n{returned}\r\n--b--\r\n"
    )
}

fn delivery(status: &str) -> Option<Report> {
    let text = report(
        "delivery-status",
        "message/delivery-status",
        status,
        "message/rfc822",
        &format!("{RETURNED}\r\nHola\r\n"),
    );
    read(text.as_bytes())
}

fn said(said: Said) -> Option<Report> {
    Some(Report { said, message_id: Some("k3y@alameda.example".to_owned()) })
}

#[test]
fn an_address_that_takes_no_mail_is_a_bounce() {
    assert_eq!(delivery(STATUS), said(Said::Bounced));
    let lower = STATUS.replace("Action: failed", "action:FAILED");
    assert_eq!(delivery(&lower), said(Said::Bounced));
    let headers = report("delivery-status", "message/delivery-status", STATUS, "text/rfc822-headers", RETURNED);
    assert_eq!(read(headers.as_bytes()), said(Said::Bounced), "some return the headers alone");
}

#[test]
fn what_is_late_or_arrived_changes_nothing() {
    for (action, status) in [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0"), ("delayed", "5.0.0")] {
        let text = STATUS.replace("failed", action).replace("5.1.1\r\nDiag", &format!("{status}\r\nDiag"));
        assert_eq!(delivery(&text), said(Said::Nothing), "{action} {status}");
    }
    let apart = "Action: failed\r\nStatus: 4.0.0\r\n\r\nAction: delayed\r\nStatus: 5.0.0\r\n";
    assert_eq!(delivery(apart), said(Said::Nothing), "fields of two recipients are not mixed");
}

#[test]
fn whoever_calls_a_message_unwanted_complains() {
    let feedback = |kind: &str| {
        let status = format!("Feedback-Type: {kind}\r\nUser-Agent: Example/1\r\nVersion: 1\r\n");
        let returned = format!("{RETURNED}\r\nHola\r\n");
        read(report("feedback-report", "message/feedback-report", &status, "message/rfc822", &returned).as_bytes())
    };
    assert_eq!(feedback("abuse"), said(Said::Complained));
    assert_eq!(feedback("Abuse"), said(Said::Complained));
    assert_eq!(feedback("not-spam"), said(Said::Nothing));
    assert_eq!(feedback("auth-failure"), said(Said::Nothing));
}

#[test]
fn only_the_message_that_is_returned_says_whom_it_is_about() {
    let text = report("delivery-status", "message/delivery-status", STATUS, "text/plain", RETURNED);
    assert_eq!(read(text.as_bytes()), Some(Report { said: Said::Bounced, message_id: None }));
}

#[test]
fn what_is_no_report_is_none() {
    assert_eq!(read(b""), None);
    assert_eq!(read(b"\x00\xff\xfe"), None);
    assert_eq!(read(format!("{RETURNED}\r\nI am away until Monday.\r\n").as_bytes()), None);
    let deep = "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n".repeat(5_000);
    assert_eq!(read(deep.as_bytes()), None);
}
