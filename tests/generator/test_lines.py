"""Results in lines: what strategies draw can be written, and comes back over every binding."""

import importlib
import re
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generator.alone import made_alone
from tests.generator.client_services import KINDS, Port

LINES = """
line_ends: lf
types: {Note: {text: any, excludes: ["\\n"]}, Number: {integer: '[0-9]{1,5}'}}
records: {Event: {separator: ';', fields: {number: Number, note: Note}}}
grammars: {events: {list: [Event], separator: "\\n"}}
operations: {Ask: {effect: read, result: events}}
"""

NOT_AS_IT_IS = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]")
"""XML makes a line feed of a carriage return, and cannot carry the others."""


def test_what_is_drawn_comes_back_over_every_binding(tmp_path: Path) -> None:
    ports = [Port(kind, {"Ask": ()}) for kind in KINDS]
    with made_alone(tmp_path, *ports, grammar=LINES) as alone:
        server, strategies, in_process = (
            importlib.import_module(f"alone.{name}")
            for name in ("server", "strategies", "_runtime.testing.in_process")
        )
        waiting: list[list[Any]] = []

        class Handlers:
            def ask(self, request: object) -> list[Any]:
                return waiting[-1]

        transport = in_process.InProcessTransport(server.create_app(Handlers(), path="/x"))
        clients = [
            alone.Client(
                base_url="http://127.0.0.1/x",
                binding=alone.Binding[kind],
                transport=transport,
            )
            for kind in KINDS
        ]

        @settings(max_examples=50)
        @given(st.data())
        def test(data: st.DataObject) -> None:
            events: list[Any] = data.draw(strategies.events())
            text = alone.format_ask(events)
            assert list(alone.parse_ask(text)) == events
            if any(NOT_AS_IT_IS.search(event.note) for event in events):
                return
            waiting.append(events)
            for made in clients:
                assert list(made.ask()) == events

        test()
        transport.close()
