"""Invitations by e-mail, over a real mail server: what is sent, what comes back, and who is left alone."""

import json
import os
import re
import ssl
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from harness import console, demonstration, product
from harness.http import bearer, post_batch, request
from harness.mailbox import PASSWORD, USER, Mailbox

PUBLIC = "https://encuestas.alameda.example"
SURVEY = {
    "format": 1,
    "name": "visit",
    "kind": "transactional",
    "languages": ["es", "en"],
    "title": {
        "es": "{{customer.first_name|Hola}}, sobre la visita",
        "en": "{{customer.first_name|Hello}}, about the visit",
    },
    "thanks": {"es": "Gracias", "en": "Thank you"},
    "theme": {"accent": "#8C2F5B"},
    "questions": [
        {
            "id": "recommend",
            "type": "nps",
            "required": True,
            "text": {"es": "¿Recomendaría?", "en": "Would you recommend us?"},
        },
        {"id": "why", "type": "text", "text": {"es": "¿Por qué?", "en": "Why?"}},
    ],
}


def flags_of(mailbox: Mailbox, smtp: str | None = None) -> list[str]:
    """What a server is told to send through this mailbox."""
    flags = ["--public-url", PUBLIC, "--mail-from", "Café Alameda <opina@alameda.example>"]
    flags += ["--mail-reply-to", "hola@alameda.example", "--mail-per-minute", "60000"]
    return [*flags, "--smtp-url", smtp or f"smtp://127.0.0.1:{mailbox.port}"]


ALWAYS = {"most": 100, "days": 1, "apart_days": 0, "from_hour": 0, "until_hour": 24}


class Installation:
    """A server that sends, its survey, and what is asked of it."""

    def __init__(self, server: product.Server):
        self.server, self.data_dir = server, server.data_dir

    def start(self, **survey) -> "Installation":
        self.server.start()
        self.key = product.create_key(self.data_dir, "mail tests", "admin")
        # The same few people are written to again and again, at any hour.
        self.call("PUT", "/api/v1/contact-rule", ALWAYS)
        self.survey = self.call("POST", "/api/v1/surveys", {**SURVEY, **survey})["id"]
        self.call("PUT", f"/api/v1/surveys/{self.survey}/state", {"state": "open"})
        return self

    def send(self, method: str, path: str, body=None, key: bool = True):
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        return request(self.server.address, method, path, data, bearer(self.key) if key else None)

    def call(self, method: str, path: str, body=None):
        answer = self.send(method, path, body)
        assert answer.status < 300, (answer.status, answer.body)
        return answer.json() if answer.body else None

    def invite(self, *addresses: str, **person):
        people = [{"identifiers": {"email": address}, **person} for address in addresses]
        return self.call("POST", f"/api/v1/surveys/{self.survey}/invitations", {"people": people, "channel": "email"})

    def lived(self, address: str) -> list[dict]:
        found = self.call("GET", f"/api/v1/customers?identifier={quote(address)}")["customers"]
        if not found:
            return []
        return self.call("GET", f"/api/v1/customers/{found[0]['id']}/events")["events"]

    def activities(self, address: str) -> list[str]:
        return [event["activity"] for event in self.lived(address)]

    def refusals(self) -> dict[str, str]:
        return {each["address"]: each["reason"] for each in self.call("GET", "/api/v1/mail/refusals")["refusals"]}

    def metric(self, name: str) -> int:
        text = self.send("GET", "/metrics").body.decode()
        return int(re.search(rf"^{re.escape(name)} (\d+)$", text, re.MULTILINE)[1])

    def wait_sent(self, mailbox: Mailbox, address: str, messages: int = 1):
        """Waits until the message is in the mailbox and known here to be."""
        product.wait_until(lambda: len(mailbox.to(address)) >= messages, 40, f"a message to {address}")
        product.wait_until(lambda: self.metric("vivencia_mail_queued") == 0, 20, "the queue to be empty")
        return mailbox.to(address)[-1]


