"""A WSDL and schemas with every construct that is read, to be taken apart and damaged."""

WSDL = """<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:t"
    xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">
  <w:types>
    <s:schema targetNamespace="urn:t" xmlns:o="urn:o" elementFormDefault="qualified"
        xmlns:e="http://schemas.xmlsoap.org/soap/encoding/">
      <s:import namespace="urn:o" schemaLocation="other.xsd"/>
      <s:import namespace="http://schemas.xmlsoap.org/soap/encoding/"/>
      <s:include schemaLocation="chameleon.xsd"/>
      <s:simpleType name="Code">
        <s:annotation><s:documentation>A code.</s:documentation></s:annotation>
        <s:restriction base="s:string">
          <s:enumeration value="A"/><s:enumeration value="B"/><s:maxLength value="3"/>
          <s:pattern value="[A-Z]+"/><s:whiteSpace value="collapse"/>
        </s:restriction>
      </s:simpleType>
      <s:simpleType name="Codes"><s:list itemType="t:Code"/></s:simpleType>
      <s:simpleType name="Mixed">
        <s:union memberTypes="t:Code s:int">
          <s:simpleType><s:restriction base="s:decimal"><s:totalDigits value="4"/>
            <s:minInclusive value="0"/></s:restriction></s:simpleType>
        </s:union>
      </s:simpleType>
      <s:complexType name="Price">
        <s:simpleContent><s:extension base="s:decimal">
          <s:attribute name="currency" type="t:Code" use="required"/>
          <s:attributeGroup ref="t:Common"/>
        </s:extension></s:simpleContent>
      </s:complexType>
      <s:complexType name="SmallPrice">
        <s:simpleContent><s:restriction base="t:Price">
          <s:maxInclusive value="10"/><s:attribute name="currency" use="prohibited"/>
        </s:restriction></s:simpleContent>
      </s:complexType>
      <s:attributeGroup name="Common">
        <s:attribute ref="xml:lang"/><s:attribute ref="t:scale"/>
        <s:anyAttribute namespace="##other" processContents="lax"/>
      </s:attributeGroup>
      <s:attribute name="scale" type="s:int" default="2"/>
      <s:group name="Lines">
        <s:sequence>
          <s:element name="line" maxOccurs="unbounded" nillable="true">
            <s:complexType><s:all>
              <s:element name="price" type="t:Price" minOccurs="0"/>
              <s:element name="code"><s:simpleType><s:restriction base="t:Code"/></s:simpleType>
              </s:element>
            </s:all></s:complexType>
          </s:element>
          <s:group ref="t:Rest" minOccurs="0"/>
        </s:sequence>
      </s:group>
      <s:group name="Rest"><s:choice maxOccurs="3">
        <s:element ref="t:note"/><s:any namespace="##local urn:z" processContents="skip"/>
        <s:sequence><s:element name="gone" type="s:int" maxOccurs="0"/></s:sequence>
      </s:choice></s:group>
      <s:complexType name="Base" abstract="true">
        <s:sequence><s:element name="id" type="s:ID" form="unqualified"/></s:sequence>
      </s:complexType>
      <s:complexType name="Order" mixed="true">
        <s:complexContent mixed="false"><s:extension base="t:Base">
          <s:sequence><s:group ref="t:Lines"/><s:element name="next" type="t:Order" minOccurs="0"/>
            <s:element ref="o:thing"/></s:sequence>
          <s:attribute name="state" type="t:Codes" default="A"/>
        </s:extension></s:complexContent>
      </s:complexType>
      <s:complexType name="ArrayOfOrder">
        <s:complexContent><s:restriction base="e:Array">
          <s:attribute ref="e:arrayType" w:arrayType="t:Order[,][]"/>
        </s:restriction></s:complexContent>
      </s:complexType>
      <s:element name="note" type="s:string" abstract="true"/>
      <s:element name="memo" substitutionGroup="t:note" nillable="true"/>
      <s:element name="order" type="t:Order"/>
      <s:element name="anything"/>
      <s:element name="included" type="t:Adopted"/>
    </s:schema>
  </w:types>
</w:definitions>
"""

OTHER = """<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o"
    xmlns:o="urn:o" xmlns:t="urn:t">
  <s:import namespace="urn:t" schemaLocation="all.wsdl"/>
  <s:element name="thing">
    <s:complexType><s:sequence>
      <s:element name="price" type="t:Price"/><s:element ref="o:thing" minOccurs="0"/>
    </s:sequence></s:complexType>
  </s:element>
</s:schema>
"""

CHAMELEON = """<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema">
  <s:include schemaLocation="chameleon.xsd"/>
  <s:complexType name="Adopted">
    <s:sequence><s:element name="child" type="Adopted" minOccurs="0"/></s:sequence>
  </s:complexType>
</s:schema>
"""

FILES = {"all.wsdl": WSDL, "other.xsd": OTHER, "chameleon.xsd": CHAMELEON}
