"""What is planted about journeys is found by asking: the questions see what the generator knows to be true."""

import json
from dataclasses import dataclass
from math import sqrt
from urllib.parse import quote

import pytest

from harness import http, product
from harness.export import export_lines

CUSTOMERS = 6_000
START_LIMIT_S = 180
PROPERTIES = (
    "app_version,platform,experiment_id,variation_name,campaign_id,habit,wait_seconds,order_type,rating,rush_hour,"
    "touchpoint,waited,csat,nps"
)
VIEWED = "Experiment Viewed[experiment_id=reencuentro]"


@dataclass(frozen=True)
class Company:
    server: product.Server
    key: str
    truths: dict

    def ask(self, path: str, method: str = "GET", body: str | None = None) -> dict:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        answer = http.request(self.server.address, method, f"/api/v1/{path}", body, headers)
        assert answer.status in (200, 201), f"{path}: {answer.body}"
        return answer.json()

    def funnel(self, *steps: str, more: str = "") -> dict:
        return self.ask("journeys/funnel?" + "&".join(f"step={quote(step)}" for step in steps) + more)

    def keep(self, name: str, step: str) -> str:
        """A segment of those who did it."""
        body = json.dumps({"name": name, "customers": f"step={quote(step)}&reached=1"})
        return self.ask("segments", "POST", body)["id"]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    data_dir = tmp_path_factory.mktemp("truths") / "demo"
    server = product.Server(data_dir, "--customers", str(CUSTOMERS), command="demo")
    server.environment = {"VIVENCIA_TIMELINE_PROPERTIES": PROPERTIES}
    server.start(limit_s=START_LIMIT_S)
    try:
        key = product.create_key(data_dir, "truths", "admin")
        truths = json.loads((data_dir / "demonstration" / "truths.json").read_text())["truths"]
        yield Company(server, key, {truth["id"]: truth for truth in truths})
    finally:
        server.kill()


def reached(funnel: dict) -> tuple[int, int]:
    """Who came to the first step, and who to the last."""
    return funnel["steps"][0]["customers"], funnel["steps"][-1]["customers"]


