"""The results as a page."""

from . import sections
from .door import CLIENTS
from .table import size_of, table

DISTURBING_CORES = 0.1


def write(results: dict, before: str) -> str:
    """The page; of the one before, the sections that are measured one size at a time stay."""
    parts = [
        "# What the machine takes and gives",
        "Written by `bench/run`; the words and the way of measuring are in [README.md](README.md).",
        table(["", ""], [[name, value] for name, value in results["about"]]),
        *_disturbance(results),
        "## Events through the door",
        _sending(results["sending"]),
        "## What disk and parser alone allow, in the same run",
        _limits(results["limits"]),
        "## Import",
        _import(results["import"], results["log"]),
        f"## Search among {results['search']['customers']:,} customers",
        _search(results["search"]),
        "## Layouts of the timeline projection",
        _layouts(results["layouts"]),
    ]
    return "\n\n".join(parts) + "\n\n" + sections.kept(before)


def _disturbance(results: dict) -> list[str]:
    """Says so when the figures are those of a part of the machine."""
    taken = [sent["others_processor_seconds"] / sent["seconds"] for sent in results["sending"]]
    taken.append(results["import"]["others_cores"])
    if max(taken) < DISTURBING_CORES:
        return []
    return [
        f"**The machine was busy:** other programs took {min(taken):.2f} to {max(taken):.2f} of its cores in the "
        "meantime. Measure again when it is quiet."
    ]


def _sending(rounds: list[dict]) -> str:
    rows = []
    for sent in rounds:
        seconds = sent["seconds"]
        latency = sent["latency"]
        rows.append(
            [
                f"{sent['clients']}",
                f"**{sent['events_per_second']:,.0f}**",
                f"{sent['slowest_second_events']:,}",
                f"{latency['p50_ms']:.1f} ms",
                f"{latency['p99_ms']:.1f} ms",
                f"{latency['max_ms']:.0f} ms",
                f"{sent['refused_batches']:,}",
                f"{sent['server_processor_seconds'] / seconds:.2f}",
                f"{sent['client_processor_seconds'] / seconds:.2f}",
                f"{sent['others_processor_seconds'] / seconds:.2f}",
                size_of(sent["server_memory"]["VmHWM"]),
            ]
        )
    heads = ["clients", "durable events/s", "slowest second", "p50", "p99", "longest", "refused"]
    first = rounds[0]
    note = (
        f"Batches of 100 `track` events for {first['seconds']:.0f} s after a warm-up, each round on a fresh directory, "
        f"with {first['customers']:,} customers and {first['visitors']:,} unnamed visitors, all new at the start. Only "
        "answers with 200 count, and the server's own count must equal them. Times are those of a whole batch; "
        "cores are processor seconds per second."
    )
    return (
        note
        + "\n\n"
        + table([*heads, "cores, server", "cores, clients", "cores, others", "server's peak memory"], rows)
    )


def _limits(limits: dict) -> str:
    rows = []
    event_bytes = limits["parsing"]["event_bytes"]
    for clients, sync in zip(CLIENTS, limits["syncs"], strict=True):
        latency = sync["latency"]
        rows.append(
            [
                f"append {sync['record_bytes'] // 1000:,} KB and fdatasync ({clients} batches)",
                f"{sync['records_per_second']:,.0f} records/s, {sync['bytes_per_second'] / 1e6:,.0f} MB/s",
                f"{sync['bytes_per_second'] / event_bytes:,.0f}",
                f"{latency['p50_ms']:.1f} / {latency['p99_ms']:.1f} ms",
            ]
        )
    parsing = limits["parsing"]
    rows.append(["serde_json into borrowed fields, one thread", "", f"{parsing['parser_events_per_second']:,.0f}", ""])
    rows.append(["the product's intake, one thread", "", f"{parsing['intake_events_per_second']:,.0f}", ""])
    note = "Of the disk, the better of two measurements, before and after each round."
    return note + "\n\n" + table(["limit", "", f"events/s, {event_bytes} B each", "p50 / p99"], rows)


def _import(done: dict, log: dict) -> str:
    folders = ", ".join(f"`{name}` {size_of(size)}" for name, size in done["folders"].items() if size >= 1 << 20)
    rows = [
        ["rows per second", f"**{done['rows_per_second']:,.0f}**"],
        [
            "time",
            f"{done['seconds']:.1f} s, {done['processor_seconds']:.1f} s of processor; others took "
            f"{done['others_cores']:.2f} cores",
        ],
        ["peak memory", f"{size_of(done['peak_bytes'])}, without mapped files {size_of(done['peak_anonymous_bytes'])}"],
        ["on disk", f"{size_of(done['disk_bytes'])}, {done['disk_bytes'] / log['rows']:.1f} B per event ({folders})"],
    ]
    each = log["events_per_customer"]
    note = (
        f"`vivencia events import` of a CSV of {log['rows']:,} rows ({size_of(done['file_bytes'])}) in the order of "
        f"time into an empty directory: {log['customers']:,} customers with a median of {each['p50']} events, p90 "
        f"{each['p90']}, p99 {each['p99']}, at most {each['max']:,}; {len(log['activities'])} activities, "
        f"{len(log['channels'])} channels, one year."
    )
    return note + "\n\n" + table(["", ""], rows)


def _search(found: dict) -> str:
    rows = [
        [name, f"**{answer['median_ms']:,.1f} ms**", f"{answer['slowest_ms']:,.1f} ms"]
        for name, answer in found["answers"].items()
    ]
    note = (
        f"Over HTTP, one page of 50, {found['runs']} times each for another customer, right after all of them came in "
        f"through the door with a name and an e-mail. The server then takes {size_of(found['memory']['VmRSS'])}."
    )
    return note + "\n\n" + table(["what is typed", "median", "slowest"], rows)


def _layouts(measured: dict) -> str:
    rows = [
        [
            name,
            f"{layout['open_ms']:,.2f} ms",
            f"{layout['first_ms']:,.0f} ms",
            f"**{layout['median_ms']:,.0f} ms**",
            size_of(layout["bytes"]),
        ]
        for name, layout in measured.items()
        if isinstance(layout, dict)
    ]
    note = (
        f"The same {measured['events']:,} events in {measured['files']} parts, mapped from the page cache; one thread "
        "counts which activity follows which over all customers. Verifying is shown where opening is."
    )
    return note + "\n\n" + table(["layout", "open", "first run", "median of 5 warm runs", "size"], rows)