@contextmanager
def installation(folder, mailbox, *more, smtp=None, **survey):
    sending = Installation(product.Server(folder / "data", *flags_of(mailbox, smtp), *more)).start(**survey)
    try:
        yield sending
    finally:
        sending.server.kill()


@pytest.fixture
def mailbox():
    with Mailbox() as started:
        yield started


def path_of(link: str) -> str:
    assert link.startswith(f"{PUBLIC}/s/"), link
    return link.removeprefix(PUBLIC)


def links_of(taken) -> dict[str, str]:
    """The path of each answer, by what it answers."""
    links = re.findall(r"^(\d+).*?: (\S+)$", taken.part("plain"), re.MULTILINE)
    return {point: path_of(link) for point, link in links}


def unsubscribe_path(taken) -> str:
    return path_of(taken.message["List-Unsubscribe"].strip("<>"))


def test_from_a_message_to_an_answer_on_the_timeline(tmp_path, mailbox):
    with installation(tmp_path, mailbox) as sending:
        ana = "ana@example.com"
        answer = sending.invite(ana, traits={"first_name": "Ana", "language": "en"}, touchpoint="web:Order Completed")
        assert len(answer["links"]) == 1
        assert "link" not in answer["links"][0], "the link is only in the message"
        assert answer["left_out"] == []
        taken = sending.wait_sent(mailbox, ana)
        message = taken.message
        assert (taken.sender, taken.to) == ("opina@alameda.example", ana)
        assert (message["Subject"], message["To"]) == ("Ana, about the visit", ana)
        assert message["From"].addresses[0].display_name == "Café Alameda"
        assert message["Reply-To"] == "hola@alameda.example"
        assert f"\r\nList-Unsubscribe: <{PUBLIC}{unsubscribe_path(taken)}>\r\n" in taken.raw, (
            "as it stands, not encoded"
        )
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["Auto-Submitted"] == "auto-generated"
        assert re.fullmatch(r"<[A-Za-z0-9]{24}@encuestas\.alameda\.example>", message["Message-ID"])
        assert message["Date"].datetime is not None
        assert message.get_content_type() == "multipart/alternative"
        links = links_of(taken)
        assert list(links) == [str(point) for point in range(11)]
        html = taken.part("html")
        for path in links.values():
            assert f'href="{PUBLIC}{path}"'.replace("&", "&amp;") in html
        assert unsubscribe_path(taken) in html
        assert "Would you recommend us?" in html
        assert "#8C2F5B" in html.upper(), "the colour of the survey"
        assert sending.activities(ana) == ["Survey Sent"]

        # A program that looks at mail fetches everything, more than once.
        for path in [*links.values(), unsubscribe_path(taken)] * 2:
            assert sending.send("GET", path, key=False).status == 200
            assert sending.send("HEAD", path, key=False).status == 200
        assert sending.activities(ana) == ["Survey Sent"]
        counts = sending.call("GET", f"/api/v1/surveys/{sending.survey}")["counts"]
        assert (counts["partial"], counts["complete"], sending.refusals()) == (0, 0, {})
        page = sending.send("GET", links["3"], key=False).body.decode()
        assert re.search(r'name="q\.recommend" value="3"[^>]* checked', page), "the answer of the link is chosen"

        comment = "The coffee was cold and the waiter was rude."
        console.drive((sending.server, sending.key), "mail-link.mjs", links["3"], comment)
        assert sending.activities(ana) == ["Survey Sent", "Survey Shown", "Survey Started", "Survey Answered"]
        answered = sending.lived(ana)[-1]
        assert answered["channel"] == "email"
        assert answered["properties"]["nps"] == 3
        assert answered["properties"]["comment_sentiment"] == "negative"
        assert answered["properties"]["touchpoint"] == "web:Order Completed"
        assert sending.metric('vivencia_mail_total{outcome="sent"}') == 1