def within(pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[float, float]:
    """The difference within each value of a confounder, weighted by its size, and its standard error."""
    total = sum(a + b for (a, _), (b, _) in pairs)
    difference = variance = 0.0
    for (a, x), (b, y) in pairs:
        weight = (a + b) / total
        difference += weight * (x / a - y / b)
        variance += weight**2 * (x / a * (1 - x / a) / a + y / b * (1 - y / b) / b)
    return difference, sqrt(variance)


def test_a_campaign_given_out_by_lot_did_nothing(company):
    truth = company.truths["campaign_has_no_effect"]
    (stratum,) = truth["strata"]
    exposed, unexposed = (
        reached(company.funnel(f"{VIEWED}[variation_name={name}]", "Order Completed", more="&window=14d"))
        for name in ("treatment", "control")
    )
    assert exposed == (stratum["exposed_units"], stratum["outcomes_of_exposed"])
    assert unexposed == (stratum["units"] - stratum["exposed_units"], stratum["outcomes_of_unexposed"])

    groups = company.funnel(VIEWED, "Order Completed", more="&window=14d&by=variation_name")["breakdown"]["groups"]
    treated = next(group for group in groups if group["value"] == "treatment")
    last = treated["steps"][-1]["against_the_rest"]
    assert last["difference"] == pytest.approx(truth["naive_difference"], abs=1e-6)
    assert last["low"] < truth["risk_difference"] < last["high"]


def test_who_opened_the_mail_would_have_ordered_anyway(company):
    """Those who open order far more; within each habit nothing is left. Found by segments and a breakdown."""
    truth = company.truths["opening_email_has_no_effect"]
    delivered = company.keep("Got it", "Email Delivered[campaign_id=reencuentro]")
    opened = company.keep("Opened it", "Email Opened[campaign_id=reencuentro]")
    sides = (f"&segment={delivered}&segment={opened}", f"&segment={delivered}&without_segment={opened}")
    exposed, unexposed = (
        company.funnel(VIEWED, "Order Completed", more=f"&window=14d&by=habit{side}") for side in sides
    )
    (a, x), (b, y) = reached(exposed), reached(unexposed)
    assert x / a - y / b == pytest.approx(truth["naive_difference"], abs=1e-6)

    def by_habit(funnel: dict) -> dict:
        return {group["value"]: reached(group) for group in funnel["breakdown"]["groups"]}

    there, elsewhere = by_habit(exposed), by_habit(unexposed)
    for stratum in truth["strata"]:
        habit = stratum["value"]
        assert there[habit] == (stratum["exposed_units"], stratum["outcomes_of_exposed"]), habit
        rest = stratum["units"] - stratum["exposed_units"]
        assert elsewhere[habit] == (rest, stratum["outcomes_of_unexposed"]), habit
    difference, error = within([(there[habit], elsewhere[habit]) for habit in there])
    assert difference == pytest.approx(truth["adjusted_difference"], abs=1e-6)
    assert abs(difference - truth["risk_difference"]) < 3 * error


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("broken_release_raises_crashes", "App Crashed"), ("broken_release_lowers_orders", "Order Completed")],
)
def test_a_broken_release_is_seen_in_its_sessions(company, name, outcome):
    """Counted by entry: a session is one. Two that overlap are one entry, so that it is not exact to the session."""
    truth = company.truths[name]
    pairs = []
    for stratum in truth["strata"]:
        broken = sound = (0, 0)
        for span in truth["spans"]:
            more = f"&window=30min&count=entries&from={span['from'][:10]}&to={span['until'][:10]}"

            def sessions(version: str, platform=stratum["value"], more=more) -> tuple[int, int]:
                opened = f"App Opened[platform={platform}]{version}"
                steps = company.funnel(opened, outcome, more=more)["steps"]
                return steps[0]["entries"]["count"], steps[-1]["entries"]["count"]

            broken = add(broken, sessions("[app_version=4.3.0]"), sessions("[app_version=5.0.0]"))
            sound = add(sound, sessions("[app_version!=4.3.0][app_version!=5.0.0]"))
        pairs.append((broken, sound))
    difference, error = within(pairs)
    assert abs(difference - truth["risk_difference"]) < 3 * error + 0.01, (difference, error, truth["risk_difference"])
    assert abs(difference) > 3 * error, "an effect of this size is no chance"


def test_a_long_wait_at_the_car_park_keeps_people_away(company):
    """Counted by entry: a visit is one, but for those that end the entry of a visit before. The wait comes after the
    arrival and before anything that could belong to another visit."""
    truth = company.truths["parking_wait_lowers_return"]
    more = "&window=30d&window_runs=between-steps&count=entries"
    pairs = []
    for stratum in truth["strata"]:

        def visits(wait: str, habit=stratum["value"]) -> tuple[int, int]:
            arrived, waited = f"Shop Visited[habit={habit}]", f"Parking Waited[wait_seconds{wait}]"
            steps = company.funnel(arrived, "!Shop Visited", waited, "Shop Visited", more=more)["steps"]
            return steps[1]["entries"]["count"], steps[2]["entries"]["count"]

        pairs.append((visits(">600"), visits("<=600")))
    difference, error = within(pairs)
    assert abs(difference - truth["risk_difference"]) < 3 * error + 0.01, (difference, error, truth["risk_difference"])
    assert difference < -3 * error, "an effect of this size is no chance"


def test_a_broken_promise_lowers_the_rating(company):
    """Every rating is an entry of one step, so that ratings are counted exactly; those after a broken promise nearly,
    for another order may be rated within the day."""
    truth = company.truths["broken_promise_lowers_rating"]
    pairs = []
    for stratum in truth["strata"]:
        rated = f"Order Rated[order_type=order_ahead][rush_hour={stratum['value']}]"

        def ratings(step: str, *before: str) -> int:
            more = "&window=1d&count=entries"
            return company.funnel(*before, step, more=more)["steps"][-1]["entries"]["count"]

        everybody = ratings(rated), ratings(f"{rated}[rating>=4]")
        assert everybody == (stratum["units"], stratum["outcomes_of_exposed"] + stratum["outcomes_of_unexposed"])
        assert ratings(f"{rated}[rating<4]") == everybody[0] - everybody[1]
        broken = ratings(rated, "Order Promise Broken"), ratings(f"{rated}[rating>=4]", "Order Promise Broken")
        pairs.append((broken, (everybody[0] - broken[0], everybody[1] - broken[1])))
    difference, error = within(pairs)
    assert abs(difference - truth["risk_difference"]) < 3 * error + 0.01, (difference, error, truth["risk_difference"])
    assert difference < -3 * error, "an effect of this size is no chance"


