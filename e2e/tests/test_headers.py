"""Every answer keeps browsers careful, whatever was asked and however it was refused."""

import re

import pytest

from harness import product
from harness.http import basic, bearer, request

CAREFUL = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}
HTML = {"Accept": "text/html"}
JSON = {"Content-Type": "application/json"}
TRACK = '{"type":"track","userId":"u-1","event":"Visited"}'

# Method, path, headers, body, status; `read` and `collect` stand for a key.
ASKED = [
    ("GET", "/", HTML, None, 200),
    ("GET", "/journeys?view=map", HTML, None, 200),
    ("GET", "/setup", HTML, None, 200),
    ("HEAD", "/", HTML, None, 200),
    ("GET", "/docs", HTML, None, 200),
    ("GET", "/assets/nothing.js", {}, None, 404),
    ("GET", "/nothing", {}, None, 404),
    ("GET", "/../../etc/passwd", {}, None, 404),
    ("POST", "/", HTML, "x", 404),
    ("GET", "/healthz", {}, None, 200),
    ("GET", "/readyz", {}, None, 200),
    ("GET", "/metrics", {}, None, 200),
    ("GET", "/api/openapi.json", {}, None, 200),
    ("GET", "/api/v1/organisation", "read", None, 200),
    ("GET", "/api/v1/organisation", {}, None, 401),
    ("GET", "/api/v1/users", "read", None, 403),
    ("GET", "/api/v1/nothing", "read", None, 404),
    ("GET", "/api/v1/customers/cus_999", "read", None, 404),
    ("DELETE", "/api/v1/organisation", "read", None, 405),
    ("POST", "/api/v1/session", JSON, "{}", 400),
    ("POST", "/api/v1/session", JSON | {"X-Vivencia": "1"}, " " * (3 << 20), 413),
    ("GET", "/api/v1/journeys/funnel", "read", None, 400),
    ("POST", "/v1/track", "collect", TRACK, 200),
    ("POST", "/v1/track", {}, TRACK, 401),
    ("POST", "/v1/track", "collect", "{", 400),
    ("POST", "/v1/batch", "collect", " " * (33 << 20), 413),
    ("GET", "/v1/track", {}, None, 405),
    ("POST", "/v1/nothing", "collect", TRACK, 404),
    ("OPTIONS", "/v1/track", {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}, None, 200),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with product.Server(tmp_path_factory.mktemp("headers") / "data") as server:
        keys = {scope: product.create_key(server.data_dir, scope, scope) for scope in ("read", "collect")}
        yield server, {"read": bearer(keys["read"]), "collect": basic(keys["collect"])}


def assert_careful(answer):
    for name, value in CAREFUL.items():
        assert answer.headers.get(name) == value, f"{name} is {answer.headers.get(name)!r}"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cross-origin-resource-policy"]
    assert answer.headers["x-request-id"]
    assert "server" not in answer.headers, "nobody is told what answers"


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"), ASKED, ids=lambda value: str(value)[:40] if value else "-"
)
def test_every_answer_is_careful(method, path, headers, body, status, served):
    server, keys = served
    answer = request(server.address, method, path, body, keys.get(headers) if isinstance(headers, str) else headers)
    assert answer.status == status, answer.body[:300]
    assert_careful(answer)
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    if path.startswith("/api/v1/") or is_page:
        assert answer.headers["cache-control"] == "no-store"


def test_every_file_of_the_console_is_careful(served):
    server, _ = served
    page = request(server.address, "GET", "/", None, HTML).body.decode()
    files = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert [path for path in files if path.endswith(".js")], "the binary was built without the console"
    for path in files:
        for headers in ({}, {"Accept-Encoding": "gzip"}):
            answer = request(server.address, "GET", path, None, headers)
            assert answer.status == 200, path
            assert_careful(answer)
            again = request(server.address, "GET", path, None, {"If-None-Match": answer.headers["etag"]})
            assert again.status == 304
            assert_careful(again)
