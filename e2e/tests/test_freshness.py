"""What was acknowledged is in the answers at once."""

import time

from harness import product
from harness.http import Connection, bearer, post_batch


def test_an_acknowledged_event_is_on_the_map_within_a_second(server, collect_key):
    read_key = product.create_key(server.data_dir, "reader", "read")
    reader = Connection(server.address)
    delays_s = []
    for number in range(20):
        activity = f"Fresh {number}"
        event = {"type": "track", "userId": f"u-{number}", "event": activity}
        assert post_batch(server.address, collect_key, [event]).status == 200
        acknowledged = time.monotonic()

        def is_on_the_map(activity=activity):
            answer = reader.request("GET", "/api/v1/journeys/map", None, bearer(read_key))
            assert answer.status == 200, answer.body
            return activity in {node["activity"] for node in answer.json()["nodes"]}

        product.wait_until(is_on_the_map, 5.0, f"`{activity}` on the map", every_s=0.005)
        delays_s.append(time.monotonic() - acknowledged)
    assert max(delays_s) <= 1.0, delays_s


def test_a_customer_who_signs_in_is_one_journey_within_a_second(server, collect_key):
    anonymous = {"type": "track", "anonymousId": "a-1", "event": "Looked around"}
    known = {"type": "track", "anonymousId": "a-1", "userId": "u-1", "event": "Signed in"}
    assert post_batch(server.address, collect_key, [anonymous]).status == 200
    assert post_batch(server.address, collect_key, [known]).status == 200
    begun = time.monotonic()

    def is_one_journey():
        edges = product.run_json("journeys", "map", "--data-dir", server.data_dir)["edges"]
        return [(edge["from"], edge["to"]) for edge in edges] == [("Looked around", "Signed in")]

    product.wait_until(is_one_journey, 1.0, "the anonymous history to join the known customer")
    assert time.monotonic() - begun <= 1.0
