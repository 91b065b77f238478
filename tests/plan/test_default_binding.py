"""The default binding of clients is one that the leading service offers."""

from pathlib import Path

import pytest
from tests.generator.services import put
from tests.read.wsdl.test_merging import Way, written

from unstringly.pipeline import check
from unstringly.plan.client_making import default_binding

NAMES = {"soap": "SOAP11", "soap12": "SOAP12", "GET": "GET", "POST": "POST"}
OTHERS = [Way(kind, service="Two", operation="Tell") for kind in NAMES]


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("is_first", [True, False])
def test_the_leading_service_has_it(tmp_path: Path, kind: str, is_first: bool) -> None:
    """Whatever the others offer more of, and wherever it stands in the WSDL."""
    own = [Way(kind, service="One")]
    others = [way for way in OTHERS if way.kind != kind]
    others += [way._replace(operation="Drop") for way in others]
    text = written([*own, *others] if is_first else [*others, *own])
    grammar = "service: One\nwsdl: S.wsdl\n"
    checked = check([put(tmp_path / "tiny", "S.wsdl", text, grammar)], tmp_path)
    (contract,) = checked.contracts
    assert default_binding(contract) == NAMES[kind]
