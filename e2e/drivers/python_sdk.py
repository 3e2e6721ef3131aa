"""Drives segment-analytics-python, unmodified, and writes every message as the SDK made it.

Runs in the SDK's own virtual environment and therefore imports nothing of the suite. Between its two parts it prints
`half` and waits for a line, so that the test can do something to the server meanwhile.
"""

import argparse
import datetime
import decimal
import json
import logging
import sys

from segment.analytics.client import Client
from segment.analytics.request import DatetimeSerializer

MADRID = datetime.timezone(datetime.timedelta(hours=1))
LIVED_AT = datetime.datetime(2026, 1, 15, 10, 30, 0, 123000, tzinfo=MADRID)
CONTEXT = {
    "ip": "203.0.113.77",
    "userAgent": "Mozilla/5.0 (compatible; Vivencia test)",
    "locale": "es-CO",
    "timezone": "America/Bogota",
    "campaign": {"name": "café de enero", "source": "boletín", "medium": "email"},
    "page": {"path": "/menú", "url": "https://alameda.example/menú?mesa=7", "title": "Menú · Café Alameda"},
    "app": {"name": "Alameda", "version": "3.2.1", "build": "alpha.7"},
    "screen": {"width": 390, "height": 844, "density": 2.625},
    "active": True,
    "network": {"wifi": False, "carrier": None},
}
RICH = {
    "order_id": "pedido-ñ-1042",
    "total": 18.35,
    "revenue": 18.35,
    "currency": "EUR",
    "coupon": None,
    "is_first": False,
    "items": 3,
    "big": 9007199254740993,
    "small": -0.000125,
    "text": 'dos líneas\ny una tabulación\t«comillas» "dobles" \\ 日本語 🫖☕',
    "emoji_key_☕": "sí",
    "products": [
        {"sku": "SKU-1", "name": "Café con leche", "price": 2.8, "quantity": 2, "tags": ["caliente", "leche"]},
        {"sku": "SKU-2", "name": "Tarta de Santiago", "price": 4.95, "quantity": 1, "tags": []},
    ],
    "nested": {"a": {"b": {"c": {"d": [1, [2, [3, None]], {"e": "f"}]}}}, "empty": {}, "none": []},
    "promised_at": datetime.datetime(2026, 1, 15, 9, 45, tzinfo=datetime.UTC),
    "weight": decimal.Decimal("1.25"),
}


def first_part(client):
    yield client.identify(
        "u-ñandú-1",
        {
            "name": "Ana Núñez",
            "email": "Ana.Nunez@Example.es",
            "phone": "+34 600-11-22-33",
            "address": {"street": "Calle Mayor 3", "city": "León", "country": "España"},
            "age": 41,
            "plan": "oro",
            "createdAt": "2021-03-04T05:06:07.089Z",
        },
        context=dict(CONTEXT),
        timestamp=LIVED_AT,
        anonymous_id="anon-a7",
    )
    yield client.track("u-ñandú-1", "Order Completed", dict(RICH), context=dict(CONTEXT), timestamp=LIVED_AT)
    yield client.track(
        anonymous_id="anon-b8", event="Menú abierto ☕", properties={"channel": "web", "store_id": "es-leon-1"}
    )
    yield client.track(12345, "Numeric User", {"n": 1}, message_id="chosen-by-the-caller-1")
    yield client.page(
        "u-ñandú-1", "Carta", "Menú de invierno", {"url": "https://alameda.example/menú", "título": "Menú"}
    )


def second_part(client):
    yield client.page("u-ñandú-1")
    yield client.screen(
        "u-ñandú-1", "Pedidos", "Carrito", {"items": 3}, context={"device": {"id": "dev-99", "type": "ios"}}
    )
    yield client.group("u-ñandú-1", "empresa-7", {"name": "Imprenta Gómez", "employees": 12, "plan": None})
    yield client.alias("anon-c9", "u-alias-2")
    yield client.track(
        "u-ñandú-1", "Order Completed", {"order_id": "2"}, integrations={"All": True, "Salesforce": False}
    )
    for number in range(250):
        yield client.track(f"u-many-{number % 17}", "Visited", {"number": number})


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--host", required=True)
    options.add_argument("--key", required=True)
    options.add_argument("--out", required=True)
    options.add_argument("--gzip", action="store_true")
    options.add_argument("--pause", action="store_true")
    given = options.parse_args()
    logging.basicConfig(stream=sys.stderr)

    errors = []
    client = Client(
        given.key,
        host=given.host,
        gzip=given.gzip,
        upload_interval=0.2,
        on_error=lambda error, batch: errors.append(f"{type(error).__name__}: {error} ({len(batch)} messages)"),
    )
    sent = []
    for is_queued, message in first_part(client):
        assert is_queued, message
        sent.append(message)
    if given.pause:
        client.flush()
        print("half", flush=True)
        sys.stdin.readline()
    for is_queued, message in second_part(client):
        assert is_queued, message
        sent.append(message)
    client.shutdown()
    with open(given.out, "w", encoding="utf-8") as out:
        json.dump({"sent": sent, "errors": errors}, out, cls=DatetimeSerializer)


main()
