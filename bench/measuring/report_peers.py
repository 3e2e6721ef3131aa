"""The section of the results page about peers."""

import statistics

from .against import PEERS
from .asking import WARM_RUNS
from .peers.asked import QUESTIONS
from .sections import section
from .table import ms_of, size_of, table

# Customers, activity sets and offsets of the timeline: read once for each customer by every question.
BYTES_PER_CUSTOMER = 24


def write(results: dict) -> str:
    log, peers = results["log"], results["peers"]
    parts = [
        f"## Against other engines, {log['rows']:,} events of {log['customers']:,} customers",
        _about(results),
        _import(results["import"], log, peers),
        "### Time to answer",
        "Median of warm runs. *faster*: how many times the best peer. In brackets after a peer: its warm runs, where "
        f"they were fewer than {WARM_RUNS}. The fastest formulation of each peer counts.",
        _times(peers),
        "### What an answer costs Vivencia",
        f"Memory is read at {peers['bytes_per_second'] / 1e9:.1f} GB/s by two threads, measured before and after. "
        "*Read* is the size of the columns that the question looks at, and *share* what of that speed the warm median "
        "comes to, as if each column were read once. *Heap*: what answering added to memory that is not mapped.",
        _costs(peers, log),
        "### What it costs the peers",
        "Cold run and peak memory of the process, which reads the one question.",
        _peers_costs(peers),
        _pm4py(results["pm4py"]),
    ]
    return section("peers", log["rows"], parts)


def heap_of(ours: dict) -> int:
    """What answering added to memory that is not mapped."""
    return max(0, ours["memory"]["RssAnon"] - ours["idle_memory"]["RssAnon"])


def _about(results: dict) -> str:
    about = dict(results["about"])
    questions = results["peers"]["questions"]
    others = [one["others_cores"] for measured in questions.values() for one in measured.values() if one]
    versions = ", ".join(f"{name} {version}" for name, version in results["peers"]["versions"].items())
    rows = [
        ["date", about["date"]],
        ["commit", about["commit"]],
        ["processor, memory", f"{about['processor']}, {about['memory']}"],
        ["peers, two threads each", versions],
        [
            "load average at the start, at the end",
            f"{about['load average at the start']}; {about['load average at the end']}",
        ],
        [
            "cores that other programs took while a question ran",
            f"median {statistics.median(others):.2f}, at most {max(others):.2f}",
        ],
    ]
    return table(["", ""], rows)


def _import(done: dict, log: dict, peers: dict) -> str:
    loads = peers["loads"]
    each = log["events_per_customer"]
    rows = [
        [
            "Vivencia",
            f"{done['seconds']:,.0f} s",
            f"{size_of(done['peak_bytes'])} ({size_of(done['peak_anonymous_bytes'])})",
            size_of(done["disk_bytes"]),
        ]
    ]
    for name, load in loads.items():
        seconds = f"{load['seconds']:,.0f} s" if "seconds" in load else "with DuckDB"
        peak = size_of(load["memory"]["VmHWM"]) if "memory" in load else ""
        rows.append([name, seconds, peak, size_of(load["disk_bytes"])])
    note = (
        f"The same CSV ({size_of(done['file_bytes'])}, in the order of time; events per customer: median "
        f"{each['p50']}, p90 {each['p90']}, p99 {each['p99']}, at most {each['max']:,}) read by all. Vivencia stores "
        "whole events, durably, with duplicates recognised and customers resolved; the peers the five columns that are "
        "asked, ordered by customer and time. In brackets without mapped files."
    )
    return note + "\n\n" + table(["", "time", "peak memory", "on disk"], rows)


def _times(peers: dict) -> str:
    rows = []
    for question, measured in peers["questions"].items():
        ours = measured["Vivencia"]
        best = min(measured[name]["median_ms"] for name in PEERS)
        own = [f"**{ms_of(ours['median_ms'])}**", ms_of(ours["inside_ms"])] if ours else ["not answered yet", ""]
        times = [f"{best / ours['median_ms']:.1f} ×"] if ours else [""]
        rows.append([QUESTIONS[question].words, *own, *times, *(_peer_time(measured[name]) for name in PEERS)])
    return table(["question", "Vivencia, by the client", "inside the server", "faster", *PEERS], rows)


def _peer_time(one: dict) -> str:
    runs = len(one["warm_ms"])
    return ms_of(one["median_ms"]) + (f" ({runs})" if runs < WARM_RUNS else "")


def _costs(peers: dict, log: dict) -> str:
    rows = []
    for question, measured in peers["questions"].items():
        ours = measured["Vivencia"]
        if ours is None:
            continue
        read = log["rows"] * QUESTIONS[question].bytes_per_event + log["customers"] * BYTES_PER_CUSTOMER
        rate = read / (ours["median_ms"] / 1000)
        rows.append(
            [
                QUESTIONS[question].words,
                _cold(ours),
                f"{ms_of(min(ours['warm_ms']))} to {ms_of(max(ours['warm_ms']))}",
                size_of(read),
                f"{rate / peers['bytes_per_second']:.0%}".replace("%", " %"),
                size_of(heap_of(ours)),
                f"{size_of(ours['memory']['VmRSS'])} ({size_of(ours['memory']['RssAnon'])})",
            ]
        )
    heads = ["question", "cold", "warm", "read", "share", "heap", "resident (not mapped)"]
    return table(heads, rows)


def _peers_costs(peers: dict) -> str:
    rows = []
    for question, measured in peers["questions"].items():
        each = [measured[name] for name in PEERS]
        told = [f"{_cold(one)}, {size_of(one['memory']['VmHWM'])}, *{one['formulation']}*" for one in each]
        rows.append([QUESTIONS[question].words, *told])
    return table(["question", *PEERS], rows)


def _pm4py(measured: dict) -> str:
    ours, theirs = measured["map"]["Vivencia"], measured["map"]["pm4py"]
    return (
        f"pm4py {measured['version']} finds the process map of {measured['rows']:,} events in "
        f"{ms_of(theirs['median_ms'])} ({size_of(theirs['memory']['VmHWM'])}), Vivencia in {ms_of(ours['median_ms'])}. "
        "The log of pm4py is in memory already."
    )


def _cold(one: dict) -> str:
    return ms_of(one["cold_ms"]) if one["cold_ms"] is not None else "not measured"
