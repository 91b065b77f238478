"""`unstringly serve` of a service that brings no emulator: the minute it is generated."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import tests.cases
from tests.cli.test_serve import RUN
from tests.generator.services import ROOT, write_tree

from unstringly.pipeline import build, check

CASE = Path(str(tests.cases.__file__)).parent / "parcels"


def test_it_answers_and_has_its_documents(tmp_path: Path) -> None:
    write_tree(tmp_path, build(check([CASE], CASE), whole=True))
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "serve", "parcels", "--output", ".", "--port", "0"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "codegen"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        try:
            words = process.stdout.readline()
            address = next(word for word in words.split() if word.startswith("http://"))
            opener = build_opener(ProxyHandler({}))
            with opener.open(f"{address}/Price?grams=5&country=DE", timeout=10) as response:
                assert re.search(rb">[0-9]+(\.[0-9]+)?</", response.read())
            assert "Price(grams=5, country=('DE',))" in process.stdout.readline()
            with opener.open(f"{address}?WSDL", timeout=10) as response:
                assert b"urn:parcels.example" in response.read()
        finally:
            process.kill()
    assert "results are drawn" in words
