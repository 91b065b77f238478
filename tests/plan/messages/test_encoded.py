"""Tables that the generator writes say all that SOAP's encoding needs."""

import re
from random import Random

import pytest
from tests.plan.messages.operations import files_of
from tests.plan.messages.packages import module, package_of
from tests.plan.messages.sampling import Sampler
from tests.plan.messages.test_golden import NAMESPACE, shop

XSD = "http://www.w3.org/2001/XMLSchema"


@pytest.mark.parametrize("element", ["GetOrder", "GetOrderResponse", "order", "opened", "closed"])
def test_encoded_values_come_back(element: str) -> None:
    told: set[str] = set()
    with package_of(files_of(shop(), is_encoded=True)) as package:
        table = package.tables.ROOT_ELEMENTS[f"{NAMESPACE} {element}"]
        read_encoded = module("_runtime.xml.encoded_reading").read_encoded
        sampler = Sampler(package.xml)
        for seed in range(40):
            value = sampler.value(table, Random(seed))
            text = package.tables.ENCODED_WRITER.write(table, value)
            told |= set(re.findall(r' xsi:type="([^"]*)"', text))
            assert read_encoded(table, text).value == value, text
    assert {name.partition(":")[0] for name in told} <= {"xsd", "orders", "soapenc"}
    assert all("." not in name for name in told), "a type without a name tells none"


def test_types_are_told_by_their_names_in_the_schema() -> None:
    with package_of(files_of(shop(), is_encoded=True)) as package:
        tables = package.tables
        types = tables.ENCODED_WRITER._types
        assert types[tables.STATE] == f"{NAMESPACE} State"
        assert types[tables.GET_ORDER_TAGS] == f"{XSD} string", "it has no name"
        assert tables.ENCODED_LINES.is_array
        assert "ENCODED_WRITER" in tables.__all__


def test_a_package_without_encoded_messages_knows_nothing_of_them() -> None:
    files = files_of(shop())
    assert not any("encoded" in path for path in files)
