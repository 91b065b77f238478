"""Schemas of standards that a WSDL may use without having them at hand.

Only what real WSDLs use is declared here: SOAP's encoding, WS-Addressing, references to
attachments, media types of binary content, the attributes of XML itself, and the
element of an inline schema, which DataSets have. If the WSDL has a document of such a namespace,
what that declares comes first.
"""

from typing import Final

from unstringly.model.schema_names import XSD
from unstringly.read.schema.vintages import XML

SOAP_ENCODING: Final = "http://schemas.xmlsoap.org/soap/encoding/"
_SOAP12_ENCODING = "http://www.w3.org/2003/05/soap-encoding"
_ADDRESSING = "http://www.w3.org/2005/08/addressing"
_REFERENCE = "http://schemas.xmlsoap.org/ws/2002/04/reference/"
_MEDIA = "http://www.w3.org/2005/05/xmlmime"

_SCALARS = """
    string boolean decimal float double duration dateTime time date gYearMonth gYear gMonthDay gDay
    gMonth hexBinary base64Binary anyURI QName normalizedString token language NMTOKEN Name NCName
    ID IDREF integer nonPositiveInteger negativeInteger long int short byte nonNegativeInteger
    unsignedLong unsignedInt unsignedShort unsignedByte positiveInteger
"""


def _schema(namespace: str, content: str) -> str:
    own = "" if namespace == XML else f'xmlns:t="{namespace}"'  # that one may have no other prefix
    return f"""<xs:schema xmlns:xs="{XSD}" {own} targetNamespace="{namespace}"
        elementFormDefault="qualified">{content}</xs:schema>"""


def _scalar(name: str, base: str) -> str:
    return f'<xs:simpleType name="{name}"><xs:restriction base="xs:{base}"/></xs:simpleType>'


_COMMON = """
<xs:attributeGroup name="commonAttributes">
    <xs:attribute name="id" type="xs:ID"/>
    <xs:attribute name="href" type="xs:anyURI"/>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
</xs:attributeGroup>
"""

_SOAP = f"""
<xs:attribute name="arrayType" type="xs:string"/>
<xs:attribute name="offset" type="xs:string"/>
<xs:attribute name="position" type="xs:string"/>
<xs:attribute name="root" type="xs:boolean"/>
<xs:attributeGroup name="arrayAttributes">
    <xs:attribute ref="t:arrayType"/>
    <xs:attribute ref="t:offset"/>
</xs:attributeGroup>
{_COMMON}
<xs:complexType name="Array">
    <xs:sequence>
        <xs:any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
    </xs:sequence>
    <xs:attributeGroup ref="t:arrayAttributes"/>
    <xs:attributeGroup ref="t:commonAttributes"/>
</xs:complexType>
<xs:complexType name="Struct">
    <xs:sequence>
        <xs:any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
    </xs:sequence>
    <xs:attributeGroup ref="t:commonAttributes"/>
</xs:complexType>
{"".join(_scalar(name, name) for name in _SCALARS.split())}
{_scalar("base64", "base64Binary")}
"""

_SOAP12 = """
<xs:attributeGroup name="commonAttributes">
    <xs:attribute name="id" type="xs:ID"/>
    <xs:attribute name="ref" type="xs:IDREF"/>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
</xs:attributeGroup>
"""


def _addressed(name: str, base: str) -> str:
    return f"""<xs:complexType name="{name}"><xs:simpleContent><xs:extension base="xs:{base}">
        <xs:anyAttribute namespace="##other" processContents="lax"/>
    </xs:extension></xs:simpleContent></xs:complexType>"""


def _bag(name: str) -> str:
    return f"""<xs:complexType name="{name}"><xs:sequence>
        <xs:any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
    </xs:sequence><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>"""


