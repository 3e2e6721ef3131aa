"""What people type wrong, and files that are not what they seem."""

import pytest

from harness import product
from harness.export import export_events

MAPPING = "customer=customer,activity=activity,occurred_at=occurred_at"
HEADER = "customer,activity,occurred_at"
ROWS = [
    "ana,Menu Viewed,2026-01-05T10:00:00Z",
    "ana,Order Completed,2026-01-05T10:05:00Z",
    "luis,Menu Viewed,2026-01-06T09:00:00Z",
]


def write(folder, *lines, name="rows.csv", encoding="utf-8"):
    file = folder / name
    file.write_bytes("\n".join([*lines, ""]).encode(encoding))
    return file


def import_file(data_dir, file, *more, ok=True, mapping=MAPPING):
    return product.run("events", "import", "--data-dir", data_dir, file, "--map", mapping, *more, ok=ok)


@pytest.fixture
def imported(data_dir, tmp_path):
    import_file(data_dir, write(tmp_path, HEADER, *ROWS))
    return data_dir


def test_an_unknown_activity_suggests_the_nearest(imported):
    asked = ("--steps", "Menu Viewed,Order Complete", "--window", "7d")
    answer = product.run("journeys", "funnel", "--data-dir", imported, *asked, ok=False)
    assert answer.returncode == 1
    assert "Order Completed" in answer.stderr
    paths = product.run("journeys", "paths", "--data-dir", imported, "--from-activity", "menu viewed", ok=False)
    assert paths.returncode == 1
    assert "Menu Viewed" in paths.stderr


@pytest.mark.parametrize("window", ["7 potatoes", "", "0d", "-1d", "99999999999999999999d", "1.5h"])
def test_a_window_that_is_none_says_how_to_write_one(window, imported):
    asked = ("--steps", "Menu Viewed,Order Completed", f"--window={window}")
    answer = product.run("journeys", "funnel", "--data-dir", imported, *asked, ok=False)
    assert answer.returncode in {1, 2}
    assert "7d" in answer.stderr
    assert "potatoes" not in window or "potatoes" in answer.stderr


@pytest.mark.parametrize(
    "asked",
    [
        ("--from", "yesterday"),
        ("--from", "2026-13-01"),
        ("--from", "2026-02-01", "--to", "2026-01-01"),
        ("--to", "0000-00-00"),
    ],
    ids=["words", "month 13", "backwards", "zeros"],
)
def test_days_that_are_none_are_refused(asked, imported):
    steps = ("--steps", "Menu Viewed,Order Completed", "--window", "7d")
    assert product.run("journeys", "funnel", "--data-dir", imported, *steps, *asked, ok=False).returncode in {1, 2}


def test_a_wrong_delimiter_is_read_or_explained(data_dir, tmp_path):
    file = write(tmp_path, *(line.replace(",", ";") for line in [HEADER, *ROWS]))
    answer = import_file(data_dir, file, ok=False)
    if answer.returncode == 0:
        assert product.counts(data_dir)["stored"] == len(ROWS)
    else:
        assert ";" in answer.stderr
        assert product.counts(data_dir)["received"] == 0


def test_a_second_header_line_is_a_dead_letter_with_its_line(data_dir, tmp_path):
    file = write(tmp_path, HEADER, HEADER, *ROWS)
    answer = import_file(data_dir, file, ok=False)
    assert product.counts(data_dir) == {"received": 4, "stored": 3, "duplicate": 0, "dead": 1}
    (letter,) = product.run_json_lines("events", "dead", "list", "--data-dir", data_dir)
    assert letter["index"] == 2
    assert "2" in answer.stdout + answer.stderr


def test_bad_rows_are_named_by_their_lines_and_the_others_stay(data_dir, tmp_path):
    sick = [
        "ana,Menu Viewed",
        "ana,Menu Viewed,yesterday",
        ",Menu Viewed,2026-01-05T10:00:00Z",
        "000,Menu Viewed,2026-01-05T10:00:00Z",
        "ana,,2026-01-05T10:00:00Z",
        "ana,Menu Viewed,9999-01-01T00:00:00Z",
        "ana,Menu Viewed,2026-01-05T10:00:00Z,one,too,many",
    ]
    file = write(tmp_path, HEADER, ROWS[0], *sick, *ROWS[1:])
    answer = import_file(data_dir, file, ok=False)
    assert product.counts(data_dir) == {"received": 10, "stored": 3, "duplicate": 0, "dead": 7}
    letters = product.run_json_lines("events", "dead", "list", "--data-dir", data_dir)
    assert [letter["index"] for letter in letters] == list(range(3, 10))
    said = answer.stdout + answer.stderr
    assert "line 3" in said, said
    again = import_file(data_dir, file, ok=False)
    assert again.returncode == answer.returncode
    assert product.counts(data_dir)["stored"] == 3


