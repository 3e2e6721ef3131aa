"""A survey in front of a customer, in a real browser: from the link to the event on the timeline and the score."""

import json

from harness import console
from harness.http import bearer, request


def call(company, method: str, path: str, body=None):
    server, key = company
    sent = json.dumps(body).encode() if body is not None else None
    answer = request(server.address, method, path, sent, bearer(key))
    assert answer.status < 300, (answer.status, answer.body)
    return answer.json()


def test_customers_answer_with_a_script_and_without(company, tmp_path):
    surveys = call(company, "GET", "/api/v1/surveys")["surveys"]
    survey = next(survey for survey in surveys if survey["name"] == "after-purchase")
    assert survey["state"] == "open", "the demonstration opens its surveys"
    before = call(company, "GET", "/api/v1/scores?metric=nps&survey=after-purchase")["whole"]["total"]
    printed = console.drive(company, "walk.mjs", "survey-page", VIVENCIA_FAILURE=str(tmp_path / "failure.png"))
    assert printed.count("done ") == 3, printed

    counts = call(company, "GET", f"/api/v1/surveys/{survey['id']}")["counts"]
    # Who refused saw it; who answered without a script has seen it and begun it too.
    came = {"invitations": 5, "shown": 5, "started": 4, "answered": 3, "refused": 1}
    # How fast a browser that is driven answers depends on the machine, but it never looks like what had no page.
    del counts["marked"]
    assert counts == {**came, "partial": 1, "complete": 3, "open": {"shown": 0, "started": 0, "answered": 0}}
    marks = {
        mark
        for response in call(company, "GET", f"/api/v1/surveys/{survey['id']}/responses")["responses"]
        for mark in response["marks"]
    }
    assert marks <= {"fast"}
    found = call(company, "GET", "/api/v1/customers?identifier=walker-0")["customers"]
    assert len(found) == 1
    events = call(company, "GET", f"/api/v1/customers/{found[0]['id']}/events")["events"]
    lived = {event["activity"]: event for event in events}
    assert set(lived) == {"Survey Sent", "Survey Shown", "Survey Started", "Survey Answered"}
    properties = lived["Survey Answered"]["properties"]
    assert properties["nps"] == 9
    assert properties["comment_tier"] == "ngrams"
    after = call(company, "GET", "/api/v1/scores?metric=nps&survey=after-purchase")["whole"]["total"]
    assert after["answers"] == before["answers"] + 3
