//! One conversation with the mail server, command by command, because what a refusal means depends on what was refused.

use std::time::Duration;

use domain::{Error, Result};
use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::{Response, Severity};

use super::settings::{MailSettings, Security};

/// How long the server may take for each answer.
const PATIENCE: Duration = Duration::from_secs(20);
const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];
/// Replies to a recipient that say something about whoever sends.
const ABOUT_THE_SENDER: [&str; 3] = ["530", "535", "538"];

/// Why a message did not leave.
#[derive(Debug)]
pub enum Failure {
    /// Nothing can be sent through the server at the moment.
    Server(String),
    /// Not this message, and not now.
    Later(String),
    /// The connection ended over this message, which may be the message or the server.
    Dropped(String),
    /// The address takes no mail.
    Bounce(String),
    /// Not this message, for what it is.
    Never(String),
}

/// A connection on which one message after the other is handed over.
pub struct Connection {
    inner: SmtpConnection,
}

impl Connection {
    /// Connects, turns to TLS and signs in, as the settings say. `hello` is how this machine calls itself.
    pub fn open(settings: &MailSettings, hello: &str) -> Result<Connection> {
        let (server, _) = settings.ready()?;
        let failed = |cause: lettre::transport::smtp::Error| {
            Error::unavailable(format!("the mail server {server} cannot be used: {}", say(&cause)))
        };
        let tls = match server.security {
            Security::None => None,
            Security::StartTls | Security::Tls => Some(secrecy(settings, &server.host)?),
        };
        let at_once = tls.as_ref().filter(|_| server.security == Security::Tls);
        let hello = ClientId::Domain(hello.to_owned());
        let address = (server.host.as_str(), server.port);
        let mut inner = SmtpConnection::connect(address, Some(PATIENCE), &hello, at_once, None).map_err(failed)?;
        if let (Security::StartTls, Some(tls)) = (server.security, &tls) {
            inner.starttls(tls, &hello).map_err(failed)?;
        }
        if let Some((user, password)) = &server.credentials {
            inner.auth(&MECHANISMS, &Credentials::new(user.clone(), password.clone())).map_err(failed)?;
        }
        Ok(Connection { inner })
    }

    /// Hands one message over; what the server said when it took it.
    pub fn send(&mut self, from: &Address, to: &Address, message: &[u8]) -> Result<String, Failure> {
        let sent = self.try_to_send(from, to, message);
        if matches!(sent, Err(Failure::Later(_) | Failure::Bounce(_) | Failure::Never(_)))
            && let Err(cause) = self.inner.command(Rset)
        {
            tracing::debug!(%cause, "the mail server does not go on after a refusal");
        }
        sent
    }

    fn try_to_send(&mut self, from: &Address, to: &Address, message: &[u8]) -> Result<String, Failure> {
        let mut parameters = Vec::new();
        if ![from, to].into_iter().all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
            if !self.inner.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Failure::Never("the mail server takes no addresses beyond ASCII (SMTPUTF8)".to_owned()));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        // Whoever sends is refused for good only by a setting, which can be mended: no message is lost for it.
        self.inner.command(Mail::new(Some(from.clone()), parameters)).map_err(|cause| match temporary(&cause) {
            true => Failure::Later(say(&cause)),
            false => Failure::Server(say(&cause)),
        })?;
        self.inner.command(Rcpt::new(to.clone(), Vec::new())).map_err(|cause| match refused(&cause) {
            Some(reply) if is_about_the_address(&reply) => Failure::Bounce(reply),
            Some(reply) => Failure::Never(reply),
            None => later_or_dropped(&cause),
        })?;
        let never = |cause: lettre::transport::smtp::Error| {
            refused(&cause).map_or_else(|| later_or_dropped(&cause), Failure::Never)
        };
        self.inner.command(Data).map_err(never)?;
        let response = self.inner.message(message).map_err(never)?;
        Ok(reply_of(&response))
    }

    /// Ends the conversation politely.
    pub fn close(mut self) {
        let _ = self.inner.quit();
    }

    pub fn is_broken(&self) -> bool {
        self.inner.has_broken()
    }
}

fn secrecy(settings: &MailSettings, host: &str) -> Result<TlsParameters> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(file) = &settings.ca_file {
        let unusable =
            |cause: String| Error::invalid(format!("`smtp_ca_file` ({}) cannot be used: {cause}", file.display()));
        let pem = std::fs::read(file).map_err(|cause| unusable(cause.to_string()))?;
        let certificate = Certificate::from_pem(&pem).map_err(|cause| unusable(say(&cause)))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(|cause| Error::invalid(format!("TLS with `{host}` cannot be set up: {}", say(&cause))))
}

/// Whether the server asks to try again on the same connection.
fn temporary(cause: &lettre::transport::smtp::Error) -> bool {
    cause.is_transient() && cause.status().is_some_and(|code| code.to_string() != "421")
}

/// What goes wrong once the server has said that it takes a message from whoever sends: this message is tried again.
fn later_or_dropped(cause: &lettre::transport::smtp::Error) -> Failure {
    if temporary(cause) { Failure::Later(say(cause)) } else { Failure::Dropped(say(cause)) }
}

/// What the server said when it refused for good.
fn refused(cause: &lettre::transport::smtp::Error) -> Option<String> {
    let code = cause.status().filter(|code| code.severity == Severity::PermanentNegativeCompletion)?;
    let text = std::error::Error::source(cause).map(ToString::to_string).unwrap_or_default();
    Some(format!("{code} {}", one_line(&text)).trim().to_owned())
}

/// Whether a refused recipient is at fault, and not whoever sends: replies about that have codes of their own (RFC 4954), or
/// an enhanced one about policy (RFC 3463).
fn is_about_the_address(reply: &str) -> bool {
    let mut words = reply.split_whitespace();
    let code = words.next().unwrap_or_default();
    let is_policy = words.next().is_some_and(|enhanced| enhanced.starts_with("5.7."));
    !ABOUT_THE_SENDER.contains(&code) && !is_policy
}

fn reply_of(response: &Response) -> String {
    let text: Vec<&str> = response.message().collect();
    format!("{} {}", response.code(), one_line(&text.join(" "))).trim().to_owned()
}

/// A failure with what the server said, on one line.
fn say(cause: &lettre::transport::smtp::Error) -> String {
    one_line(&cause.to_string())
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_address_is_told_from_a_refused_sender() {
        for bounce in ["550 5.1.1 no such user", "550 No such user here", "553 5.1.3 bad address", "552 5.2.2 full"] {
            assert!(is_about_the_address(bounce), "{bounce}");
        }
        for other in ["530 5.7.0 Must issue a STARTTLS command first", "550 5.7.1 relaying denied", "535 no"] {
            assert!(!is_about_the_address(other), "{other}");
        }
    }
}
