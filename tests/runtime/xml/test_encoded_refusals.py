"""Encoded messages that are broken or hostile are refused, with words and the place."""

import pytest
from tests.runtime.xml.test_encoded_reading import PLACE, enveloped, odd, read_odd

from unstringly.runtime.wire.bindings import SOAP_12
from unstringly.runtime.xml.reading import Unreadable


@pytest.mark.parametrize(
    ("content", "beside", "problem"),
    [
        ("<places href='#1'/>", "", "at Envelope/Body/odd/places: it refers to '1', which is not"),
        (
            "<places href='#1'/>",
            "<a id='1'/><a id='1'/>",
            "/places: it refers to '1', which is there tw",
        ),
        ("<places href='x.xml#1'/>", "", "/places: it refers to something outside of the message"),
        ("<places href='#1'><x/></places>", "<a id='1'/>", "/places: it refers to another element"),
        ("<places href='#1'>x</places>", "<a id='1'/>", "/places: it refers to another element"),
        ("<places href='#1'/>", "<a id='1' href='#1'/>", "/places: it refers to itself"),
        (
            "<places href='#1'/>",
            "<a id='1' href='#2'/><a id='2' href='#1'/>",
            "it refers to itself",
        ),
        (
            "<places/><value href='#1'/>",
            "<a id='1' enc:arrayType='xsd:anyType[1]'><x href='#1'/></a>",
            "/value/item[1]: it refers to an element that it is in",
        ),
        (
            "<places/><value enc:arrayType='xsd:anyType[1]' id='1'>"
            "<x><y/></x><x href='#1'/></value>",
            "",
            "/value/item[2]: it refers to an element that it is in",
        ),
        ("<places enc:offset='[2]'/>", "", "/places: it is a part of an array (soapenc:offset)"),
        ("<places><x enc:position='[2]'/></places>", "", "/places: it is an array with gaps"),
        (
            "<places enc:arrayType='t:Place[1,2]'/>",
            "",
            "/places: it is an array of more dimensions",
        ),
        ("<places e12:arraySize='1 2'/>", "", "/places: it is an array of more dimensions"),
        (
            "<places/><names enc:arrayType='t:Place[,]'/>",
            "",
            "/odd: it is an array of more dimensions",
        ),
        (
            "<places/><value enc:arrayType='y:int[1]'><x/></value>",
            "",
            "its soapenc:arrayType is not",
        ),
        ("<places><x><floor>1</floor></x><x>{0}<floor/></x></places>", "", "places/place[2]/floor"),
        (
            "<places><x>{0}</x><y><floor>b</floor></y></places>",
            "",
            "/places/place[2]/floor: 'b' is not",
        ),
        (
            "<places><x><city>b</city></x></places>",
            "",
            "/places/place[1]: it lacks the element floor",
        ),
        ("<places><x>{0}text</x></places>", "", "/place[1]: it has a text between its elements"),
        ("<places><x>text</x></places>", "", "/place[1]: it has a text between its elements"),
        ("<places><x xsi:nil='1'/></places>", "", "/odd/places/place[1]: it is nil"),
        ("<places xsi:nil='1'/>", "", "/odd/places: it is nil"),
        ("<places/><value xsi:nil='1'>x</value>", "", "/odd/value: it is nil, and is not empty"),
        ("<places/><names><b/></names>", "", "/names[1]: it has an element in it"),
        (
            "<places/><value xsi:type='y:int'>1</value>",
            "",
            "/value: the prefix in its xsi:type is not",
        ),
    ],
)
def test_what_does_not_fit_is_refused(content: str, beside: str, problem: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_odd(odd(content.format(PLACE), beside))
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ("<a/>", "it lacks the element Envelope"),
        ("<a>", "is no XML document"),
        ("", "is no XML document"),
        (f"<!DOCTYPE e:Envelope>{enveloped()}", "has a document type"),
        (enveloped(), "it lacks the element odd"),
        (enveloped().replace("e:Body", "e:Bodies"), "it lacks the element Body"),
        (enveloped("</e:Body><e:Body>"), "there is more than one Body"),
        (enveloped(soap=SOAP_12), "it lacks the element Envelope"),
        (enveloped("<a>" * 200 + "</a>" * 200), "is nested too deeply"),
    ],
)
def test_other_documents_are_refused(document: str, problem: str) -> None:
    with pytest.raises(Unreadable, match=problem):
        read_odd(document)
