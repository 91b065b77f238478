"""The names of the components of XML Schema.

An anonymous type is named by where it stands: `way` leads to it from a global component.

    the type of the global element Order          Order  ":type"
    that of the element Line within               Order  ":type" "Line"
    that of its attribute currency                Order  ":type" "Line" "@currency"
    that of a second element Line there           Order  ":type" "Line#2"
    item of a list, second member of a union      Codes  ":item"     Codes  ":member#2"

An element that no schema declares has a `way` too if it is never on the wire: the parameters of an
HTTP request make one for each binding.

    parameters of GetRate over the binding RateGet      GetRate  ":RateGet"
    the type of that element                            GetRate  ":RateGet" ":type"

The parts of a message in document style make one too, if there are several.

    the parts of the message Trades                     Trades   ":body"

So has an element of rpc style, if another operation has one of its name too.

    the request Say of the operation Admin.Say          Say  "#Admin.Say"
"""

from typing import Literal, TypeAlias

from msgspec import Struct

XSD = "http://www.w3.org/2001/XMLSchema"

Kind: TypeAlias = Literal["type", "element", "attribute", "group", "attribute group"]
"""The symbol spaces of XML Schema: each has names of its own (part 1, section 2.5)."""


PARTS_OF_BODY = ":body"
"""The way of an element that is made of the parts of a message in document style."""


class ComponentName(Struct, frozen=True):
    """The name of a component: of a global one if `way` is empty, else of what has no name.

    `kind`, `namespace` and `local` are those of the global component.
    """

    kind: Kind
    namespace: str
    local: str
    way: tuple[str, ...] = ()

    @property
    def is_spread(self) -> bool:
        """Say whether this is an element whose content is the body of a message by itself."""
        return self.way == (PARTS_OF_BODY,)

    @property
    def is_unsent(self) -> bool:
        """Say whether this is an element that is never on the wire."""
        return self.kind == "element" and bool(self.way) and not self.is_second

    @property
    def is_second(self) -> bool:
        """Say whether this is an element whose name another one has on the wire too."""
        return self.kind == "element" and len(self.way) == 1 and self.way[0].startswith("#")


ANY_TYPE = ComponentName("type", XSD, "anyType")
ANY_SIMPLE_TYPE = ComponentName("type", XSD, "anySimpleType")
