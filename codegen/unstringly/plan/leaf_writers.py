"""Plans how formatters write leaves: a call for each, and a function for each enum."""

from unstringly.model.grammar import DateType, DecimalType, EnumType, IntegerType, Type
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards
from unstringly.plan.imports import Imports
from unstringly.plan.layout import head
from unstringly.plan.module import Function
from unstringly.plan.vocabulary import Definitions, as_leaf, constant, function, unknown


class LeafWriters:
    """The expressions that write leaves in one module; `tables` are the constants they need."""

    def __init__(self, definitions: Definitions, guards: Guards, imports: Imports) -> None:
        self.definitions = definitions
        self.guards = guards
        self.imports = imports
        self.tables: list[str] = []

    def runtime(self, name: str) -> str:
        """A function of the runtime's module of forms."""
        return self.imports.name("._runtime.text.forms", name)

    def enum(self, leaf: EnumType) -> Function:
        """The function that writes a code."""
        known = self.imports.name(".types", leaf.name)
        wrong = self.runtime("wrong_type")
        if leaf.form is None:
            return Function(
                f"def _{function(leaf)}(field: str, code: {known}) -> str:",
                "",
                (
                    "match code:",
                    f"    case {known}():",
                    "        return str(code.value)",
                    "    case _:",
                    f'        raise {wrong}(field, code, "{known}")',
                ),
            )
        other = self.imports.name(".types", unknown(leaf))
        self.imports.name("._runtime.text.forms", "Form")
        table = f"_{constant(leaf)}"
        self.tables.append(f"{table} = frozenset(str(code.value) for code in {known})")
        return Function(
            head(
                f"_{function(leaf)}",
                ["form: Form", "field: str", f"code: {known} | {other}"],
                "str",
            ),
            "",
            (
                "match code:",
                f"    case {known}():",
                "        return str(code.value)",
                f"    case {other}(text):",
                f"        return {self.runtime('write_unknown')}(form, field, text, {table})",
                "    case _:",
                f'        raise {wrong}(field, code, "{known} or {other}")',
            ),
        )

    def call(self, use: Use, field: str, value: str) -> str:
        """The call that writes a leaf; `field` is a literal or the name of a variable."""
        leaf = as_leaf(self.definitions[use.type])
        if not (isinstance(leaf, EnumType) and leaf.form is None):
            self.imports.name(".", "tables")
        if isinstance(leaf, DateType):
            return f"tables.{constant(leaf)}_FORM.write_{leaf.calendar.value}({field}, {value})"
        if isinstance(leaf, EnumType) and leaf.form is None:
            return f"_{function(leaf)}({field}, {value})"
        form = f"tables.{self.guards.names[use]}"
        if isinstance(leaf, EnumType):
            return f"_{function(leaf)}({form}, {field}, {value})"
        return self._checked(leaf, form, field, value)

    def _checked(self, leaf: Type, form: str, field: str, value: str) -> str:
        match leaf:
            case IntegerType(width=width):
                more = f", {width}" if width else ""
                return f"{self.runtime('write_integer')}({form}, {field}, {value}{more})"
            case DecimalType(width=width):
                more = f", {width}" if width else ""
                return f"{self.runtime('write_decimal')}({form}, {field}, {value}{more})"
            case _:
                return f"{self.runtime('write_text')}({form}, {field}, {value})"