def test_quotes_line_breaks_and_other_scripts_survive(data_dir, tmp_path):
    file = tmp_path / "odd.csv"
    rows = [
        f"{HEADER},note",
        'ana,"Menu, ""Viewed""",2026-01-05T10:00:00Z,"dos\r\nlíneas"',
        "日本,Café ☕,2026-01-05T10:00:00Z,",
    ]
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([*rows, ""]).encode())
    import_file(data_dir, file, mapping=f"{MAPPING},property:note=note")
    events = {event.activity: event for event in export_events(data_dir, tmp_path)}
    assert set(events) == {'Menu, "Viewed"', "Café ☕"}
    assert events['Menu, "Viewed"'].properties["note"].split() == ["dos", "líneas"]
    assert "日本" in str(events["Café ☕"].identifiers)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01\x02" * 500, b"PK\x03\x04" + bytes(500)])
def test_a_file_that_is_no_table_is_refused(content, data_dir, tmp_path):
    file = tmp_path / "noise.csv"
    file.write_bytes(content)
    answer = import_file(data_dir, file, ok=False)
    assert answer.returncode in {1, 2}
    assert answer.stderr.strip()
    assert product.counts(data_dir)["stored"] == 0


def test_a_missing_file_and_a_missing_column_are_named(data_dir, tmp_path):
    missing = import_file(data_dir, tmp_path / "nowhere.csv", ok=False)
    assert missing.returncode in {1, 2}
    assert "nowhere.csv" in missing.stderr
    file = write(tmp_path, HEADER, *ROWS)
    column = import_file(data_dir, file, ok=False, mapping=MAPPING.replace("activity=activity", "activity=what"))
    assert column.returncode in {1, 2}
    assert "what" in column.stderr
    assert "activity" in column.stderr


def test_the_mapping_is_guessed_from_the_header_and_shown(data_dir, tmp_path):
    file = write(tmp_path, "user_id,event,timestamp", *ROWS)
    answer = product.run("events", "import", "--data-dir", data_dir, file)
    said = answer.stdout + answer.stderr
    assert all(word in said for word in ("customer=user_id", "activity=event", "occurred_at=timestamp")), said
    assert product.counts(data_dir)["stored"] == 3


def test_a_corrected_file_brings_only_what_is_new(data_dir, tmp_path):
    import_file(data_dir, write(tmp_path, HEADER, *ROWS))
    import_file(data_dir, write(tmp_path, HEADER, *ROWS, "luis,Order Completed,2026-01-06T09:05:00Z"))
    assert product.counts(data_dir) == {"received": 7, "stored": 4, "duplicate": 3, "dead": 0}


def test_json_lines_are_imported(data_dir, tmp_path):
    lines = [
        '{"type":"track","userId":"ana","event":"Menu Viewed","timestamp":"2026-01-05T10:00:00Z","messageId":"1"}',
        '{"type":"track","userId":"ana","event":"Order Completed","timestamp":"2026-01-05T10:01:00Z","messageId":"2"}',
        "{broken",
    ]
    file = write(tmp_path, *lines, name="events.jsonl")
    product.run("events", "import", "--data-dir", data_dir, file, ok=False)
    assert product.counts(data_dir) == {"received": 3, "stored": 2, "duplicate": 0, "dead": 1}
    (letter,) = product.run_json_lines("events", "dead", "list", "--data-dir", data_dir)
    assert (letter["code"], letter["index"]) == ("invalid_json", 3)
    edges = product.run_json("journeys", "map", "--data-dir", data_dir)["edges"]
    assert [(edge["from"], edge["to"], edge["mean_ms"]) for edge in edges] == [
        ("Menu Viewed", "Order Completed", 60_000)
    ]


def test_times_without_a_zone_are_those_of_the_zone_that_is_told(data_dir, tmp_path):
    file = write(tmp_path, HEADER, "ana,Menu Viewed,2026-07-01 00:30:00", "ana,Order Completed,2026-07-01T00:30:00Z")
    import_file(data_dir, file, "--time-zone", "America/Bogota")
    events = {event.activity: event.occurred_at for event in export_events(data_dir, tmp_path)}
    assert events == {"Menu Viewed": "2026-07-01T05:30:00.000Z", "Order Completed": "2026-07-01T00:30:00.000Z"}
    nowhere = import_file(data_dir, file, "--time-zone", "Mars/Olympus", ok=False)
    assert nowhere.returncode in {1, 2}
    assert "Mars/Olympus" in nowhere.stderr
