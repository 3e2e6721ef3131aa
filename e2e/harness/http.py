"""Plain HTTP, without any library's idea of what is polite."""

import base64
import http.client
import json
from dataclasses import dataclass, field


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    # Each `Set-Cookie` as it came; other headers come once.
    cookies: list[str] = field(default_factory=list)

    def json(self):
        return json.loads(self.body)


def basic(key: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


class Connection:
    """One connection that is opened when it is needed."""

    def __init__(self, address: tuple[str, int], timeout_s: float = 30.0):
        self.plain = http.client.HTTPConnection(*address, timeout=timeout_s)

    def request(self, method: str, path: str, body: bytes | str | None = None, headers: dict | None = None) -> Answer:
        data = body.encode() if isinstance(body, str) else body
        self.plain.request(method, path, body=data, headers=headers or {})
        response = self.plain.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        cookies = response.headers.get_all("Set-Cookie") or []
        return Answer(response.status, names, response.read(), cookies)

    def close(self) -> None:
        self.plain.close()


def request(address, method, path, body=None, headers=None, timeout_s: float = 30.0) -> Answer:
    connection = Connection(address, timeout_s)
    try:
        return connection.request(method, path, body, headers)
    finally:
        connection.close()


def post_batch(address, key: str, events: list[dict], **more) -> Answer:
    body = json.dumps({"batch": events, **more})
    return request(address, "POST", "/v1/batch", body, {"Content-Type": "application/json", **basic(key)})
