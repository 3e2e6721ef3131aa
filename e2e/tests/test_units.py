"""A key bound to a unit of the demonstration company, and values in euros, compared with slow counts of the export."""

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from harness import product
from harness.export import export_lines
from harness.http import bearer, request

CUSTOMERS = 400
START_LIMIT_S = 120
UNIT = "ES-MD"
MINOR_DIGITS = {"CLP": 0}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    server = product.Server(folder / "data", "--customers", str(CUSTOMERS), command="demo").start(START_LIMIT_S)
    try:
        lines = export_lines(folder / "data", folder)
        lines.sort(key=lambda line: (line["customer"], line["occurred_at"], line["seq"]))
        yield server, lines
    finally:
        server.kill()


def bound_key(server, name: str, unit: str) -> dict[str, str]:
    words = ("key", "create", "--data-dir", server.data_dir, "--name", name, "--scope", "read", "--unit", unit)
    return bearer(product.run(*words).stdout.strip())


def below(data_dir, top: str) -> set[str]:
    units = product.run_json("units", "list", "--data-dir", data_dir)["units"]
    assert all(unit["is_in_tree"] for unit in units), "the demonstration names a unit that is not in its tree"
    found, more = set(), {top}
    while more:
        found |= more
        more = {unit["name"] for unit in units if unit["parent"] in more}
    return found


def visible(lines: list[dict], units: set[str]) -> dict[str, list[dict]]:
    """Journeys of those who did something in the units, without what they did in others."""
    customers = {line["customer"] for line in lines if line["activity"] and line["unit"] in units}
    journeys = defaultdict(list)
    for line in lines:
        if line["customer"] in customers and (line["unit"] is None or line["unit"] in units):
            journeys[line["customer"]].append(line)
    return journeys


def test_a_bound_key_answers_like_a_slow_count_of_the_export(demo):
    server, lines = demo
    units = below(server.data_dir, UNIT)
    assert len(units) == 5
    journeys = visible(lines, units)
    everybody = {line["customer"] for line in lines}
    assert 10 < len(journeys) < len(everybody)

    key = bound_key(server, "madrid", UNIT)
    ask = lambda path, status=200: expect(request(server.address, "GET", f"/api/v1/{path}", headers=key), status)

    edges, events, reach = Counter(), Counter(), defaultdict(set)
    for customer, journey in journeys.items():
        steps = [line["activity"] for line in journey if line["activity"]]
        events.update(steps)
        edges.update(pairwise(steps))
        for step in steps:
            reach[step].add(customer)
    answer = ask("journeys/map")
    assert {(edge["from"], edge["to"]): edge["events"] for edge in answer["edges"]} == edges
    found = {node["activity"]: (node["events"], node["customers"]) for node in answer["nodes"]}
    assert found == {step: (count, len(reach[step])) for step, count in events.items()}
    assert (answer["over"]["events"], answer["over"]["customers"]) == (events.total(), len(journeys))

    funnel = ask("journeys/funnel?steps=" + quote("Product Viewed,Order Completed"))
    assert funnel["customers"] == len(reach["Product Viewed"])
    paths = ask("journeys/paths?length=2&top=10000&from_activity=" + quote("Product Viewed"))
    assert {path["activities"][1]: path["count"] for path in paths["paths"]} == {
        end: count for (start, end), count in edges.items() if start == "Product Viewed"
    }
    assert {activity["name"] for activity in ask("activities")["activities"]} == set(events)

    for customer in sorted(journeys)[:20]:
        timeline = ask(f"customers/{customer}/events?limit=10000")["events"]
        assert [event["seq"] for event in timeline] == [line["seq"] for line in journeys[customer]]
    for customer in sorted(everybody - set(journeys))[:20]:
        ask(f"customers/{customer}", 404)
        ask(f"customers/{customer}/events", 404)


def test_a_bound_key_learns_nothing_about_who_somebody_is(demo):
    server, lines = demo
    journeys = visible(lines, below(server.data_dir, "ES"))
    key = bound_key(server, "spain", "ES")
    for customer, journey in sorted(journeys.items())[:20]:
        secrets = {text.split(":", 1)[1] for line in journey for text in line.get("identifiers") or []}
        for line in journey:
            secrets |= {value for value in (line.get("personal") or {}).values() if isinstance(value, str)}
        for path in (f"customers/{customer}", f"customers/{customer}/events", f"customers?identifier={customer}"):
            body = request(server.address, "GET", f"/api/v1/{path}", headers=key).body.decode()
            # Message ids are the sender's own; a short identifier may stand in any number.
            assert not [secret for secret in secrets if len(secret) > 5 and json.dumps(secret)[1:-1] in body], path
    for path in ("events/export", "events/count", "dead-letters", "audit", "keys", "rates"):
        assert request(server.address, "GET", f"/api/v1/{path}", headers=key).status == 403, path


def test_the_value_of_a_customer_is_that_of_a_slow_sum(demo):
    server, lines = demo
    rates = defaultdict(list)
    for rate in product.run_json("rates", "list", "--data-dir", server.data_dir)["rates"]:
        rates[rate["currency"]].append((rate["valid_from"], Decimal(rate["rate"])))
    assert set(rates) == {"MXN", "COP", "CLP", "ARS", "PEN", "UYU"}

    def in_euros(line) -> int:
        if line["currency"] == "EUR":
            return line["amount_minor"]
        instant = datetime.fromisoformat(line["occurred_at"]).astimezone(UTC)
        day = instant.astimezone(ZoneInfo("Europe/Madrid")).date().isoformat()
        rate = [rate for valid_from, rate in rates[line["currency"]] if valid_from <= day][-1]
        amount = Decimal(line["amount_minor"]).scaleb(-MINOR_DIGITS.get(line["currency"], 2))
        return int((amount * rate).scaleb(2).quantize(Decimal(1), ROUND_HALF_EVEN))

    sums = defaultdict(Counter)
    currencies = defaultdict(Counter)
    for line in lines:
        if line["amount_minor"] is not None:
            sums[line["customer"]][line["money_kind"]] += in_euros(line)
            currencies[line["customer"]][line["currency"]] += 1
    abroad = [customer for customer in sorted(sums) if set(currencies[customer]) - {"EUR"}][:15]
    at_home = [customer for customer in sorted(sums) if set(currencies[customer]) == {"EUR"}][:5]
    assert len(abroad) == 15
    assert at_home
    for customer in abroad + at_home:
        value = product.run_json("customers", "show", "--data-dir", server.data_dir, customer)["value"]
        total = value["total"]
        assert (total["currency"], value["left_out"]) == ("EUR", [])
        assert total["revenue_minor"] == sums[customer]["revenue"], customer
        assert total["refunds_minor"] == sums[customer]["refund"], customer
        assert {amounts["currency"]: amounts["events"] for amounts in value["by_currency"]} == currencies[customer]


def expect(answer, status: int):
    assert answer.status == status, answer.body
    return answer.json()
