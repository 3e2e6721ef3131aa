"""Retention, life cycle, daily counts and attribution of a generated log equal those of DuckDB, ClickHouse and
ChannelAttribution."""

import pytest

from harness import generated, product, returning

EVENTS = 300_000
CUSTOMERS = 20_000
PERIOD = ("--from", returning.FROM_DAY, "--to", returning.TO_DAY)


@pytest.fixture(scope="module")
def log():
    return returning.with_channels(generated.generate(EVENTS, CUSTOMERS))


@pytest.fixture(scope="module")
def imported(log, tmp_path_factory):
    folder = tmp_path_factory.mktemp("returning")
    file = returning.write_csv(log, folder / "log.csv")
    data_dir = folder / "data"
    mapping = "customer=customer,activity=activity,occurred_at=occurred_at,channel=channel"
    product.run("events", "import", "--data-dir", data_dir, file, "--map", mapping)
    assert product.counts(data_dir) == {"received": EVENTS, "stored": EVENTS, "duplicate": 0, "dead": 0}
    return data_dir


@pytest.fixture(scope="module")
def peers(log, tmp_path_factory):
    peers = returning.Peers(log, tmp_path_factory.mktemp("peers"))
    yield peers
    peers.close()


def ask_retention(data_dir, start, back, rule) -> dict[int, list[int]]:
    named = {"--start": start, "--return": back}
    words = [word for name, code in named.items() if code is not None for word in (name, generated.activity_name(code))]
    arguments = ("--rule", rule, "--after", returning.AFTER, *words, *PERIOD)
    answer = product.run_json("journeys", "retention", "--data-dir", data_dir, *arguments)
    begun = [instant_ms(cohort["from"]) for cohort in answer["cohorts"]]
    return {
        (at - returning.FROM_MS) // returning.WEEK_MS: [
            cohort["customers"],
            *(returned["customers"] for returned in cohort["returned"]),
        ]
        for at, cohort in zip(begun, answer["cohorts"], strict=True)
    }


def instant_ms(text: str) -> int:
    from datetime import datetime  # noqa: PLC0415

    return int(datetime.fromisoformat(text).timestamp() * 1_000)


@pytest.mark.parametrize("rule", ["exactly", "on-or-after"])
@pytest.mark.parametrize(("start", "back"), [(None, None), (returning.START, returning.BACK)])
def test_retention_is_exact(imported, peers, start, back, rule):
    found = ask_retention(imported, start, back, rule)
    expected = peers.retention(start, back, on_or_after=rule == "on-or-after")
    assert found == expected
    assert sum(row[0] for row in found.values()) > CUSTOMERS / 2, "too few customers to say anything"


def test_retention_is_that_of_the_function_of_clickhouse(imported, peers):
    found = ask_retention(imported, None, None, "exactly")
    for cohort in (0, 7, 30):
        assert found[cohort] == peers.retention_by_function(cohort), f"week {cohort}"


def test_the_curve_weighs_cohorts_by_their_customers(imported):
    answer = product.run_json("journeys", "retention", "--data-dir", imported, *PERIOD)
    for point in answer["curve"]:
        cells = [
            (cohort["customers"], cohort["returned"][point["after"]])
            for cohort in answer["cohorts"]
            if len(cohort["returned"]) > point["after"]
        ]
        assert all(cell["is_complete"] for _, cell in cells), "the log goes on after the period"
        assert point["customers"] == sum(customers for customers, _ in cells)
        assert point["returned"] == sum(cell["customers"] for _, cell in cells)
        assert point["low"] < point["share"] < point["high"]


def test_the_life_cycle_is_exact(imported, peers):
    answer = product.run_json("journeys", "life-cycle", "--data-dir", imported, *PERIOD)
    found = [tuple(week[name] for name in ("new", "returning", "resurrected", "dormant")) for week in answer["periods"]]
    assert found == peers.life_cycle()
    assert min(found[30]) > 0, "each kind occurs"


def test_daily_counts_are_exact(imported, peers):
    answer = product.run_json("journeys", "daily", "--data-dir", imported, *PERIOD)
    assert len(answer["days"]) == 7 * returning.WEEKS
    assert answer["days"][0] == returning.FROM_DAY
    codes = {generated.activity_name(code): code for code in range(generated.ACTIVITIES)}
    found = {
        (codes[counts["activity"]], day): (events, customers)
        for counts in answer["activities"]
        for day, (events, customers) in enumerate(zip(counts["events"], counts["customers"], strict=True))
        if events
    }
    assert found == peers.daily()


def ask_attribution(data_dir, *arguments):
    outcome = generated.activity_name(returning.OUTCOME)
    window = f"{returning.WINDOW_DAYS}d"
    words = ("--outcome", outcome, "--window", window, *arguments)
    return product.run_json("journeys", "attribution", "--data-dir", data_dir, *words)


@pytest.mark.parametrize("rule", ["since-outcome-before", "whole-window"])
def test_first_last_and_linear_credits_are_those_of_channel_attribution(imported, log, rule):
    journeys = returning.journeys_of(log, whole_window=rule == "whole-window")
    answer = ask_attribution(imported, "--path", rule)
    assert answer["without_touch"] == journeys.without_touch
    assert answer["outcomes"] == journeys.without_touch + journeys.outcomes.total()
    for model, expected in returning.heuristics(journeys).items():
        found = {credit["channel"]: credit[model]["outcomes"] for credit in answer["credits"]}
        assert found == pytest.approx(expected, rel=1e-9), model


@pytest.mark.parametrize("order", [1, 2])
def test_removal_effects_are_those_of_channel_attribution(imported, log, order):
    journeys = returning.journeys_of(log, whole_window=False)
    answer = ask_attribution(imported, "--removal", order)
    credits, effects = returning.removal(journeys, order)
    # The peer walks at random, so that it only comes near.
    found = {credit["channel"]: credit["removal_effect"] for credit in answer["credits"]}
    assert found == pytest.approx(effects, abs=0.004)
    found = {credit["channel"]: credit["removal"]["outcomes"] for credit in answer["credits"]}
    assert found == pytest.approx(credits, rel=0.01)
    assert sum(found.values()) == pytest.approx(journeys.outcomes.total(), rel=1e-9)
