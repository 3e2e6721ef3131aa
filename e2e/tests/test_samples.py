"""The walk-through on real files: import, count, ask; import again and nothing changes."""

import gzip
from collections import Counter

import pytest

from harness import logs, product, slowly

ECOM = logs.SAMPLES / "retentioneering" / "ecom.csv.gz"
ECOM_MAPPING = (
    "customer=user_id,activity=event,occurred_at=timestamp,channel=platform,"
    "property:session=session_id,property:acquisition=acquisition_channel"
)
CHECKOUT = ["product_view", "add_to_cart", "shipping_details", "payment_details", "purchase"]


@pytest.fixture(scope="module")
def ecom(tmp_path_factory):
    """The clickstream, imported, and its journeys read the obvious way."""
    folder = tmp_path_factory.mktemp("ecom")
    original = folder / "ecom.csv"
    original.write_bytes(gzip.decompress(ECOM.read_bytes()))
    plain = logs.write_csv(next(log for log in logs.COMMITTED if log.name == "ecom"), folder / "plain.csv")
    data_dir = folder / "data"
    product.run("events", "import", "--data-dir", data_dir, original, "--map", ECOM_MAPPING)
    return data_dir, original, slowly.journeys(plain)


def test_importing_again_changes_nothing(ecom):
    data_dir, original, _ = ecom
    assert product.counts(data_dir)["stored"] == 31_106, "rows that are truly repeated are events too"
    before = product.run_json("journeys", "map", "--data-dir", data_dir)
    product.run("events", "import", "--data-dir", data_dir, original, "--map", ECOM_MAPPING)
    assert product.counts(data_dir) == {"received": 62_212, "stored": 31_106, "duplicate": 31_106, "dead": 0}
    assert product.run_json("journeys", "map", "--data-dir", data_dir) == before


@pytest.mark.parametrize(("window", "days"), [("1d", 1), ("7d", 7), ("26w", 182)])
def test_the_checkout_funnel_is_what_a_reader_of_the_file_finds(ecom, window, days):
    data_dir, _, lived = ecom
    steps = ",".join(CHECKOUT)
    answer = product.run_json("journeys", "funnel", "--data-dir", data_dir, "--steps", steps, "--window", window)
    found = [(step["customers"], step["median_ms"]) for step in answer["steps"]]
    assert found == slowly.funnel(lived, CHECKOUT, days * slowly.DAY_MS)
    assert found[-1][0] > 0


def test_the_paths_after_a_full_cart_are_what_a_reader_of_the_file_finds(ecom):
    data_dir, _, lived = ecom
    counts, walkers, occurrences = slowly.paths(lived, "cart", 4)
    arguments = ("--from-activity", "cart", "--length", 4, "--top", 20)
    answer = product.run_json("journeys", "paths", "--data-dir", data_dir, *arguments)
    assert len(answer["paths"]) == 20
    for path in answer["paths"]:
        activities = tuple(path["activities"])
        assert path["count"] == counts[activities]
        assert path["customers"] == len(walkers[activities])
        assert path["share"] == pytest.approx(path["count"] / occurrences)
    listed = [path["count"] for path in answer["paths"]]
    assert listed == sorted(counts.values(), reverse=True)[:20]
    assert answer["tail"]["count"] == occurrences - sum(listed)


def test_the_variants_are_the_whole_histories_that_a_reader_of_the_file_finds(ecom):
    data_dir, _, lived = ecom
    whole = Counter()
    for events in lived.values():
        names = tuple(activity for _, activity in events)
        whole[names[:64], len(names) > 64] += 1
    answer = product.run_json("journeys", "paths", "--data-dir", data_dir, "--start", "--top", 10_000)
    found = {(tuple(path["activities"]), path.get("goes_on", False)): path["count"] for path in answer["paths"]}
    assert answer["occurrences"] == len(lived)
    assert all(whole[variant] == count for variant, count in found.items())
    assert sum(found.values()) + answer["tail"]["count"] == len(lived)
    assert len(found) == min(len(whole), 10_000)


