//! Invitations that leave by e-mail: the queue and who empties it, what a message says, who wants no further one, and the
//! messages that come back.
//!
//! A message is put into the queue in the transaction that makes its invitation, and taken out when the mail server has
//! accepted it. A process that ends between the two sends it again under the same `Message-ID`: every message leaves at least
//! once, and never twice knowingly.

mod dto;
mod letter;
mod question;
mod queue;
mod reports;
pub(crate) mod routes;
mod sender;
mod service;
mod settings;
mod smtp;

pub(crate) use self::queue::{CHANNEL, Post, is_address};
pub use self::routes::routes;
pub use self::sender::{Mailer, send_due, send_now_and_then};
pub(crate) use self::service::{find_leaving, unsubscribe};
pub use self::settings::{MailSettings, Security, SmtpServer, parse_mailbox};
