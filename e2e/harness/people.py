"""People who come to the door: browsers with their cookies, the first one's set-up, invitations."""

import json
import re
from dataclasses import dataclass, field

from harness import product
from harness.http import Answer, request

PASSWORD = "un café con leche y dos churros"
ORGANISATION = {
    "name": "Café Nuevo",
    "time_zone": "America/Mexico_City",
    "week_start": "sunday",
    "currency": "MXN",
    "language": "es",
}
SETUP = re.compile(r"http://\S+/setup#token=(viv_\w+)")


@dataclass
class Browser:
    """Keeps cookies and says what the console's own pages say; a header given as None is left out."""

    server: product.Server
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, body=None, headers: dict | None = None) -> Answer:
        said = {"X-Vivencia": "1", "Sec-Fetch-Site": "same-origin"}
        if body is not None:
            said["Content-Type"] = "application/json"
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        said |= headers or {}
        said = {name: value for name, value in said.items() if value is not None}
        text = None if body is None else json.dumps(body)
        answer = request(self.server.address, method, f"/api/v1/{path}", text, said)
        for line in answer.cookies:
            name, value = line.split(";")[0].split("=", 1)
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def get(self, path: str):
        answer = self.send("GET", path)
        assert answer.status == 200, answer.body
        return answer.json()

    def sign_in(self, email: str, password: str = PASSWORD, **headers) -> Answer:
        return self.send("POST", "session", {"email": email, "password": password}, headers)

    def status(self) -> int:
        """Whether the server knows who this is."""
        return self.send("GET", "session").status


def setup_token(server: product.Server) -> str:
    found = product.wait_until(lambda: SETUP.search("".join(server.output)), 5, "the address of the set-up")
    return found[1]


def first_steps(server, token: str, email: str = "ana@nuevo.example", browser: Browser | None = None) -> Answer:
    steps = {"token": token, "name": "Ana Ruiz", "email": email, "password": PASSWORD, "organisation": ORGANISATION}
    return (browser or Browser(server)).send("POST", "setup", steps)


def set_up(server, email: str = "ana@nuevo.example") -> Browser:
    """The browser of the first owner."""
    browser = Browser(server)
    answer = first_steps(server, setup_token(server), email, browser)
    assert answer.status == 200, answer.body
    return browser


def token_of(link: str) -> str:
    return link.strip().split("#token=", 1)[1]


def accept(server, link: str, password: str = PASSWORD, **more) -> tuple[Browser, Answer]:
    browser = Browser(server)
    body = {"token": token_of(link), "name": "Somebody Invited", "password": password, **more}
    return browser, browser.send("POST", "invitations/accept", body)


def invite(owner: Browser, email: str, role: str, unit: str | None = None) -> Browser:
    """The browser of somebody who was invited and came in."""
    created = owner.send("POST", "invitations", {"email": email, "role": role, "unit": unit})
    assert created.status == 201, created.body
    browser, answer = accept(owner.server, created.json()["path"])
    assert answer.status == 200, answer.body
    return browser
