"""Responses of `send` as programs of the time write them, all with the same two parcels."""

from typing import Final

_ENVELOPE: Final = (
    'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_ENCODED: Final = 'soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"'
_SOAPENC: Final = 'xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"'

AXIS: Final = f"""<?xml version="1.0" encoding="utf-8"?>
<soapenv:Envelope {_ENVELOPE}>
 <soapenv:Body>
  <ns1:sendResponse {_ENCODED} xmlns:ns1="urn:parcels">
   <sendReturn soapenc:arrayType="ns2:Parcel[2]" xsi:type="soapenc:Array"
     xmlns:ns2="urn:parcels:types" {_SOAPENC}>
    <sendReturn href="#id0"/>
    <sendReturn href="#id1"/>
   </sendReturn>
   <price href="#id2"/>
  </ns1:sendResponse>
  <multiRef id="id1" soapenc:root="0" {_ENCODED} xsi:type="ns3:Parcel" {_SOAPENC}
    xmlns:ns3="urn:parcels:types">
   <code xsi:type="soapenc:string">B-2</code>
   <origin href="#id3"/>
   <state href="#id4"/>
   <tags xsi:type="soapenc:Array" xsi:nil="true"/>
   <target xsi:nil="true" xsi:type="ns3:Place"/>
   <weight href="#id5"/>
  </multiRef>
  <multiRef id="id4" soapenc:root="0" {_ENCODED} xsi:type="ns4:State" {_SOAPENC}
    xmlns:ns4="urn:parcels:types">lost</multiRef>
  <multiRef id="id2" soapenc:root="0" {_ENCODED} xsi:type="xsd:double" {_SOAPENC}>7.5</multiRef>
  <multiRef id="id5" soapenc:root="0" {_ENCODED} xsi:type="xsd:double" {_SOAPENC}>0.5</multiRef>
  <multiRef id="id3" soapenc:root="0" {_ENCODED} xsi:type="ns5:Locker" {_SOAPENC}
    xmlns:ns5="urn:parcels:types">
   <city xsi:type="soapenc:string">Lima</city>
   <door xsi:type="soapenc:string">7</door>
   <floor href="#id6"/>
  </multiRef>
  <multiRef id="id6" soapenc:root="0" {_ENCODED} xsi:type="xsd:int" {_SOAPENC}>2</multiRef>
  <multiRef id="id0" soapenc:root="0" {_ENCODED} xsi:type="ns6:Parcel" {_SOAPENC}
    xmlns:ns6="urn:parcels:types">
   <code xsi:type="soapenc:string">A-1</code>
   <origin href="#id3"/>
   <state xsi:type="ns6:State">sent</state>
   <tags soapenc:arrayType="soapenc:string[2]" xsi:type="soapenc:Array">
    <tags xsi:type="soapenc:string">fragile</tags>
    <tags xsi:nil="true" xsi:type="soapenc:string"/>
   </tags>
   <target href="#id7"/>
   <weight xsi:type="xsd:double">1.25</weight>
  </multiRef>
  <multiRef id="id7" soapenc:root="0" {_ENCODED} xsi:type="ns7:Place" {_SOAPENC}
    xmlns:ns7="urn:parcels:types">
   <city xsi:nil="true" xsi:type="soapenc:string"/>
   <floor xsi:type="xsd:int">-1</floor>
  </multiRef>
 </soapenv:Body>
</soapenv:Envelope>"""
"""Axis 1.x: what is no text stands in `multiRef` elements, and the result has a name of its own."""

DOT_NET: Final = f"""<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" {_SOAPENC}
  xmlns:tns="urn:parcels" xmlns:types="urn:parcels:types"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <soap:Body soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
    <tns:sendResponse>
      <sent href="#id1" />
      <price xsi:type="xsd:double">7.5</price>
    </tns:sendResponse>
    <soapenc:Array id="id1" soapenc:arrayType="types:Parcel[2]">
      <Item href="#id2" />
      <Item href="#id3" />
    </soapenc:Array>
    <types:Parcel id="id2" xsi:type="types:Parcel">
      <code xsi:type="xsd:string">A-1</code>
      <weight xsi:type="xsd:double">1.25</weight>
      <state xsi:type="types:State">sent</state>
      <origin href="#id4" />
      <target href="#id5" />
      <tags href="#id6" />
    </types:Parcel>
    <types:Parcel id="id3" xsi:type="types:Parcel">
      <code xsi:type="xsd:string">B-2</code>
      <weight xsi:type="xsd:double">0.5</weight>
      <state xsi:type="types:State">lost</state>
      <origin href="#id4" />
    </types:Parcel>
    <types:Locker id="id4" xsi:type="types:Locker">
      <city xsi:type="xsd:string">Lima</city>
      <floor xsi:type="xsd:int">2</floor>
      <door xsi:type="xsd:string">7</door>
    </types:Locker>
    <types:Place id="id5" xsi:type="types:Place">
      <floor xsi:type="xsd:int">-1</floor>
    </types:Place>
    <soapenc:Array id="id6" soapenc:arrayType="xsd:string[2]">
      <Item>fragile</Item>
      <Item xsi:nil="true" />
    </soapenc:Array>
  </soap:Body>
</soap:Envelope>"""
""".NET: each object and each array is a sibling of the response, and what is null is left out."""

GSOAP: Final = """<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:parcels" xmlns:t="urn:parcels:types">
 <SOAP-ENV:Body SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"
 ><p:sendResponse><sent xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="t:Parcel[2]"
 ><item xsi:type="t:Parcel"><code xsi:type="xsd:string">A-1</code
 ><weight xsi:type="xsd:double">1.25</weight><state xsi:type="t:State">sent</state
 ><origin href="#_1"/><target xsi:type="t:Place"><floor xsi:type="xsd:int">-1</floor></target
 ><tags xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[2]"><item>fragile</item
 ><item xsi:nil="true"/></tags></item><item xsi:type="t:Parcel"
 ><code xsi:type="xsd:string">B-2</code><weight xsi:type="xsd:double">0.5</weight
 ><state xsi:type="t:State">lost</state><origin id="_1" xsi:type="t:Locker"
 ><city xsi:type="xsd:string">Lima</city><floor xsi:type="xsd:int">2</floor
 ><door xsi:type="xsd:string">7</door></origin></item></sent
 ><price xsi:type="xsd:double">7.5</price></p:sendResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>"""
"""gSOAP: types are told in place, and the second use of a struct refers to the first one."""

PHP: Final = """<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" \
xmlns:ns1="urn:parcels" xmlns:ns2="urn:parcels:types" \
xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" \
xmlns:xsd="http://www.w3.org/2001/XMLSchema" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body>\
<ns1:sendResponse><return SOAP-ENC:arrayType="ns2:Parcel[2]" xsi:type="ns2:Parcels">\
<item xsi:type="ns2:Parcel"><code xsi:type="xsd:string">A-1</code>\
<weight xsi:type="xsd:float">1.25</weight><state xsi:type="xsd:string">sent</state>\
<origin xsi:type="ns2:Locker" id="ref1"><city xsi:type="xsd:string">Lima</city>\
<floor xsi:type="xsd:string">2</floor><door xsi:type="xsd:string">7</door></origin>\
<target xsi:type="ns2:Place"><city xsi:nil="true"/><floor xsi:type="xsd:int">-1</floor></target>\
<tags SOAP-ENC:arrayType="xsd:ur-type[2]" xsi:type="ns2:Tags">\
<item xsi:type="xsd:string">fragile</item><item xsi:nil="true"/></tags></item>\
<item xsi:type="ns2:Parcel"><code xsi:type="xsd:string">B-2</code>\
<weight xsi:type="xsd:float">0.5</weight><state xsi:type="xsd:string">lost</state>\
<origin href="#ref1"/><target xsi:nil="true"/><tags xsi:nil="true"/></item></return>\
<price xsi:type="xsd:float">7.5</price></ns1:sendResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
"""
"""PHP: one line, and types that are nearly those of the schema."""

APACHE: Final = """<?xml version='1.0' encoding='UTF-8'?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
  xmlns:xsi="http://www.w3.org/1999/XMLSchema-instance"
  xmlns:xsd="http://www.w3.org/1999/XMLSchema">
<SOAP-ENV:Body>
<ns1:sendResponse xmlns:ns1="urn:parcels"
  SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
<return xmlns:ns2="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns3="urn:parcels:types"
  xsi:type="ns2:Array" ns2:arrayType="ns3:Parcel[2]">
<item xsi:type="ns3:Parcel">
<code xsi:type="xsd:string">A-1</code><weight xsi:type="xsd:double">1.25</weight>
<state xsi:type="xsd:string">sent</state>
<origin xsi:type="ns3:Locker"><city xsi:type="xsd:string">Lima</city>
<floor xsi:type="xsd:int">2</floor><door xsi:type="xsd:string">7</door></origin>
<target xsi:type="ns3:Place"><city xsi:type="xsd:string" xsi:null="1"/>
<floor xsi:type="xsd:int">-1</floor></target>
<tags xsi:type="ns2:Array" ns2:arrayType="xsd:string[2]">
<item xsi:type="xsd:string">fragile</item><item xsi:type="xsd:string" xsi:null="true"/></tags>
</item>
<item xsi:type="ns3:Parcel">
<code xsi:type="xsd:string">B-2</code><weight xsi:type="xsd:double">0.5</weight>
<state xsi:type="xsd:string">lost</state>
<origin xsi:type="ns3:Locker"><city xsi:type="xsd:string">Lima</city>
<floor xsi:type="xsd:int">2</floor><door xsi:type="xsd:string">7</door></origin>
<target xsi:type="ns3:Place" xsi:null="1"/><tags xsi:type="ns2:Array" xsi:null="1"/>
</item>
</return>
<price xsi:type="xsd:double">7.5</price>
</ns1:sendResponse>
</SOAP-ENV:Body>
</SOAP-ENV:Envelope>
"""
"""Apache SOAP 2.x: the XML Schema of 1999, in which an element is `null`, and never a reference."""

RESPONSES: Final = {
    "Axis": AXIS,
    ".NET": DOT_NET,
    "gSOAP": GSOAP,
    "PHP": PHP,
    "Apache SOAP": APACHE,
}

AXIS_FAULT: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope {_ENVELOPE}>
 <soapenv:Body>
  <soapenv:Fault>
   <faultcode>soapenv:Server.userException</faultcode>
   <faultstring>no such parcel</faultstring>
   <detail>
    <ns1:fault href="#id0" xmlns:ns1="urn:parcels"/>
    <ns2:exceptionName xmlns:ns2="http://xml.apache.org/axis/">parcels.Lost</ns2:exceptionName>
   </detail>
  </soapenv:Fault>
  <multiRef id="id0" soapenc:root="0" {_ENCODED} xsi:type="ns3:Lost" {_SOAPENC}
    xmlns:ns3="urn:parcels:types">
   <code xsi:type="soapenc:string">A-1</code>
   <faultstring xsi:type="soapenc:string">another text</faultstring>
  </multiRef>
 </soapenv:Body>
</soapenv:Envelope>"""
"""A fault of Axis, whose detail stands beside it."""
