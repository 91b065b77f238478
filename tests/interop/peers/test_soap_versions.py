"""PHP's client and node-soap call an emulator of an ASP.NET service over both versions of SOAP.

The WSDL is that which the service Depot has served (tests/data/depot).
"""

from pathlib import Path
from typing import Final

import pytest
from tests.interop.corpus import PACKAGE
from tests.interop.peers.calls import outcomes_of
from tests.interop.peers.test_clients import PROGRAMS
from tests.interop.test_depot_wire import WSDL

from unstringly.pipeline import build, check

pytestmark = pytest.mark.some(0)

IN_RPC_STYLE: Final = {"Move", "Find"}
SAME: Final = {
    "document": {
        *("Quote", "Sum", "Book", "Items", "Stock", "Rate", "Reversed", "Tick", "Half"),
        *("Forget", "Remark"),
    },
    "rpc": IN_RPC_STYLE,
}
NOT_DRAWN: Final = {"Weigh", "Pass", "Rows"}
"""Operations with a GUID that must be there, or with elements of any name."""


@pytest.mark.parametrize("version", ["soap11", "soap12"])
@pytest.mark.parametrize("style", SAME)
@pytest.mark.parametrize("program", PROGRAMS)
def test_both_sides_see_the_same(program: str, style: str, version: str, tmp_path: Path) -> None:
    """Each style is called as its clients do: operations of the other one are passed over."""
    folder = tmp_path / "depot"
    folder.mkdir()
    (folder / WSDL.name).write_bytes(WSDL.read_bytes())
    (folder / "grammar.yaml").write_text(
        f"service: Depot\nwsdl: {WSDL.name}\npackage: {PACKAGE}\n", encoding="utf-8"
    )
    files = build(check([folder], tmp_path), whole=False)
    same: set[str] = set()
    for outcome in outcomes_of(files, PROGRAMS[program], style, version):
        is_of_style = (outcome.operation in IN_RPC_STYLE) is (style == "rpc")
        if is_of_style and outcome.operation not in NOT_DRAWN:
            assert outcome.problem == "", outcome
            same.add(outcome.operation)
    assert same == SAME[style]