@pytest.mark.parametrize(("size", "band"), [("medium", "3_to_10_min"), ("long", "over_10_min")])
def test_waiting_lowers_scores(company, size, band):
    """Every answer is an entry of one step, so that answers are counted exactly."""

    def count(habit: str, waited: str, condition: str = "") -> int:
        answered = f"Survey Answered[habit={habit}][waited={waited}]{condition}"
        return company.funnel(answered, more="&count=entries")["steps"][0]["entries"]["count"]

    for score, better, worse in (("csat", "[csat>=4]", None), ("nps", "[nps>=9]", "[nps<=6]")):
        truth = company.truths[f"{size}_wait_lowers_{score}"]
        for stratum in truth["strata"]:

            def answers(waited: str, habit=stratum["value"], better=better, worse=worse) -> tuple[int, int]:
                below = count(habit, waited, worse) if worse else 0
                return count(habit, waited), count(habit, waited, better) - below

            assert answers(band) == (stratum["exposed_units"], stratum["outcomes_of_exposed"]), (score, stratum)
            rest = stratum["units"] - stratum["exposed_units"]
            assert answers("under_3_min") == (rest, stratum["outcomes_of_unexposed"]), (score, stratum)
        assert_found(truth)


def test_a_broken_release_lowers_the_scores_of_the_app(company):
    """Answers of the days of the truth, in which a few are about sessions of the day before."""
    truth = company.truths["broken_release_lowers_csat"]
    pairs = []
    for stratum in truth["strata"]:
        broken = sound = (0, 0)
        for span in truth["spans"]:

            def answers(version: str, platform=stratum["value"], span=span) -> tuple[int, int]:
                answered = f"Survey Answered[touchpoint=app:App Opened][platform={platform}]{version}"
                more = f"&count=entries&from={span['from'][:10]}&to={span['until'][:10]}"
                asked = (company.funnel(step, more=more) for step in (answered, f"{answered}[csat>=4]"))
                every, satisfied = (funnel["steps"][0]["entries"]["count"] for funnel in asked)
                return every, satisfied

            broken = add(broken, answers("[app_version=4.3.0]"), answers("[app_version=5.0.0]"))
            sound = add(sound, answers("[app_version!=4.3.0][app_version!=5.0.0]"))
        pairs.append((broken, sound))
    difference, error = within(pairs)
    assert abs(difference - truth["risk_difference"]) < 3 * error + 0.03, (difference, error, truth["risk_difference"])
    assert difference < -2 * error, "an effect of this size is no chance"
    assert_found(truth)


def test_a_late_delivery_makes_detractors(company):
    truth = company.truths["broken_delivery_makes_detractors"]
    answered = "Survey Answered[touchpoint=delivery:Order Delivered]"

    def answers(*steps: str) -> int:
        return company.funnel(*steps, more="&window=3d&count=entries")["steps"][-1]["entries"]["count"]

    everybody = answers(answered), answers(f"{answered}[nps<=6]")
    (stratum,) = truth["strata"]
    assert everybody == (stratum["units"], stratum["outcomes_of_exposed"] + stratum["outcomes_of_unexposed"])
    late = (
        answers("Order Promise Broken[order_type=delivery]", answered),
        answers("Order Promise Broken[order_type=delivery]", f"{answered}[nps<=6]"),
    )
    difference, error = within([(late, (everybody[0] - late[0], everybody[1] - late[1]))])
    assert abs(difference - truth["risk_difference"]) < 3 * error + 0.01, (difference, error, truth["risk_difference"])
    assert difference > 3 * error, "an effect of this size is no chance"


@pytest.fixture(scope="module")
def relation(company, tmp_path_factory) -> list[dict]:
    """The answers about the company as a whole."""
    lines = export_lines(company.server.data_dir, tmp_path_factory.mktemp("answers"), is_personal=False)
    answered = (line for line in lines if line["activity"] == "Survey Answered")
    return [line for line in answered if line["properties"]["survey"] == "relation"]


