"""A real mail server on this machine: it keeps what it takes, and refuses what it is told to refuse."""

import socket
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = "sender@alameda.example", "clé: ñ/1"


@dataclass
class Taken:
    """A message as it came, with the addresses of its envelope."""

    sender: str
    to: str
    message: EmailMessage
    raw: str
    connection: int

    def part(self, kind: str) -> str:
        return self.message.get_body((kind,)).get_content().replace("\r\n", "\n")


@dataclass
class Mailbox:
    """Listens on a port that the system chose; after `stop`, `start` listens on the same one again."""

    tls: object = None
    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    # What recipients are answered, one reply after the other, before they are taken.
    replies: dict[str, list[str]] = field(default_factory=dict)
    tried: list[str] = field(default_factory=list)
    # Recipients over whose messages the connection ends, however often they come.
    drops: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)
    connections: int = 0
    changed: threading.Event = field(default_factory=threading.Event)
    controller: Controller | None = None

    def start(self) -> "Mailbox":
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        secure = {}
        if self.tls is not None:
            check = lambda _server, _session, _envelope, _mechanism, data: AuthResult(
                success=(data.login, data.password) == (USER.encode(), PASSWORD.encode())
            )
            secure = {"tls_context": self.tls, "require_starttls": True, "auth_required": True, "authenticator": check}
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **secure)
        self.controller.start()
        return self

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    def __enter__(self) -> "Mailbox":
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def to(self, address: str) -> list[Taken]:
        return [each for each in self.taken if each.to == address]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        session.number = self.connections
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.tried.append(address)
        waiting = self.replies.get(address)
        if waiting:
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        ends = self.drops & set(envelope.rcpt_tos)
        if ends:
            self.dropped += sorted(ends)
            server.transport.abort()
            return "421 4.3.2 not seen by anybody"
        message = message_from_bytes(envelope.content, policy=policy.default)
        for to in envelope.rcpt_tos:
            self.taken.append(Taken(envelope.mail_from, to, message, envelope.content.decode("ascii"), session.number))
        return "250 2.0.0 Ok: queued"
