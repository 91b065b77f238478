"""zeep as the judge of messages: it reads what we write, and writes it in its own way."""

from importlib import import_module
from pathlib import Path
from typing import Any

import requests
import zeep
from tests.read.schema.zeep_types import Nowhere

_ZEEP: Any = zeep  # whose functions have no annotations
_ETREE: Any = import_module("lxml.etree")  # which has no annotations


def types_of(path: Path) -> Any:
    """The types of a WSDL as zeep has them; None if it reads none, which is its own affair."""
    with requests.Session() as session:
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, Nowhere())
        try:
            return _ZEEP.Client(str(path), transport=_ZEEP.Transport(session=session)).wsdl.types
        except Exception:
            return None


def through_zeep(types: Any, name: str, text: str) -> str | None:
    """A document as zeep writes what it has read; None if it does not, as with what is empty."""
    namespace, _, local = name.rpartition(" ")
    around = _ETREE.Element("around")
    try:
        element = types.get_element(f"{{{namespace}}}{local}")
        element.render(around, element.parse(_ETREE.fromstring(text), types))
    except Exception:
        return None
    return str(_ETREE.tostring(around[0], encoding="unicode")) if len(around) else None