def promotes(answer: dict) -> int:
    nps = answer["properties"]["nps"]
    return (nps >= 9) - (nps <= 6)


def test_who_answers_by_mail_recommends_more_only_for_being_a_customer_of_longer_standing(company, relation):
    truth = company.truths["asking_by_email_has_no_effect"]
    for stratum in truth["strata"]:
        here = [answer for answer in relation if answer["properties"]["customer_for"] == stratum["value"]]
        by_mail = [promotes(answer) for answer in here if answer["channel"] == "email"]
        assert (len(here), len(by_mail)) == (stratum["units"], stratum["exposed_units"])
        assert sum(by_mail) == stratum["outcomes_of_exposed"]
    assert truth["naive_difference"] > 0.1
    assert abs(truth["adjusted_difference"]) < 3 * truth["adjusted_standard_error"]


def test_the_shop_that_leads_has_had_luck(company, relation):
    truth = company.truths["leading_shop_is_no_better"]
    shops: dict[str, list[int]] = {}
    for answer in relation:
        shops.setdefault(answer["unit"], []).append(promotes(answer))
    told = {shop["store_id"]: (shop["units"], shop["outcomes"]) for shop in truth["shops"] if shop["units"]}
    assert {shop: (len(points), sum(points)) for shop, points in shops.items()} == told
    sizes = sorted(len(points) for points in shops.values())
    assert len(shops[truth["leader"]]) < sizes[len(sizes) // 2], "few answers"
    assert 0.1 < truth["naive_difference"] < 3 * truth["standard_error"], "a lead that chance alone gives"


def assert_found(truth: dict):
    """What is counted within the confounder is what is true."""
    difference, error = truth["adjusted_difference"], truth["adjusted_standard_error"]
    assert abs(difference - truth["risk_difference"]) < 3.5 * error, (difference, error, truth["risk_difference"])


def add(*counts: tuple[int, int]) -> tuple[int, int]:
    return sum(first for first, _ in counts), sum(last for _, last in counts)


@pytest.fixture(scope="module")
def meaning(company):
    """Said after all else was asked: with what customers wait, and what is an error."""
    for activity, role, wait in (
        ("Parking Waited", "wait", "wait_seconds"),
        ("Queue Waited", "wait", "wait_seconds"),
        ("App Crashed", "error", None),
    ):
        body = json.dumps({"role": role, "wait_property": wait})
        company.ask(f"activities/{quote(activity)}", "PUT", body)


def drivers(company, question: str) -> dict[tuple, dict]:
    answer = company.ask(f"drivers?{question}")
    assert answer["reading"].startswith("association, never effect")
    return {(each["kind"], each["name"], each.get("value")): each for each in answer["drivers"]}


def test_drivers_of_what_customers_say_are_those_that_are_planted(company, meaning):
    """Within each habit, as the truths are: it is held equal. Answers come up to two days after what they are about."""
    satisfied = drivers(company, "of=csat&among=lived&control=habit&before=3d")
    for wait in ("Queue Waited", "Parking Waited"):
        found = satisfied["wait", wait, None]
        assert found["is_found"], found
        assert found["high"] < 0, found
    recommended = drivers(company, "of=nps&among=lived&control=habit&before=3d")
    assert recommended["broken_promise", "Order Promise Broken", None]["high"] < 0
    assert recommended["broken_promise", "Order Promise Broken", None]["is_found"]
    assert recommended["error", "App Crashed", None]["is_found"]
    stars = drivers(company, "of=rating&among=lived&control=rush_hour&control=habit&before=1d")
    assert stars["broken_promise", "Order Promise Broken", None]["is_found"]
    assert stars["broken_promise", "Order Promise Broken", None]["high"] < 0


def test_drivers_tell_how_much_a_wait_that_is_known_takes(company, meaning):
    told = drivers(company, "of=nps&among=topics&variable=waited&control=habit")
    waits = {key[2]: each for key, each in told.items() if key[:2] == ("choice", "waited")}
    against = next(iter(waits.values()))["against"]
    assert against == "under_3_min", "most do not wait"
    long, medium = waits["over_10_min"], waits["3_to_10_min"]
    assert long["is_found"], long
    assert medium["is_found"], medium
    assert long["coefficient"] < medium["coefficient"] < 0