def test_an_order_of_the_demonstration_company_leads_to_a_score(tmp_path, tmp_path_factory, mailbox):
    """Event, message, click, comment, score and timeline, with a real mail server and Chromium."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    with demonstration.serve_copy(shared, tmp_path / "data", *flags_of(mailbox)) as (server, key):
        sending = Installation(server)
        sending.key = key
        sending.call("PUT", "/api/v1/contact-rule", ALWAYS)
        invite = {"when": {"event": "Order Completed", "where": [{"property": "total", "at_least": 30}]}}
        sending.survey = sending.call("POST", "/api/v1/surveys", {**SURVEY, "name": "after-order", "invite": invite})[
            "id"
        ]
        sending.call("PUT", f"/api/v1/surveys/{sending.survey}/state", {"state": "open"})
        planned = lambda: sending.call("GET", f"/api/v1/surveys/{sending.survey}/planned")
        scores = lambda: sending.call("GET", "/api/v1/scores?metric=nps&survey=after-order&minimum=1")["whole"]["total"]
        assert sending.send("GET", "/api/v1/scores?metric=nps&survey=after-order&minimum=1").status == 400, "nobody yet"

        collect = product.create_key(sending.data_dir, "shop", "collect")
        lucia = "lucia.nueva@example.com"
        now = datetime.now(UTC).isoformat()
        order = {
            "type": "track",
            "event": "Order Completed",
            "userId": "lucia-nueva",
            "messageId": "order-1",
            "timestamp": now,
            "properties": {"total": 42.5, "currency": "EUR", "channel": "web"},
            "context": {"traits": {"email": lucia, "first_name": "Lucía", "language": "en"}},
        }
        small = {**order, "userId": "otro", "messageId": "order-2", "properties": {"total": 3, "channel": "web"}}
        post_batch(server.address, collect, [order, small])
        taken = sending.wait_sent(mailbox, lucia)
        assert taken.message["Subject"] == "Lucía, about the visit"
        product.wait_until(
            lambda: planned() == {"waiting": 0, "ended": {"invited": 1}}, 20, "the invitation to be noted"
        )
        console.drive(
            (server, key),
            "mail-link.mjs",
            links_of(taken)["9"],
            "El café estaba riquísimo y la camarera fue muy amable.",
        )

        lived = sending.lived(lucia)
        assert [event["activity"] for event in lived] == [
            "Order Completed",
            "Survey Sent",
            "Survey Shown",
            "Survey Started",
            "Survey Answered",
        ]
        answered = lived[-1]
        assert answered["properties"]["nps"] == 9
        assert answered["properties"]["touchpoint"] == "web:Order Completed"
        exported = [json.loads(line) for line in sending.send("GET", "/api/v1/events/export").body.splitlines()]
        order_id = next(event["event_id"] for event in exported if event["message_id"] == "order-1")
        caused = [event["activity"] for event in exported if event["cause_event_id"] == order_id]
        assert caused == ["Survey Sent", "Survey Shown", "Survey Started", "Survey Answered"], "by the order"
        assert answered["properties"]["comment_sentiment"] == "positive"
        assert "staff:positive" in answered["properties"]["comment_topics"]
        assert scores()["answers"] == 1
        assert scores()["score"] == 100
        # Whoever orders again is left alone by the rule that people have when nobody changes it.
        rule = {"most": 2, "days": 30, "apart_days": 7, "from_hour": 0, "until_hour": 24}
        sending.call("PUT", "/api/v1/contact-rule", rule)
        post_batch(server.address, collect, [{**order, "messageId": "order-3"}])
        product.wait_until(lambda: planned()["ended"] == {"invited": 1, "too_soon": 1}, 20, "the second order")
        assert len(mailbox.to(lucia)) == 1


def test_many_messages_share_a_connection(tmp_path, mailbox):
    with installation(tmp_path, mailbox) as sending:
        addresses = [f"c{number}@example.com" for number in range(40)]
        sending.invite(*addresses)
        product.wait_until(lambda: len(mailbox.taken) == 40, 40, "forty messages")
        assert mailbox.connections <= 2
        ids = {taken.message["Message-ID"] for taken in mailbox.taken}
        links = {links_of(taken)["0"] for taken in mailbox.taken}
        assert (len(ids), len(links)) == (40, 40)
        assert mailbox.taken[0].message["Subject"] == "Hola, sobre la visita", "the first language where none is wished"


def test_customers_are_written_to_in_the_language_that_is_known_of_them(tmp_path, mailbox):
    with installation(tmp_path, mailbox) as sending:
        traits = {"email": "eva@example.com", "language": "en"}
        event = {"type": "identify", "userId": "eva", "messageId": "m-1", "traits": traits}
        collect_key = product.create_key(sending.data_dir, "shop", "collect")
        assert post_batch(sending.server.address, collect_key, [event]).status == 200
        product.wait_until(lambda: sending.call("GET", "/api/v1/customers?identifier=eva")["customers"], 10, "Eva")
        sending.invite("eva@example.com")
        assert sending.wait_sent(mailbox, "eva@example.com").message["Subject"] == "Hello, about the visit"
        sending.invite("eva@example.com", traits={"language": "es"})
        taken = sending.wait_sent(mailbox, "eva@example.com", messages=2)
        assert taken.message["Subject"] == "Hola, sobre la visita", "whoever invites knows better"


def test_nothing_is_made_where_no_mail_can_leave(tmp_path, mailbox):
    with installation(tmp_path, mailbox) as sending:
        path = f"/api/v1/surveys/{sending.survey}/invitations"
        people = [{"identifiers": {"email": "ana@example.com"}}, {"identifiers": {"user_id": "eva"}}]
        refused = sending.send("POST", path, {"people": people, "channel": "email"})
        assert refused.status == 400
        assert "people[1]" in refused.json()["detail"]
        assert "`email`" in refused.json()["detail"]
        assert sending.call("GET", f"/api/v1/surveys/{sending.survey}")["counts"]["invitations"] == 0
    with product.Server(tmp_path / "data", "--public-url", PUBLIC) as without:
        answer = request(
            without.address, "POST", path, json.dumps({"people": people[:1], "channel": "email"}), bearer(sending.key)
        )
        assert (answer.status, answer.json()["code"]) == (409, "mail_not_set_up")
        assert "smtp_url" in answer.json()["detail"]
    flags = ["--smtp-url", f"smtp://127.0.0.1:{mailbox.port}", "--mail-from", "a@b.example"]
    with product.Server(tmp_path / "data", *flags) as nowhere:
        answer = request(
            nowhere.address, "POST", path, json.dumps({"people": people[:1], "channel": "email"}), bearer(sending.key)
        )
        assert (answer.status, answer.json()["code"]) == (409, "public_url_missing")
    assert mailbox.taken == []


def test_what_is_refused_for_now_is_tried_again(tmp_path, mailbox):
    ana = "ana@example.com"
    mailbox.replies[ana] = ["451 4.7.1 greylisted, come again"]
    with installation(tmp_path, mailbox) as sending:
        sending.invite(ana, "eva@example.com")
        product.wait_until(lambda: mailbox.to("eva@example.com"), 20, "the message that nothing holds up")
        assert sending.activities(ana) == []
        sending.wait_sent(mailbox, ana)
        assert mailbox.tried.count(ana) == 2
        assert len(mailbox.to(ana)) == 1
        assert sending.activities(ana) == ["Survey Sent"]
        assert sending.refusals() == {}


def test_a_message_over_which_the_connection_ends_holds_nobody_up(tmp_path, mailbox):
    poison = "poison@example.com"
    mailbox.drops.add(poison)
    with installation(tmp_path, mailbox) as sending:
        sending.invite(poison, "ana@example.com")
        sending.invite("eva@example.com")
        product.wait_until(lambda: mailbox.to("ana@example.com"), 20, "the message after it")
        product.wait_until(lambda: mailbox.to("eva@example.com"), 20, "one of another invitation")
        assert len(mailbox.dropped) == 1, "they overtook it"
        # It has its own next attempt, and the one after that comes later.
        product.wait_until(lambda: len(mailbox.dropped) == 2, 30, "the second attempt")
        assert sending.activities(poison) == []
        assert sending.metric("vivencia_mail_queued") == 1
        mailbox.drops.clear()


def test_an_address_that_takes_no_mail_is_left_alone(tmp_path, mailbox):
    gone = "gone@example.com"
    mailbox.replies[gone] = ["550 5.1.1 no such user"] * 9
    mailbox.replies["closed@example.com"] = ["550 5.7.1 relaying denied"] * 9
    with installation(tmp_path, mailbox) as sending:
        sending.invite(gone, "closed@example.com", "ana@example.com")
        sending.wait_sent(mailbox, "ana@example.com")
        assert sending.refusals() == {gone: "bounced"}, "a server that relays nothing says nothing of an address"
        assert sending.activities(gone) == ["Survey Bounced"]
        again = sending.invite("ana@example.com", gone.upper())
        assert again["left_out"] == [{"person": 1, "reason": "bounced"}]
        assert len(again["links"]) == 1
        assert sending.metric('vivencia_mail_total{outcome="bounced"}') == 1
        # A person decides otherwise.
        product.run("mail", "refusals", "--data-dir", sending.data_dir, "--remove", gone)
        assert product.run_json("mail", "refusals", "--data-dir", sending.data_dir)["refusals"] == []
        assert sending.invite(gone)["left_out"] == []
        audit = sending.call("GET", "/api/v1/audit?limit=5")["entries"]
        assert any(entry["action"] == "mail.refusal.remove" and entry["subject"] == gone for entry in audit)


def test_a_mail_server_that_is_down_is_waited_for(tmp_path, mailbox):
    mailbox.stop()
    with installation(tmp_path, mailbox) as sending:
        sending.invite("ana@example.com")
        product.wait_until(lambda: sending.metric('vivencia_mail_total{outcome="deferred"}') >= 1, 20, "an attempt")
        assert sending.metric("vivencia_mail_queued") == 1
        mailbox.start()
        sending.wait_sent(mailbox, "ana@example.com")
        assert len(mailbox.taken) == 1


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_what_waits_outlives_the_server_and_leaves_once(tmp_path, mailbox, end):
    mailbox.stop()
    with installation(tmp_path, mailbox) as sending:
        sending.invite("ana@example.com", "eva@example.com")
        getattr(sending.server, end)()
        mailbox.start()
        sending.server.start()
        sending.wait_sent(mailbox, "ana@example.com")
        sending.wait_sent(mailbox, "eva@example.com")
        sending.server.stop()
        sending.server.start()
        product.wait_until(lambda: sending.metric("vivencia_mail_queued") == 0, 10, "an empty queue")
        assert sorted(taken.to for taken in mailbox.taken) == ["ana@example.com", "eva@example.com"]
        assert sending.activities("ana@example.com") == ["Survey Sent"]


def test_one_click_ends_further_mail(tmp_path, mailbox):
    ana = "ana@example.com"
    with installation(tmp_path, mailbox) as sending:
        sending.invite(ana)
        first = sending.wait_sent(mailbox, ana)
        path = unsubscribe_path(first)
        sending.call("PUT", f"/api/v1/surveys/{sending.survey}/state", {"state": "closed"})
        shown = sending.send("GET", f"{path}?language=es", key=False)
        assert (shown.status, "No recibir más mensajes" in shown.body.decode()) == (200, True)
        assert "Stop these messages" in sending.send("GET", f"{path}?language=en", key=False).body.decode()
        assert sending.refusals() == {}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        for _ in range(2):
            posted = request(sending.server.address, "POST", path, "List-Unsubscribe=One-Click", form)
            assert posted.status == 200
        assert (
            request(
                sending.server.address, "POST", "/s/viv_nobody/unsubscribe", "List-Unsubscribe=One-Click", form
            ).status
            == 404
        )
        assert sending.refusals() == {ana: "unsubscribed"}
        assert sending.activities(ana) == ["Survey Sent", "Survey Unsubscribed"]
        sending.call("PUT", f"/api/v1/surveys/{sending.survey}/state", {"state": "open"})
        assert sending.invite(ana)["left_out"] == [{"person": 0, "reason": "unsubscribed"}]


def test_what_waits_is_looked_at_once_more_before_it_leaves(tmp_path, mailbox):
    eva = "eva@example.com"
    with installation(tmp_path, mailbox) as sending:
        sending.invite(eva)
        first = sending.wait_sent(mailbox, eva)
        mailbox.stop()
        assert sending.invite(eva, "leo@example.com")["left_out"] == []
        product.wait_until(lambda: sending.metric('vivencia_mail_total{outcome="deferred"}') >= 1, 20, "an attempt")
        assert (
            request(sending.server.address, "POST", unsubscribe_path(first), "List-Unsubscribe=One-Click").status == 200
        )
        mailbox.start()
        sending.wait_sent(mailbox, "leo@example.com")
        assert len(mailbox.to(eva)) == 1
        assert sending.metric('vivencia_mail_total{outcome="left_out"}') == 1


def bounce_of(taken, status: str, action: str = "failed") -> str:
    """A delivery status notification (RFC 3464) that returns the message."""
    return (
        "From: MAILER-DAEMON@mx.example.org\r\nTo: opina@alameda.example\r\nSubject: Undelivered Mail\r\n"
        "Message-ID: <1@mx.example.org>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"\r\n\r\n'
        "--b1\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n\r\n"
        "--b1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {taken.to}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b1\r\nContent-Type: message/rfc822\r\n\r\n{taken.message.as_string()}\r\n--b1--\r\n"
    )


def complaint_about(taken) -> str:
    """A report of abuse (RFC 5965) that returns the headers of the message."""
    headers = "".join(f"{name}: {value}\r\n" for name, value in taken.message.items() if name != "Subject")
    return (
        "From: fbl@mailer.example.org\r\nTo: opina@alameda.example\r\nSubject: FW\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b2"\r\n\r\n'
        "--b2\r\nContent-Type: text/plain\r\n\r\nAn abuse report.\r\n\r\n"
        "--b2\r\nContent-Type: message/feedback-report\r\n\r\n"
        "Feedback-Type: abuse\r\nUser-Agent: F/1\r\nVersion: 1\r\n\r\n"
        f"--b2\r\nContent-Type: text/rfc822-headers\r\n\r\n{headers}\r\n--b2--\r\n"
    )


def test_messages_that_come_back_are_understood(tmp_path, mailbox):
    ana, eva, leo = "ana@example.com", "eva@example.com", "leo@example.com"
    with installation(tmp_path, mailbox) as sending:
        sending.invite(ana, eva, leo)
        of = {address: sending.wait_sent(mailbox, address) for address in (ana, eva, leo)}
        report = lambda text: sending.call("POST", "/api/v1/mail/reports", text.encode())
        assert report(bounce_of(of[ana], "4.4.1", "delayed"))["outcome"] == "nothing"
        assert report(bounce_of(of[ana], "4.2.2"))["outcome"] == "nothing"
        forged = bounce_of(of[ana], "5.1.1").replace(
            of[ana].message["Message-ID"], "<guessed@encuestas.alameda.example>"
        )
        answer = report(forged)
        assert answer["outcome"] == "nothing"
        assert "Message-ID" in answer["detail"]
        assert sending.refusals() == {}
        assert sending.send("POST", "/api/v1/mail/reports", b"Subject: away\r\n\r\nUntil Monday.").status == 400
        assert sending.send("POST", "/api/v1/mail/reports", b"x" * (1 << 20) + b"x").status == 413
        assert sending.send("POST", "/api/v1/mail/reports", forged.encode(), key=False).status == 401

        assert report(bounce_of(of[ana], "5.1.1"))["outcome"] == "bounced"
        assert report(bounce_of(of[ana], "5.1.1"))["outcome"] == "nothing", "known already"
        assert sending.activities(ana) == ["Survey Sent", "Survey Bounced"]
        printed = product.run("mail", "report", "--data-dir", sending.data_dir, stdin=complaint_about(of[eva])).stdout
        assert printed.startswith("complained:"), printed
        assert sending.activities(eva) == ["Survey Sent", "Survey Complained"]
        assert sending.refusals() == {ana: "bounced", eva: "complained"}
        left_out = sending.invite(ana, eva, leo)["left_out"]
        assert left_out == [{"person": 0, "reason": "bounced"}, {"person": 1, "reason": "complained"}]


def test_an_anonymous_survey_leaves_nothing_that_ties(tmp_path, mailbox):
    ana = "ana@example.com"
    with installation(tmp_path, mailbox, anonymous=True) as sending:
        sending.invite(ana, traits={"first_name": "Ana", "language": "en"})
        taken = sending.wait_sent(mailbox, ana)
        assert taken.message["Subject"] == "Ana, about the visit"
        path = links_of(taken)["9"]
        token = path.split("?")[0].removeprefix("/s/")
        # What the database still has on its way is put in its place when the server ends.
        assert sending.server.stop() == 0
        for file in sending.data_dir.rglob("*"):
            assert not file.is_file() or token.encode() not in file.read_bytes(), file
        sending.server.start()
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        posted = request(sending.server.address, "POST", f"/s/{token}", "page=p1&version=1&q.recommend=9", form)
        assert posted.status == 303
        assert sending.activities(ana) == []
        assert request(sending.server.address, "POST", f"/s/{token}/unsubscribe", "x=y", form).status == 404, (
            "nothing ties"
        )
        posted = request(sending.server.address, "POST", unsubscribe_path(taken), "List-Unsubscribe=One-Click", form)
        assert posted.status == 200
        listed = sending.call("GET", "/api/v1/mail/refusals")["refusals"]
        assert [(each["address"], each["survey"], each["invitation"]) for each in listed] == [(ana, None, None)]
        assert sending.activities(ana) == []


def test_the_way_is_tried_out_from_the_command_line(tmp_path, mailbox):
    with installation(tmp_path, mailbox) as sending:
        printed = product.run("mail", "test", "--data-dir", sending.data_dir, "--to", "ops@example.com").stdout
        assert "250 2.0.0 Ok: queued" in printed
        assert len(mailbox.to("ops@example.com")) == 1
        mailbox.replies["no@example.com"] = ["550 5.1.1 who?"]
        failed = product.run("mail", "test", "--data-dir", sending.data_dir, "--to", "no@example.com", ok=False)
        assert (failed.returncode, "550 5.1.1 who?" in failed.stderr) == (1, True), failed.stderr
        assert sending.refusals() == {}, "a test refuses nobody"
        arguments = ["surveys", "invite", "--data-dir", sending.data_dir, sending.survey, "--channel", "email"]
        printed = product.run(*arguments, "--customer", "email=ana@example.com").stdout
        assert "leaves by e-mail" in printed
        sending.wait_sent(mailbox, "ana@example.com")


def test_a_password_crosses_only_a_way_that_is_secret(tmp_path):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    files = ["-keyout", key, "-out", certificate]
    kind = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    names = ["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"]
    subprocess.run(["openssl", "req", "-x509", *kind, *files, *names], check=True, capture_output=True)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    with Mailbox(tls=tls) as mailbox:
        way = lambda password: f"smtp://{quote(USER)}:{quote(password, safe='')}@localhost:{mailbox.port}?tls=required"
        known = ("--smtp-ca-file", str(certificate))
        with installation(tmp_path / "known", mailbox, *known, smtp=way(PASSWORD)) as sending:
            sending.invite("ana@example.com")
            sending.wait_sent(mailbox, "ana@example.com")
            assert PASSWORD not in sending.server.text()
        for name, more, password in [("stranger", (), PASSWORD), ("wrong", known, "wrong")]:
            with installation(tmp_path / name, mailbox, *more, smtp=way(password)) as sending:
                sending.invite("eva@example.com")
                product.wait_until(
                    lambda s=sending: s.metric('vivencia_mail_total{outcome="deferred"}') >= 1, 60, "an attempt"
                )
                assert "the mail server localhost" in sending.server.text()
                assert password not in sending.server.text()
        assert [taken.to for taken in mailbox.taken] == ["ana@example.com"]
