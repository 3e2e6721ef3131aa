//! Messages that come back: that an address takes no mail (RFC 3464), or that somebody calls a message unwanted (RFC 5965).
//!
//! A report says whom it is about by the `Message-ID` of the message that it returns, which nobody can guess who has not seen
//! that message. Nothing else in a report is believed.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// What a report says of the message that it returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It will never arrive.
    Bounced,
    /// Whoever got it calls it unwanted.
    Complained,
    /// Something that changes nothing: it is late, it arrived, it is no spam.
    Nothing,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub said: Said,
    /// `Message-ID` of the message that it returns, without brackets.
    pub message_id: Option<String>,
}

/// Reads a message; none for what is no report.
pub fn read(raw: &[u8]) -> Option<Report> {
    let message = MessageParser::default().parse(raw)?;
    let said = message.parts.iter().find_map(|part| match type_of(part).as_str() {
        "message/delivery-status" => Some(read_delivery(&body(&message, part))),
        "message/feedback-report" => Some(read_feedback(&body(&message, part))),
        _ => None,
    })?;
    Some(Report { said, message_id: find_returned(&message) })
}

fn type_of(part: &MessagePart<'_>) -> String {
    let Some(kind) = part.content_type() else { return String::new() };
    format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase()
}

/// What stands in a part, decoded where the parser knows how, otherwise as it came.
fn body(message: &Message<'_>, part: &MessagePart<'_>) -> String {
    match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.to_string(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        PartType::Message(_) | PartType::Multipart(_) => {
            let (from, to) = (part.offset_body as usize, part.offset_end as usize);
            String::from_utf8_lossy(message.raw_message().get(from..to).unwrap_or_default()).into_owned()
        }
    }
}

/// Some recipient will never get it: `Action: failed` with a permanent status, in one group of fields.
fn read_delivery(text: &str) -> Said {
    let has_failed = groups(text).iter().any(|group| {
        let is_failed = field(group, "action").is_some_and(|action| action.eq_ignore_ascii_case("failed"));
        // A full mailbox and what a server holds against the sender say nothing against the address.
        let speaks_of_address =
            |status: &str| status.starts_with("5.") && !status.starts_with("5.7.") && !status.starts_with("5.2.2");
        is_failed && field(group, "status").is_some_and(|status| speaks_of_address(status.trim()))
    });
    if has_failed { Said::Bounced } else { Said::Nothing }
}

fn read_feedback(text: &str) -> Said {
    let groups = groups(text);
    let kind = groups.iter().find_map(|group| field(group, "feedback-type"));
    match kind.map(str::to_ascii_lowercase).as_deref() {
        Some("abuse" | "fraud" | "opt-out") => Said::Complained,
        _ => Said::Nothing,
    }
}

type Fields = Vec<(String, String)>;

/// Groups of `Name: value`, separated by empty lines; a line that begins with a space goes on with the one before.
fn groups(text: &str) -> Vec<Fields> {
    let mut groups: Vec<Fields> = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            groups.push(Vec::new());
            continue;
        }
        let Some(group) = groups.last_mut() else { continue };
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            group.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups
}

fn field<'a>(group: &'a Fields, name: &str) -> Option<&'a str> {
    group.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

/// The `Message-ID` of the message, or of its headers, that a report returns.
fn find_returned(message: &Message<'_>) -> Option<String> {
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Message(returned) => returned.message_id().map(str::to_owned),
        _ if matches!(type_of(part).as_str(), "text/rfc822-headers" | "message/rfc822" | "message/rfc822-headers") => {
            let text = format!("{}\r\n\r\n", body(message, part).trim_end());
            MessageParser::default().parse(text.as_bytes())?.message_id().map(str::to_owned)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests;
