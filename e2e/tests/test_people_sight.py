"""What the people of the demonstration company see of it: each role by what it was given, and nothing beyond."""

import json

import pytest

from harness import product
from harness.http import bearer, request
from harness.people import Browser

UNIT = "ES-MD"
FUNNEL = "journeys/funnel?steps=Product%20Viewed,Order%20Completed&window=7d"
FORBIDDEN_TO_ANALYSTS = ("users", "invitations", "audit", "keys", "events/export?format=jsonl&with_personal=true")
FORBIDDEN_TO_MANAGERS = (
    "users", "invitations", "audit", "keys", "events/export", "events/count", "dead-letters", "rates", "questions",
    "live", "events",
)  # fmt: skip


@pytest.fixture(scope="module")
def owner(company):
    server, _ = company
    return signed_in(server, "owner")


def sign_ins(server) -> dict[str, dict]:
    told = json.loads((server.data_dir / "demonstration" / "sign-ins.json").read_text(encoding="utf-8"))
    return {sign_in["role"]: sign_in for sign_in in told}


def signed_in(server, role: str) -> Browser:
    known = sign_ins(server)[role]
    browser = Browser(server)
    assert browser.sign_in(known["email"], known["password"]).status == 200
    return browser


@pytest.fixture(scope="module")
def manager(company, owner):
    """The shop manager, moved to a region, so that some customers are seen and others are not."""
    server, _ = company
    email = sign_ins(server)["shop_manager"]["email"]
    moved = owner.send("PATCH", f"users/{email}", {"role": "shop_manager", "unit": UNIT})
    assert moved.status == 200, moved.body
    return signed_in(server, "shop_manager")


@pytest.fixture(scope="module")
def bound_key(company):
    server, _ = company
    words = ("key", "create", "--data-dir", server.data_dir, "--name", "madrid", "--scope", "read", "--unit", UNIT)
    return bearer(product.run(*words).stdout.strip())


def test_a_shop_manager_sees_what_a_key_bound_to_the_unit_sees(company, owner, manager, bound_key):
    server, _ = company
    for path in (
        "journeys/map",
        FUNNEL,
        "journeys/paths?from_activity=Product%20Viewed&length=3&top=50",
        "activities",
        "organisation",
        "customers",
    ):
        by_key = request(server.address, "GET", f"/api/v1/{path}", None, bound_key)
        by_person = manager.send("GET", path)
        assert (by_person.status, by_key.status) == (200, 200), (path, by_key.body)
        assert by_person.json() == by_key.json(), path
    assert manager.send("GET", "customers?q=garc").status == 403, "a name would tell who somebody is"
    mine, everybody = manager.get("journeys/map")["over"], owner.get("journeys/map")["over"]
    assert 0 < mine["customers"] < everybody["customers"]
    assert 0 < mine["events"] < everybody["events"]


def test_a_unit_that_is_asked_for_does_not_widen_what_is_seen(manager):
    seen = manager.get("journeys/map")["over"]
    for more in ("unit=ES", "unit=AR", "unit=", "unit=ES-MD&unit=ES"):
        answer = manager.send("GET", f"journeys/map?{more}")
        if answer.status == 200:
            over = answer.json()["over"]
            assert over["customers"] <= seen["customers"], more
            assert over["events"] <= seen["events"], more


def test_a_foreign_customer_and_a_missing_one_answer_alike(owner, manager):
    foreign = seen = None
    for number in range(1, 80):
        customer = f"cus_{number}"
        if owner.send("GET", f"customers/{customer}").status != 200:
            continue
        status = manager.send("GET", f"customers/{customer}").status
        assert status in {200, 404}
        foreign, seen = (customer, seen) if status == 404 else (foreign, customer)
    assert foreign, "the whole company is within the unit"
    assert seen, "nobody is within the unit"
    # As many digits, so that even the length of the answer is the same.
    missing = "cus_" + "9" * (len(foreign) - len("cus_"))
    if owner.send("GET", f"customers/{missing}").status == 200:
        missing = "cus_999999999"
    for path in ("customers/{}", "customers/{}/events", "customers/{}/events?limit=5", "customers?identifier={}"):
        answers = {}
        for customer in (foreign, missing):
            answer = manager.send("GET", path.format(customer))
            text = answer.body.decode().replace(customer, "CUSTOMER")
            if "request_id" in text:
                text = text.replace(answer.headers["x-request-id"], "REQUEST")
            names = sorted(name for name in answer.headers if name != "content-length")
            answers[customer] = (answer.status, text, names)
        assert answers[foreign] == answers[missing], path


def test_a_shop_manager_learns_nobodys_name(owner, manager):
    found = 0
    for number in range(1, 120):
        path = f"customers/cus_{number}"
        mine = manager.send("GET", path)
        if mine.status != 200:
            continue
        found += 1
        theirs = owner.get(path)
        names = {fact["value"] for fact in theirs["traits"] if isinstance(fact["value"], str) and "@" in fact["value"]}
        names |= {fact["value"] for fact in theirs["traits"] if fact["name"] in {"name", "firstName", "phone"}}
        assert names, f"{path} has no name that could be told"
        text = mine.body.decode() + manager.send("GET", f"{path}/events?limit=1000").body.decode()
        assert not [name for name in names if json.dumps(name, ensure_ascii=False)[1:-1] in text], path
    assert found > 3


@pytest.mark.parametrize("role", ["analyst", "shop_manager"])
def test_what_a_role_may_not_is_refused_and_changes_nothing(role, company, owner, manager):
    browser = manager if role == "shop_manager" else signed_in(company[0], role)
    forbidden = FORBIDDEN_TO_MANAGERS if role == "shop_manager" else FORBIDDEN_TO_ANALYSTS
    for path in forbidden:
        assert browser.send("GET", path).status in {403, 404, 405}, path
    before = [owner.get(path) for path in ("users", "keys", "organisation", "units")]
    me = browser.get("session")["user"]
    for method, path, body in (
        ("PATCH", f"users/{me}", {"role": "owner"}),
        ("PATCH", "organisation", {"name": "Taken"}),
        ("POST", "invitations", {"email": "friend@cafealameda.example", "role": "owner"}),
        ("POST", f"users/{me}/reset", None),
        ("POST", "keys", {"name": "mine", "scope": "admin"}),
        ("PATCH", "session", {"name": "Me", "role": "owner"}),
        ("PATCH", "session", {"unit": None}),
        ("POST", "customers/cus_1/merge", {"with": "cus_2"}),
    ):
        answer = browser.send(method, path, body)
        assert answer.status in {400, 403, 404, 405}, (path, answer.body)
    seen = lambda users: [{name: user[name] for name in user if name != "last_seen_at"} for user in users["users"]]
    after = [owner.get(path) for path in ("users", "keys", "organisation", "units")]
    assert seen(after[0]) == seen(before[0])
    assert after[2:] == before[2:]
    assert len(after[1]["keys"]) == len(before[1]["keys"])