_ADDRESSES = f"""
{_addressed("AttributedURIType", "anyURI")}
{_addressed("AttributedQNameType", "QName")}
{_addressed("AttributedUnsignedLongType", "unsignedLong")}
{_bag("ReferenceParametersType")}
{_bag("MetadataType")}
<xs:complexType name="EndpointReferenceType"><xs:sequence>
    <xs:element name="Address" type="t:AttributedURIType"/>
    <xs:element ref="t:ReferenceParameters" minOccurs="0"/>
    <xs:element ref="t:Metadata" minOccurs="0"/>
    <xs:any namespace="##other" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
</xs:sequence><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
<xs:complexType name="RelatesToType"><xs:simpleContent><xs:extension base="xs:anyURI">
    <xs:attribute name="RelationshipType" type="xs:anyURI" use="optional"
        default="http://www.w3.org/2005/08/addressing/reply"/>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
</xs:extension></xs:simpleContent></xs:complexType>
<xs:complexType name="ProblemActionType"><xs:sequence>
    <xs:element ref="t:Action" minOccurs="0"/>
    <xs:element name="SoapAction" minOccurs="0" type="xs:anyURI"/>
</xs:sequence><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
<xs:element name="EndpointReference" type="t:EndpointReferenceType"/>
<xs:element name="ReferenceParameters" type="t:ReferenceParametersType"/>
<xs:element name="Metadata" type="t:MetadataType"/>
<xs:element name="MessageID" type="t:AttributedURIType"/>
<xs:element name="RelatesTo" type="t:RelatesToType"/>
<xs:element name="ReplyTo" type="t:EndpointReferenceType"/>
<xs:element name="From" type="t:EndpointReferenceType"/>
<xs:element name="FaultTo" type="t:EndpointReferenceType"/>
<xs:element name="To" type="t:AttributedURIType"/>
<xs:element name="Action" type="t:AttributedURIType"/>
<xs:element name="RetryAfter" type="t:AttributedUnsignedLongType"/>
<xs:element name="ProblemHeaderQName" type="t:AttributedQNameType"/>
<xs:element name="ProblemIRI" type="t:AttributedURIType"/>
<xs:element name="ProblemAction" type="t:ProblemActionType"/>
<xs:attribute name="IsReferenceParameter" type="xs:boolean"/>
"""


def _medium(base: str) -> str:
    return f"""<xs:complexType name="{base}"><xs:simpleContent><xs:extension base="xs:{base}">
        <xs:attribute ref="t:contentType"/>
    </xs:extension></xs:simpleContent></xs:complexType>"""


_MEDIA_TYPES = f"""
<xs:attribute name="contentType">
    <xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="3"/></xs:restriction>
    </xs:simpleType>
</xs:attribute>
<xs:attribute name="expectedContentTypes" type="xs:string"/>
{_medium("base64Binary")}
{_medium("hexBinary")}
"""

_REFERENCE_ATTRIBUTES = '<xs:attribute name="location" type="xs:anyURI"/>'

_XML_ATTRIBUTES = """
<xs:attribute name="lang"><xs:simpleType><xs:union memberTypes="xs:language">
    <xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value=""/></xs:restriction>
    </xs:simpleType></xs:union></xs:simpleType></xs:attribute>
<xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:NCName">
    <xs:enumeration value="default"/><xs:enumeration value="preserve"/></xs:restriction>
    </xs:simpleType></xs:attribute>
<xs:attribute name="base" type="xs:anyURI"/>
<xs:attribute name="id" type="xs:ID"/>
"""

KNOWN: Final = {
    SOAP_ENCODING: _schema(SOAP_ENCODING, _SOAP),
    _SOAP12_ENCODING: _schema(_SOAP12_ENCODING, _SOAP12),
    _ADDRESSING: _schema(_ADDRESSING, _ADDRESSES),
    _REFERENCE: _schema(_REFERENCE, _REFERENCE_ATTRIBUTES),
    _MEDIA: _schema(_MEDIA, _MEDIA_TYPES),
    XML: _schema(XML, _XML_ATTRIBUTES),
    XSD: _schema(XSD, '<xs:element name="schema" type="xs:anyType"/>'),
}
"""The texts of schema documents, by their namespaces."""
