"""The door of the real binary: the first person, sessions, invitations, and those who try."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness import people, product
from harness.http import bearer, post_batch, request
from harness.people import PASSWORD, Browser

ANA = "ana@nuevo.example"
EVA = "eva@nuevo.example"


@pytest.fixture
def owner(server):
    return people.set_up(server)


def without_request_id(answer, *asked: str) -> tuple[int, str]:
    """What an answer says, but for the id of its request and for what was asked."""
    text = re.sub(r'"request_id":"[^"]*"', "", answer.body.decode())
    for each in asked:
        text = text.replace(each, "ASKED")
    return answer.status, text


def test_the_first_person_comes_in_by_what_the_server_wrote(server):
    token = people.setup_token(server)
    assert server.text().count("#token=") == 1
    assert request(server.address, "GET", "/api/v1/setup").json() == {"is_open": True}

    for wrong in ("viv_" + "0" * 24, "", token[:-1], token.upper()):
        refused = people.first_steps(server, wrong)
        assert refused.status == 403, refused.body
        assert token not in refused.body.decode()
    owner = Browser(server)
    entered = people.first_steps(server, token, ANA, owner)
    assert entered.status == 200, entered.body
    me = owner.get("session")
    assert (me["email"], me["role"], me["organisation"]) == (ANA, "owner", "Café Nuevo")
    organisation = owner.get("organisation")
    assert {name: organisation[name] for name in people.ORGANISATION} == people.ORGANISATION

    assert people.first_steps(server, token, "second@nuevo.example").status == 404
    assert [user["email"] for user in owner.get("users")["users"]] == [ANA]


def test_after_the_set_up_its_address_is_like_any_missing_one(server, owner, data_dir):
    token = people.setup_token(server)

    def is_missing():
        for method, body in (("GET", None), ("POST", {"token": token}), ("POST", None)):
            found = Browser(server).send(method, "setup", body)
            other = Browser(server).send(method, "secret", body)
            assert without_request_id(found, "setup") == without_request_id(other, "secret"), method
            assert sorted(found.headers) == sorted(other.headers)

    is_missing()
    server.stop()
    server.start()
    is_missing()
    assert owner.status() == 200, "a session outlives a restart"
    assert "setup" not in server.text()
    assert "token" not in server.text()


def test_of_those_who_set_up_at_once_one_wins(server):
    token = people.setup_token(server)
    browsers = [Browser(server) for _ in range(4)]
    with ThreadPoolExecutor(len(browsers)) as crowd:
        emails = [f"person-{number}@nuevo.example" for number in range(len(browsers))]
        answers = list(
            crowd.map(lambda each: people.first_steps(server, token, *each), zip(emails, browsers, strict=True))
        )
    assert sorted(answer.status for answer in answers) == [200, 404, 404, 404]
    winner = next(browser for browser, answer in zip(browsers, answers, strict=True) if answer.status == 200)
    assert len(winner.get("users")["users"]) == 1


def test_a_token_of_the_start_before_opens_nothing(server):
    old = people.setup_token(server)
    server.stop()
    server.start()
    new = people.setup_token(server)
    assert new != old
    assert people.first_steps(server, old).status == 403
    assert people.first_steps(server, new).status == 200


def test_whoever_is_invited_before_the_set_up_closes_it(server, data_dir):
    token = people.setup_token(server)
    link = product.run("user", "invite", "--data-dir", data_dir, ANA, "--role", "owner").stdout
    _, entered = people.accept(server, link)
    assert entered.status == 200, entered.body
    assert people.first_steps(server, token).status == 404


def test_cookies_are_for_the_browser_alone(server, owner):
    browser = Browser(server)
    answer = browser.sign_in(ANA.upper())
    assert answer.status == 200, answer.body
    assert len(answer.cookies) == 2
    for line in answer.cookies:
        flags = {part.strip().lower() for part in line.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= flags, line
        assert "domain" not in line.lower()
        assert PASSWORD not in line
    assert answer.headers["cache-control"] == "no-store"
    for value in browser.cookies.values():
        assert value not in answer.body.decode(), "no script of a page may read it"
        assert request(server.address, "GET", "/api/v1/session", None, bearer(value)).status == 401
        refused = post_batch(server.address, value, [{"type": "track", "userId": "u", "event": "Visited"}])
        assert refused.status == 401


def test_behind_tls_the_cookies_are_bound_to_the_host(data_dir):
    with product.Server(data_dir, "--public-url", "https://cx.example") as server:
        product.wait_until(lambda: "#token=" in server.text(), 5, "the address of the set-up")
        token = server.text().split("https://cx.example/setup#token=", 1)[1].split()[0]
        answer = people.first_steps(server, token)
        assert answer.status == 200, answer.body
        assert {line.split("=")[0] for line in answer.cookies} == {"__Host-vivencia", "__Host-vivencia-browser"}
        assert all("; Secure" in line for line in answer.cookies)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Vivencia": None}, 403),
        ({"X-Vivencia": "0"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": None, "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": None, "Origin": "null"}, 403),
        ({"Sec-Fetch-Site": None, "Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"}, 403),
        ({"Sec-Fetch-Site": None}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
    ],
    ids=str,
)
def test_pages_of_other_sites_change_nothing(headers, status, server, owner):
    change = owner.send("PATCH", "organisation", {"name": "Changed"}, headers)
    assert change.status == status, change.body
    assert (owner.get("organisation")["name"] == "Changed") == (status == 200)
    assert Browser(server).sign_in(ANA, **headers).status == status
    # Without a body that asks beforehand, as a form would send it.
    form = {"Content-Type": "text/plain", **headers}
    assert owner.send("DELETE", "sessions", None, form).status == (204 if status == 200 else 403)


def test_another_site_reads_nothing_and_is_given_no_leave(server, owner):
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example", "X-Vivencia": None}
    for path in ("session", "users", "customers", "journeys/map", "live", "events/export"):
        answer = owner.send("GET", path, None, foreign)
        assert answer.status == 403, path
        assert "access-control-allow-origin" not in answer.headers
    asks_first = {**foreign, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-vivencia"}
    answer = owner.send("OPTIONS", "session", None, asks_first)
    assert not [name for name in answer.headers if name.startswith("access-control-allow")]


def test_sessions_are_listed_and_ended_at_once(server, owner):
    other, third = Browser(server), Browser(server)
    assert other.sign_in(ANA, **{"User-Agent": "Telephone <b>1</b>"}).status == 200
    assert third.sign_in(ANA).status == 200
    sessions = owner.get("sessions")["sessions"]
    assert len(sessions) == 3
    assert [session["is_this"] for session in sessions].count(True) == 1
    (telephone,) = [session for session in sessions if session["browser"].startswith("Telephone")]

    stranger = people.invite(owner, EVA, "analyst")
    assert stranger.send("DELETE", f"sessions/{telephone['id']}").status == 404
    assert other.status() == 200
    assert owner.send("DELETE", f"sessions/{telephone['id']}").status == 204
    assert (other.status(), third.status(), owner.status()) == (401, 200, 200)
    assert owner.send("DELETE", "sessions").status == 204
    assert (third.status(), owner.status(), stranger.status()) == (401, 200, 200)

    kept = dict(owner.cookies)
    assert owner.send("DELETE", "session").status == 204
    owner.cookies = kept
    assert owner.status() == 401, "a cookie that was kept opens nothing after signing out"


def test_a_new_password_ends_what_the_old_one_began(server, owner):
    other = Browser(server)
    assert other.sign_in(ANA).status == 200
    new = "otra frase bien distinta"
    assert owner.send("POST", "session/password", {"current": "not the one", "new": new}).status == 403
    assert owner.send("POST", "session/password", {"current": PASSWORD, "new": "short"}).status == 400
    assert other.status() == 200
    assert owner.send("POST", "session/password", {"current": PASSWORD, "new": new}).status == 204
    assert (other.status(), owner.status()) == (401, 200)
    assert other.sign_in(ANA).status == 401
    assert other.sign_in(ANA, new).status == 200


def test_an_invitation_opens_once_and_the_newer_one_counts(server, owner):
    new = {"email": EVA, "role": "analyst"}
    old = owner.send("POST", "invitations", new).json()["path"]
    link = owner.send("POST", "invitations", {**new, "email": EVA.upper()}).json()["path"]
    assert people.accept(server, old)[1].status == 404
    shown = Browser(server).send("POST", "invitations/show", {"token": people.token_of(link)}).json()
    assert (shown["email"], shown["role"]) == (EVA, "analyst")
    assert people.accept(server, link, "too short")[1].status == 400
    assert people.accept(server, link, EVA)[1].status == 400
    with ThreadPoolExecutor(3) as crowd:
        answers = list(crowd.map(lambda _: people.accept(server, link)[1].status, range(3)))
    assert answers.count(200) == 1, answers
    used = people.accept(server, link)[1]
    never = people.accept(server, "#token=viv_" + "0" * 24)[1]
    assert without_request_id(used) == without_request_id(never)
    assert [user["email"] for user in owner.get("users")["users"]] == [ANA, EVA]


def test_whoever_is_disabled_is_out_and_no_old_link_brings_them_back(server, owner):
    eva = people.invite(owner, EVA, "owner")
    link = owner.send("POST", f"users/{EVA}/reset").json()["path"]
    assert owner.send("PATCH", f"users/{EVA}", {"is_disabled": True}).status == 200
    assert eva.status() == 401
    refused = Browser(server).sign_in(EVA)
    wrong = Browser(server).sign_in("nobody@nuevo.example")
    assert without_request_id(refused) == without_request_id(wrong)
    browser, answer = people.accept(server, link, "una contraseña muy nueva")
    assert answer.status in {404, 409}, answer.body
    assert browser.status() == 401
    assert owner.send("POST", f"users/{EVA}/reset").status == 409
    assert owner.send("POST", "invitations", {"email": EVA, "role": "owner"}).status == 409

    assert owner.send("PATCH", f"users/{EVA}", {"is_disabled": False}).status == 200
    assert eva.status() == 401, "what has ended does not begin again"
    assert eva.sign_in(EVA).status == 200


def test_the_last_owner_stays(server, owner, data_dir):
    eva = people.invite(owner, EVA, "owner")
    assert owner.send("PATCH", f"users/{EVA}", {"is_disabled": True}).status == 200
    for change in ({"is_disabled": True}, {"role": "analyst"}):
        assert owner.send("PATCH", f"users/{ANA}", change).status == 409
    refused = product.run("user", "disable", "--data-dir", data_dir, ANA, ok=False)
    assert refused.returncode == 1
    assert "owner" in refused.stderr
    assert product.run("user", "role", "--data-dir", data_dir, ANA, "analyst", ok=False).returncode == 1
    # Two owners who take each other's access away at once leave one.
    assert owner.send("PATCH", f"users/{EVA}", {"is_disabled": False}).status == 200
    assert eva.sign_in(EVA).status == 200
    with ThreadPoolExecutor(2) as both:
        pairs = [(owner, EVA), (eva, ANA)]
        list(both.map(lambda pair: pair[0].send("PATCH", f"users/{pair[1]}", {"is_disabled": True}), pairs))
    users = product.run_json("user", "list", "--data-dir", data_dir)["users"]
    assert [user["role"] for user in users if not user["disabled_at"]] == ["owner"]


@pytest.mark.parametrize("is_running", [True, False], ids=["with a server", "without one"])
def test_the_commands_do_what_the_page_does(is_running, server, owner, data_dir):
    people.invite(owner, EVA, "analyst")
    if not is_running:
        server.stop()
    command = lambda *words, ok=True: product.run("user", words[0], "--data-dir", data_dir, *words[1:], ok=ok)
    person = lambda: next(
        user for user in product.run_json("user", "list", "--data-dir", data_dir)["users"] if user["email"] == EVA
    )
    assert person()["role"] == "analyst"
    command("role", EVA, "owner")
    assert person()["role"] == "owner"
    command("disable", EVA)
    assert person()["disabled_at"]
    command("enable", EVA)
    assert person()["disabled_at"] is None
    reset = command("reset", EVA).stdout
    link = command("invite", "leo@nuevo.example", "--role", "analyst").stdout
    for printed, path in ((reset, "/invitation#token="), (link, "/invitation#token=")):
        assert len(printed.split()) == 1, "the link alone"
        assert printed.startswith(f"{server.url}{path}" if is_running else path)
    for wrong in (
        ("disable", "nobody@nuevo.example"),
        ("role", EVA, "shop-manager"),
        ("invite", "no-email", "--role", "owner"),
    ):
        refused = command(*wrong, ok=False)
        assert refused.returncode == 1, wrong
        assert refused.stderr.strip()
    assert command("role", EVA, "emperor", ok=False).returncode == 2
    if not is_running:
        server.start()
    changed, answer = people.accept(server, reset, "una contraseña muy nueva")
    assert answer.status == 200, answer.body
    assert changed.get("session")["email"] == EVA
    assert people.accept(server, link)[1].status == 200


def test_a_stranger_who_guesses_waits_and_the_known_browser_goes_on(server, owner):
    stranger = Browser(server)
    answers = [stranger.sign_in(ANA, f"guess number {number}") for number in range(6)]
    assert [answer.status for answer in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert Browser(server).sign_in(ANA).status == 429, "the right password waits as well, or it would be told"
    # Whoever says that they come from elsewhere is not believed without a proxy.
    assert stranger.sign_in(ANA, **{"X-Forwarded-For": "203.0.113.9"}).status == 429
    known = Browser(server, {"vivencia-browser": owner.cookies["vivencia-browser"]})
    assert known.sign_in(ANA).status == 200
    assert owner.status() == 200
    # What knows one person's browser does not help with another person.
    product.run("user", "invite", "--data-dir", server.data_dir, EVA, "--role", "owner")
    guesses = [Browser(server, dict(known.cookies)).sign_in(EVA, f"guess number {number}") for number in range(6)]
    assert guesses[-1].status == 429


def test_no_secret_is_in_any_file_nor_in_the_log(data_dir):
    server = product.Server(data_dir)
    server.environment = {"VIVENCIA_LOG": "trace", "RUST_LOG": "trace"}
    secrets = [PASSWORD]
    try:
        server.start()
        token = people.setup_token(server)
        owner = people.set_up(server)
        link = owner.send("POST", "invitations", {"email": EVA, "role": "analyst"}).json()["path"]
        unused = owner.send("POST", "invitations", {"email": "leo@nuevo.example", "role": "analyst"}).json()["path"]
        eva, _ = people.accept(server, link)
        reset = owner.send("POST", f"users/{EVA}/reset").json()["path"]
        wrong = "a password that is wrong"
        assert Browser(server).sign_in(EVA, wrong).status == 401
        secrets += [people.token_of(each) for each in (link, unused, reset)]
        secrets += [*owner.cookies.values(), *eva.cookies.values(), wrong]
        printed = "".join(server.output)
        assert "DEBUG" in printed, "the log tells as much as it can"
        assert not [secret for secret in secrets if secret in printed]
        assert printed.count(token) == 1, "the address of the set-up is written once"
        server.kill()
        for path in data_dir.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                assert not [each for each in [*secrets, token] if each.encode() in content], path.name
    finally:
        server.kill()


def test_the_audit_has_every_change_of_people(server, owner, data_dir):
    people.invite(owner, EVA, "analyst")
    eva = lambda **change: owner.send("PATCH", f"users/{EVA}", change)
    assert [eva(role="owner").status, eva(is_disabled=True).status, eva(is_disabled=False).status] == [200] * 3
    assert owner.send("POST", f"users/{EVA}/reset").status == 201
    created = owner.send("POST", "invitations", {"email": "leo@nuevo.example", "role": "analyst"}).json()
    assert owner.send("DELETE", f"invitations/{created['invitation']['id']}").status == 204
    product.run("user", "role", "--data-dir", data_dir, EVA, "analyst")
    new = "otra frase bien distinta"
    assert owner.send("POST", "session/password", {"current": PASSWORD, "new": new}).status == 204
    assert Browser(server).sign_in(ANA, new).status == 200
    assert owner.send("DELETE", "sessions").status == 204

    entries = owner.get("audit?limit=100")["entries"]
    found = [(entry["actor"], entry["action"], entry["subject"]) for entry in reversed(entries)]
    expected = [
        (ANA, "setup", ANA),
        (ANA, "invitation.create", EVA),
        (EVA, "invitation.accept", EVA),
        (EVA, "session.begin", EVA),
        *[(ANA, "user.update", EVA)] * 3,
        (ANA, "user.reset", EVA),
        (ANA, "invitation.create", "leo@nuevo.example"),
        (ANA, "invitation.revoke", "leo@nuevo.example"),
        (ANA, "user.password", ANA),
        (ANA, "session.end", ANA),
    ]
    for entry in expected:
        assert found.count(entry) >= expected.count(entry), (entry, found)
    by_command = [entry for entry in found if entry[1:] == ("user.update", EVA) and entry[0] != ANA]
    assert len(by_command) == 1, found
    assert json.dumps(entries).count(PASSWORD) == 0
