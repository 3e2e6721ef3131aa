"""The section of the results page about the questions: quiet, after merges, while events arrive; and the projection."""

from .living import EVENTS_PER_SECOND
from .peers.asked import QUESTIONS
from .questions import WARM_RUNS
from .sections import section
from .table import ms_of, size_of, table


def write(results: dict) -> str:
    log = results["log"]
    parts = [
        f"## Questions, {log['rows']:,} events of {log['customers']:,} customers",
        _about(dict(results["about"])),
        _merged(results["questions"]),
        "### While events arrive",
        *_living(results["living"]),
        "### Making the projection of the timeline",
        *_building(results["building"], log),
    ]
    return section("questions", log["rows"], parts)


def _about(about: dict) -> str:
    rows = [
        ["date", about["date"]],
        ["commit", about["commit"]],
        ["processor, memory", f"{about['processor']}, {about['memory']}"],
        [
            "load average at the start, at the end",
            f"{about['load average at the start']}; {about['load average at the end']}",
        ],
    ]
    return table(["", ""], rows)


def _merged(asked: dict) -> str:
    quiet, merged = asked["answers"], asked["merged_answers"]
    rows = [
        [
            QUESTIONS[question].words,
            ms_of(quiet[question]["first_ms"]),
            f"**{ms_of(quiet[question]['median_ms'])}**",
            ms_of(quiet[question]["slowest_ms"]),
            ms_of(merged[question]["first_ms"]),
            f"**{ms_of(merged[question]['median_ms'])}**",
            ms_of(merged[question]["slowest_ms"]),
            _ratio(merged[question], quiet[question]),
        ]
        for question in quiet
    ]
    idle, used, after = asked["idle_memory"], asked["asked_memory"], asked["merged_memory"]
    note = (
        f"Over HTTP, measured by the client: a first run and {WARM_RUNS} warm ones, one question after the other. The "
        f"server was ready {asked['seconds_to_start']:.2f} s after its start; idle it takes {_memory(idle)}, after all "
        f"questions {_memory(used)}. *Merged*: after {asked['merged_customers']:,} of the customers turned out to be "
        "one with another since the timeline was written. The first question then makes the snapshot. Memory is then "
        f"{_memory(after)}. In brackets without mapped files."
    )
    heads = ["question", "first", "median", "slowest", "merged: first", "median", "slowest", "to the median before"]
    return note + "\n\n" + table(heads, rows)


def _living(living: dict) -> list[str]:
    arrived, fresh = living["arrived"], living["freshness"]
    seconds = arrived["seconds"]
    rows = [
        [
            QUESTIONS[question].words,
            ms_of(quiet["median_ms"]),
            f"**{ms_of(busy['median_ms'])}**",
            _ratio(busy, quiet),
            ms_of(busy["slowest_ms"]),
            str(busy["answers"]),
        ]
        for question, quiet in living["quiet"].items()
        for busy in [living["living"][question]]
    ]
    cores = (arrived[f"{name}_processor_seconds"] / seconds for name in ("server", "client", "others"))
    server, clients, others = (f"{used:.2f}" for used in cores)
    latency = arrived["latency"]
    sent = [
        ["events per second, asked for", f"{EVENTS_PER_SECOND:,}"],
        ["sent and acknowledged", f"**{arrived['events_per_second']:,.0f}**, {arrived['events']:,} in {seconds:.0f} s"],
        ["fewest in a second", f"{arrived['slowest_second_events']:,}"],
        ["customers whom the log does not know", f"{arrived['new_customers']:,}"],
        ["up to a day late", f"{arrived['late_events']:,}"],
        [
            "acknowledged after",
            f"p50 {ms_of(latency['p50_ms'])}, p99 {ms_of(latency['p99_ms'])}, at most {ms_of(latency['max_ms'])}",
        ],
        ["cores, server, clients, others (and who asks)", f"{server}, {clients}, {others}"],
        ["memory of the server, before and after", f"{_memory(living['quiet_memory'])}, {_memory(living['memory'])}"],
        [
            "from acknowledgement to being in an answer",
            f"p50 **{ms_of(fresh['median_ms'])}**, at most {ms_of(fresh['slowest_ms'])}, {fresh['answers']} tries",
        ],
    ]
    note = (
        f"{arrived['clients']} clients send batches of 100 events over connections they keep, while another asks the "
        "ten questions in turn. *Quiet* is the median of the same server just before. In the end it counted every "
        f"event that was acknowledged, in its log and in its process map: {living['rows']:,} with those of the import, "
        "and of as many customers. Memory in brackets is without mapped files."
    )
    heads = ["question", "quiet", "while events arrive", "to quiet", "slowest", "answers"]
    return [note, table(["", ""], sent), table(heads, rows)]


def _building(built: dict, log: dict) -> list[str]:
    ways = {"none": built["plain"], f"`{built['property_name']}`": built["property"]}
    rows = [
        [
            name,
            f"**{one['events_per_second']:,.0f}**",
            f"{one['seconds']:.1f} s",
            f"{one['reading_seconds']:.1f} s",
            f"{one['writing_seconds']:.1f} s",
            f"{one['start_seconds']:.1f} s",
            f"{one['processor_seconds']:.1f} s",
            f"{one['others_cores']:.2f}",
            size_of(one["memory"]["VmHWM"]),
            size_of(one["disk_bytes"]),
        ]
        for name, one in ways.items()
    ]
    note = (
        f"A server that starts with other properties makes the projection of all {log['rows']:,} events anew from its "
        "chunks. The time runs from the line in its log that says so to the new manifest. *Until the first file*: "
        "chunks are read and sorted by customer; *until the manifest*: files are written and synced. *Start* is all, "
        "until the server answers; processor time, other programs and peak memory are those of the start."
    )
    heads = ["property", "events/s", "time", "until the first file", "until the manifest", "start", "processor"]
    return [note, table([*heads, "cores, others", "peak memory", "on disk"], rows)]


def _ratio(one: dict, other: dict) -> str:
    return f"{one['median_ms'] / other['median_ms']:.2f} ×"


def _memory(used: dict) -> str:
    return f"{size_of(used['VmRSS'])} ({size_of(used['RssAnon'])})"
