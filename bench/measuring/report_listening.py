"""The section of the results page about listening: answers taken, and what is asked of many."""

from .sections import section
from .table import ms_of, size_of, table


def write(results: dict) -> str:
    measured, about = results["listening"], dict(results["about"])
    taking, asking = measured["taking"], measured["asking"]
    moments = f"{about['load average at the start']}; {about['load average at the end']}"
    parts = [
        "## Listening",
        table(
            ["", ""],
            [
                ["date", about["date"]],
                ["commit", about["commit"]],
                ["processor, memory", f"{about['processor']}, {about['memory']}"],
                ["load average at the start, at the end", moments],
            ],
        ),
        "### Comments",
        _reading(measured["reading"]),
        "### Answers through links",
        _taking(taking),
        f"### Asked of {asking['answers']:,} answers",
        _asking(asking),
    ]
    return section("listening", 0, parts)


def _reading(reading: dict) -> str:
    words = {"read": "language, sentiment, topics and all else, tier `ngrams`", "placed": "place of the encoder"}
    rows = [
        [words[what], *(f"**{paces[what]:,.0f}**" for paces in reading["per_second"].values())]
        for what in ("read", "placed")
    ]
    note = (
        f"{reading['comments']:,} comments and sentences of hotel reviews of {reading['bytes_of_a_comment']:.0f} bytes "
        "on average, Spanish and English, again and again for five seconds, in the process of the clients. The "
        f"encoder has placed the first one {ms_of(reading['encoder_start_ms'])} after its start."
    )
    heads = [
        "a comment's",
        *(f"a second, {threads} thread{'s'[: threads != '1']}" for threads in reading["per_second"]),
    ]
    return note + "\n\n" + table(heads, rows)


def _taking(taking: dict) -> str:
    rows = []
    for one, limit in zip(taking["rounds"], taking["limits"], strict=True):
        for words, sent in (("a personal link each", one["known"]), ("the open link", one["nobody"])):
            latency, seconds = sent["latency"], sent["seconds"]
            rows.append(
                [
                    f"{sent['clients']}",
                    words,
                    f"{sent['answers']:,}",
                    f"**{sent['answers_per_second']:,.0f}**",
                    f"{latency['p50_ms']:.1f} ms",
                    f"{latency['p99_ms']:.1f} ms",
                    f"{latency['max_ms']:.0f} ms",
                    f"{sent['server_processor_seconds'] / seconds:.2f}",
                    f"{sent['client_processor_seconds'] / seconds:.2f}",
                    f"{sent['others_processor_seconds'] / seconds:.2f}",
                    f"{limit['records_per_second']:,.0f}",
                ]
            )
    note = (
        "Forms of the survey that comes with the program, a score each and in every second one a comment of those that "
        "`models/data/labelled` holds; each is answered when it is kept, and the server's own count must equal them. "
        "A personal link makes events on the timeline (begun, answered) and its comment is understood; the open link "
        "is answered by nobody known. *Disk* is how many records of 4 KB a file takes in a second, each followed by "
        "`fdatasync`: what one client could have at most, were an answer one record. At the end the server takes "
        f"{size_of(taking['rounds'][-1]['memory']['VmRSS'])}."
    )
    heads = ["clients", "by", "answers", "answers/s", "p50", "p99", "longest"]
    return note + "\n\n" + table([*heads, "cores, server", "cores, clients", "cores, others", "disk"], rows)


def _asking(asking: dict) -> str:
    rows = [
        [name, ms_of(one["first_ms"]), f"**{ms_of(one['median_ms'])}**", ms_of(one["slowest_ms"])]
        for name, one in asking["answered"].items()
    ]
    note = (
        "Brought in as a file: a year of answers by customers who answer two or three times, with topics and "
        "properties that move the score. Over HTTP, a first run and five warm ones; no property is laid out in the "
        f"timeline, so all are read from the stored events. The server then takes {size_of(asking['memory']['VmRSS'])}."
    )
    return note + "\n\n" + table(["question", "first", "median", "slowest"], rows)