def test_the_strict_funnel_is_what_a_reader_of_the_file_finds(ecom):
    data_dir, _, lived = ecom
    steps = CHECKOUT[1:4]
    deepest = Counter()
    for events in lived.values():
        names = [activity for _, activity in events]
        begins = [at for at, name in enumerate(names) if name == steps[0]]
        # Neighbours in time order, each within the window from the first.
        depth = 0
        for begin in begins:
            for level, step in enumerate(steps):
                at = begin + level
                in_time = at < len(names) and events[at][0] - events[begin][0] <= slowly.DAY_MS
                if not in_time or names[at] != step:
                    break
                depth = max(depth, level + 1)
        deepest[depth] += 1
    arguments = ("--steps", ",".join(steps), "--window", "1d", "--order", "strict")
    answer = product.run_json("journeys", "funnel", "--data-dir", data_dir, *arguments)
    expected = [sum(count for depth, count in deepest.items() if depth > level) for level in range(len(steps))]
    assert [step["customers"] for step in answer["steps"]] == expected


def test_a_funnel_between_two_days_reads_the_first_and_not_the_last(ecom):
    data_dir, _, lived = ecom
    begin, end = 1_709_164_800_000, 1_709_510_400_000  # 2024-02-29 and 2024-03-04 in UTC
    within = {customer: [event for event in events if begin <= event[0] < end] for customer, events in lived.items()}
    arguments = ("--steps", "product_view,add_to_cart", "--window", "1d", "--from", "2024-02-29", "--to", "2024-03-04")
    answer = product.run_json("journeys", "funnel", "--data-dir", data_dir, *arguments)
    found = [(step["customers"], step["median_ms"]) for step in answer["steps"]]
    assert found == slowly.funnel(within, ["product_view", "add_to_cart"], slowly.DAY_MS)


def test_tables_read_well_in_a_terminal(ecom):
    data_dir, _, _ = ecom
    funnel = product.run("journeys", "funnel", "--data-dir", data_dir, "--steps", ",".join(CHECKOUT), "--window", "7d")
    assert all(activity in funnel.stdout for activity in CHECKOUT)
    process_map = product.run("journeys", "map", "--data-dir", data_dir)
    assert "product_view" in process_map.stdout
    paths = product.run(
        "journeys", "paths", "--data-dir", data_dir, "--from-activity", "cart", "--length", 3, "--top", 5
    )
    assert "cart" in paths.stdout
    assert "purchase" in paths.stdout or "shipping_details" in paths.stdout


def test_the_purchases_of_cdnow_become_journeys(data_dir, tmp_path):
    sample = logs.SAMPLES / "cdnow" / "CDNOW_sample.txt"
    rows = [line.split() for line in sample.read_text(encoding="utf-8").splitlines()]
    file = tmp_path / "cdnow.csv"
    lines = ["customer,what,day,discs,dollars"]
    for whole, _, day, discs, dollars in rows:
        lines.append(f"c-{whole},Order Completed,{day[:4]}-{day[4:6]}-{day[6:]},{discs},{dollars}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    mapping = "customer=customer,activity=what,occurred_at=day,property:discs=discs,property:dollars=dollars"
    product.run("events", "import", "--data-dir", data_dir, file, "--map", mapping, "--time-zone", "America/New_York")

    per_customer = Counter(row[0] for row in rows)
    answer = product.run_json("journeys", "map", "--data-dir", data_dir)
    assert answer["nodes"] == [{"activity": "Order Completed", "events": 6_919, "customers": 2_357}]
    repeated = sum(count - 1 for count in per_customer.values())
    (edge,) = answer["edges"]
    assert edge["events"] == repeated
    assert edge["customers"] == sum(1 for count in per_customer.values() if count > 1)
