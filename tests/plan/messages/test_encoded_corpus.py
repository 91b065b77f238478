"""Types of the rpc/encoded operations of public WSDLs: what is written of them is read again.

Where the corpus is not there (tests/interop/corpus.py) the test is skipped; with
UNSTRINGLY_INTEROP=required it fails.
"""

import os
from random import Random

import pytest
from tests.interop.corpus import CORPUS, entries, missing
from tests.plan.messages.operations import files_of
from tests.plan.messages.packages import module, package_of
from tests.plan.messages.sampling import NoSample, Sampler
from tests.plan.messages.test_corpus import planned

SEEDS = range(2)


def test_what_is_written_is_read_again() -> None:
    absent = missing()
    if absent and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(absent, pytrace=False)
    if absent:
        pytest.skip(absent)
    count = 0
    for entry in entries():
        if b'use="encoded"' not in (CORPUS / entry.path).read_bytes():
            continue
        own = planned(entry)
        if own is None:
            continue
        with package_of(files_of(own.shapes, is_encoded=True)) as package:
            part = module("_runtime.xml.tables").Element
            read_encoded = module("_runtime.xml.encoded_reading").read_encoded
            sampler = Sampler(package.xml)
            for of in package.tables.ROOT_TYPES.values():
                element = part("value", "part", of)
                for seed in SEEDS:
                    try:
                        value = sampler.value(element, Random(seed))
                    except NoSample:
                        continue
                    text = package.tables.ENCODED_WRITER.write(element, value)
                    assert read_encoded(element, text).value == value, text
                    count += 1
    assert count > 300
