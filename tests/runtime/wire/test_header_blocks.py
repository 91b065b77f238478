"""Credentials are taken from blocks of the header that are ours, with lxml's tree as the judge.

A good request is changed: elements are doubled, moved, renamed, or addressed to somebody else. What
the service sees is then what one finds who goes down the tree by full names, from the envelope, and
gives up where a name is not the only one of its parent.
"""

import importlib
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from unstringly.runtime.wire.addressing import Addressing
from unstringly.runtime.wire.bindings import SOAP_11, SOAP_12, Binding, Endpoint, build_request
from unstringly.runtime.wire.user_tokens import WSSE, WSU, SecurityHeader

_ETREE: Any = importlib.import_module("lxml.etree")  # which has no annotations
WSA = "http://www.w3.org/2005/08/addressing"
SENT = SecurityHeader("text", has_timestamp=True)
NAMED = Addressing(WSA, "urn:a", "urn:b", fresh=lambda: "urn:uuid:1")
SOAP = st.sampled_from([Binding.SOAP11, Binding.SOAP12])
OURS = (
    *("", "http://schemas.xmlsoap.org/soap/actor/next", f"{SOAP_12}/role/next"),
    f" {SOAP_12}/role/ultimateReceiver\n",
)
THEIRS = ("urn:proxy", f"{SOAP_12}/role/none", "next")
CHANGES = ("double", "move", "rename", "address", "remove", "fill", "text")


def sent(binding: Binding) -> Any:
    """The tree of a request with a token and addresses."""
    endpoint = Endpoint("urn:x", "A", action="urn:a")
    request = build_request(endpoint, binding, "https://x.example/s", [("b", "c")])
    request = SENT.sent(request, {"username": "me", "password": "open sesame"})
    return _ETREE.fromstring(NAMED.sent(request, {}).body)


def changed(tree: Any, data: DataObject) -> None:
    """Change an element of the tree, but for the envelope itself."""
    elements = [own for own in tree.iter() if own is not tree]
    own = data.draw(st.sampled_from(elements))
    around = own.getparent()
    match data.draw(st.sampled_from(CHANGES)):
        case "double":
            copy = _ETREE.fromstring(_ETREE.tostring(own, with_tail=False))
            around.insert(data.draw(st.integers(0, len(around))), copy)
        case "move":
            inside = set(own.iter())
            others = [place for place in tree.iter() if place not in inside]
            place = data.draw(st.sampled_from(others))
            place.insert(data.draw(st.integers(0, len(place))), own)
        case "rename":
            namespace = data.draw(st.sampled_from(["urn:other", WSSE, WSU, WSA, SOAP_11, SOAP_12]))
            own.tag = f"{{{namespace}}}{_ETREE.QName(own).localname}"
        case "address":
            name = data.draw(st.sampled_from([f"{{{SOAP_11}}}actor", f"{{{SOAP_12}}}role"]))
            own.set(name, data.draw(st.sampled_from(OURS + THEIRS)))
        case "remove":
            around.remove(own)
        case "fill":
            _ETREE.SubElement(own, data.draw(st.sampled_from(["x", f"{{{WSSE}}}Username"])))
        case _:
            own.text = data.draw(st.sampled_from(["you", "open sesame", ""]))


def only(parents: list[Any], name: str) -> Any:
    """The only element of a name in the only parent; None if there is not one."""
    if len(parents) != 1:
        return None
    found = [own for own in parents[0] if own.tag == name]
    return found[0] if len(found) == 1 else None


def found(tree: Any, *names: str) -> str | None:
    """The text of an element of the header, as the standards have it."""
    soap = _ETREE.QName(tree).namespace
    before_body: list[Any] = []
    for own in tree:
        if own.tag == f"{{{soap}}}Body":
            break
        before_body.append(own)
    headers = [own for own in before_body if own.tag == f"{{{soap}}}Header"]
    if len(headers) != 1:
        return None
    attributes = (f"{{{SOAP_11}}}actor", f"{{{SOAP_12}}}role")
    ours = [
        block
        for block in headers[0]
        if all(
            (block.get(name) or "").strip() in ("", *map(str.strip, OURS)) for name in attributes
        )
    ]
    first = [block for block in ours if block.tag == names[0]]
    for name in names[1:]:
        first = [own] if (own := only(first, name)) is not None else []
    return None if len(first) != 1 or len(first[0]) else first[0].text or ""


@given(binding=SOAP, times=st.integers(0, 3), data=st.data())
def test_only_our_own_blocks_count(binding: Binding, times: int, data: DataObject) -> None:
    tree = sent(binding)
    for _ in range(times):
        changed(tree, data)
    text = _ETREE.tostring(tree, encoding="unicode")
    token = (f"{{{WSSE}}}Security", f"{{{WSSE}}}UsernameToken")
    username = found(tree, *token, f"{{{WSSE}}}Username")
    password = found(tree, *token, f"{{{WSSE}}}Password")
    came = SENT.came({}, text).credentials
    event("credentials" if came is not None else "none")
    assert (None if came is None else came.username) == username
    if came is not None:
        for one in ("open sesame", "you", "", "open sesameopen sesame"):
            assert came.matches(one) == (one == password)
    name = found(tree, f"{{{WSA}}}MessageID")
    relates = "" if name is None else f">{name.strip()}</wsa:RelatesTo>"
    header = NAMED.came({}, text).header
    assert header.endswith(relates or "</wsa:Action>")
