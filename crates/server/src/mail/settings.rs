//! Through which mail server messages leave, and as whom.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use domain::{Error, Result};
use lettre::Address;
use lettre::message::Mailbox;
use url::{Host, Url};

/// Messages that leave in a minute unless told.
const PER_MINUTE: u32 = 120;

/// What an installation decides about e-mail.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// None where no mail is sent.
    pub server: Option<SmtpServer>,
    /// Certificates in PEM that the mail server may show beside those that everybody knows.
    pub ca_file: Option<PathBuf>,
    /// As whom messages are sent; without a name, with that of the organisation.
    pub from: Option<Mailbox>,
    /// Where answers to messages go, if not to `from`.
    pub reply_to: Option<Mailbox>,
    /// Messages that leave in a minute at most.
    pub per_minute: u32,
}

impl Default for MailSettings {
    fn default() -> MailSettings {
        MailSettings { server: None, ca_file: None, from: None, reply_to: None, per_minute: PER_MINUTE }
    }
}

impl MailSettings {
    /// The server and who sends, or what is missing.
    pub fn ready(&self) -> Result<(&SmtpServer, &Mailbox)> {
        match (&self.server, &self.from) {
            (Some(server), Some(from)) => Ok((server, from)),
            (None, _) => {
                Err(missing("`smtp_url` says no mail server; set it (smtps://USER:PASSWORD@mail.example.com)"))
            }
            (_, None) => {
                Err(missing("`mail_from` says nobody as whom mail is sent; set it (Name <surveys@example.com>)"))
            }
        }
    }
}

fn missing(sentence: &str) -> Error {
    Error::conflict(format!("no mail can be sent: {sentence}")).because("mail_not_set_up")
}

/// How the way to the mail server is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all, for a server on this machine or in a network of one's own.
    None,
    /// The connection turns to TLS before anything is said, or ends.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// A mail server that takes messages.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// User and password.
    pub credentials: Option<(String, String)>,
}

impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.credentials.as_ref().map(|(user, _)| user);
        f.debug_struct("SmtpServer")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .field("user", &user)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl FromStr for SmtpServer {
    type Err = Error;

    /// Reads `smtps://USER:PASSWORD@HOST:PORT`, `smtp+starttls://…` or `smtp://…`, the last one with `?tls=required` where it
    /// is to turn to TLS. No sentence about it repeats the password.
    fn from_str(text: &str) -> Result<SmtpServer> {
        let wrong = |why: &str| {
            Error::invalid(format!(
                "this is no address of a mail server: {why}; write it as smtps://USER:PASSWORD@mail.example.com"
            ))
        };
        let url = Url::parse(text.trim()).map_err(|cause| wrong(&cause.to_string()))?;
        let mut security = match url.scheme() {
            "smtp" => Security::None,
            "smtp+starttls" => Security::StartTls,
            "smtps" => Security::Tls,
            _ => return Err(wrong("it begins with smtp://, smtp+starttls:// or smtps://")),
        };
        for (name, value) in url.query_pairs() {
            match (name.as_ref(), value.as_ref()) {
                ("tls", "required") if security == Security::None => security = Security::StartTls,
                ("tls", "required") => {}
                ("tls", "none") if security == Security::None => {}
                _ => return Err(wrong("after `?` stands `tls=required` or nothing")),
            }
        }
        if !matches!(url.path(), "" | "/") {
            return Err(wrong("nothing stands behind its port"));
        }
        let host = match Host::parse(url.host_str().unwrap_or_default()) {
            Ok(host) => host.to_string().trim_matches(['[', ']']).to_owned(),
            Err(_) => return Err(wrong("it names no host")),
        };
        let port = url.port().unwrap_or(match security {
            Security::None => 25,
            Security::StartTls => 587,
            Security::Tls => 465,
        });
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) | (_, None) => return Err(wrong("user and password come together, as USER:PASSWORD@")),
            (user, Some(password)) => Some((
                unescape(user).ok_or_else(|| wrong("its user is not UTF-8"))?,
                unescape(password).ok_or_else(|| wrong("its password is not UTF-8"))?,
            )),
        };
        let is_here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
        if credentials.is_some() && security == Security::None && !is_here {
            return Err(wrong(
                "the password would cross the network for everybody to read; add ?tls=required, or use smtps://",
            ));
        }
        Ok(SmtpServer { host, port, security, credentials })
    }
}

/// Takes `%41` back to `A`.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes().iter();
    while let Some(byte) = rest.next() {
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let digits = [*rest.next()?, *rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// Reads `Name <address>` or an address alone. The name may have any letters; quotes around it are taken off.
pub fn parse_mailbox(text: &str) -> Result<Mailbox> {
    let wrong =
        || Error::invalid(format!("`{}` is no e-mail address; write it as Name <surveys@example.com>", text.trim()));
    if text.chars().any(char::is_control) {
        return Err(wrong());
    }
    let (name, address) = match text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"').trim(), address),
        None => ("", text),
    };
    let address: Address = address.trim().parse().map_err(|_| wrong())?;
    Ok(Mailbox::new(Some(name.to_owned()).filter(|name| !name.is_empty()), address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(text: &str) -> SmtpServer {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_says_how_secret_the_way_is() {
        let of = |text: &str| (server(text).port, server(text).security);
        assert_eq!(of("smtp://mail.example.com"), (25, Security::None));
        assert_eq!(of("smtp://mail.example.com?tls=required"), (587, Security::StartTls));
        assert_eq!(of("smtp+starttls://mail.example.com:2525"), (2525, Security::StartTls));
        assert_eq!(of("smtps://mail.example.com"), (465, Security::Tls));
        assert_eq!(server("smtp://[::1]:25").host, "::1");
    }

    #[test]
    fn user_and_password_may_have_any_letters_and_are_never_shown() {
        let server = server("smtps://ana%40example.com:c%C3%A9%3A%2F%20x@mail.example.com");
        assert_eq!(server.credentials, Some(("ana@example.com".to_owned(), "cé:/ x".to_owned())));
        assert!(!format!("{server:?} {server}").contains("cé"), "{server:?}");
    }

    #[test]
    fn what_would_not_work_is_said() {
        for (text, why) in [
            ("mail.example.com", "no address"),
            ("http://mail.example.com", "smtp://"),
            ("smtp://ana:geheim@mail.example.com", "for everybody to read"),
            ("smtps://ana@mail.example.com", "come together"),
            ("smtp://mail.example.com?tls=perhaps", "tls=required"),
            ("smtp://mail.example.com/inbox", "behind its port"),
        ] {
            let sentence = text.parse::<SmtpServer>().unwrap_err().to_string();
            assert!(sentence.contains(why), "{text}: {sentence}");
            assert!(!sentence.contains("geheim"), "{sentence}");
        }
        assert!("smtp://ana:geheim@127.0.0.1:25".parse::<SmtpServer>().is_ok(), "nothing leaves the machine");
    }

    #[test]
    fn senders_have_names_of_any_letters() {
        let mailbox = parse_mailbox("Café Alameda <opina@alameda.example>").unwrap();
        assert_eq!((mailbox.name.as_deref(), mailbox.email.as_ref()), (Some("Café Alameda"), "opina@alameda.example"));
        assert_eq!(parse_mailbox("a@b.example").unwrap().name, None);
        for wrong in ["", "Ana", "Ana <a>", "a@b.example\r\nBcc: x@y.example", "x <a@b.example> y"] {
            assert!(parse_mailbox(wrong).is_err(), "{wrong}");
        }
    }
}
