"""Elements that are posted without an envelope: zeep reads what our client and our server write.

zeep does not send them, but it writes elements, which our server reads. It belongs to the gate.
"""

import importlib
import warnings
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from tests.generator.importing import imported_files
from tests.interop.corpus import CORPUS, PACKAGE, Entry, package_of
from tests.interop.typed.drawn_calls import Drawing
from tests.interop.typed.exchanging import Package, module
from tests.interop.typed.meanings import difference, of_zeep
from tests.interop.typed.test_both_ways import xml_room
from tests.interop.typed.zeep_services import loaded

pytestmark = [pytest.mark.some(0), pytest.mark.filterwarnings("ignore:The wsdl:UserWarning")]

_ETREE: Any = import_module("lxml.etree")  # which has no annotations
NAME: Final = "packagegenerator-queueservice"
PORT: Final = "SimpleQueueServiceHttpPostPort"
LEAST: Final = 16
"""So many operations there are."""


def test_elements_that_are_posted_are_read_by_zeep(corpus: list[Entry], tmp_path: Path) -> None:
    entry = next(entry for entry in corpus if entry.name == NAME)
    generated = package_of(entry, tmp_path)
    assert generated is not None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        client = loaded(CORPUS / entry.path)
    (service,) = client.wsdl.services.values()
    binding = service.ports[PORT].binding
    problems: list[tuple[str, str, str]] = []
    with imported_files(generated.files, PACKAGE):
        post = importlib.import_module(PACKAGE).Binding.POST
        package = Package()
        drawing = Drawing(xml_room(generated))
        methods = {own.name: own.python_name for own in generated.contract.operations}
        assert len(methods) >= LEAST
        try:
            for name, method in methods.items():
                zeep = binding.get(name)
                drawn = drawing.call(package.operations[name], Random(name))
                package.handlers.result = drawn.result
                request = package.request(method, post, drawn.arguments)
                read = zeep.input.deserialize(request.body)
                said = of_zeep(read)
                problems.append((name, "request", difference(drawn.body, said)))
                (part,) = zeep.input.abstract.parts.values()
                holder = _ETREE.Element("holder")
                part.element.render(holder, part.element() if read is None else read)
                package.handlers.requests.clear()
                kind = {"Content-Type": "text/xml"}
                status, _, response = package.post(kind, _ETREE.tostring(holder[0]))
                assert status == 200, (name, response)
                (seen,) = package.handlers.requests
                assert type(seen) is getattr(module("server"), name)
                assert {own: getattr(seen, own) for own in drawn.arguments} == drawn.arguments
                said = of_zeep(zeep.output.deserialize(response))
                problems.append((name, "response", difference(drawn.answer, said)))
        finally:
            package.close()
    assert [problem for problem in problems if problem[-1]] == []
