"""The table of all rules by code, which `unstringly explain` prints."""

from itertools import chain

from unstringly.check import table
from unstringly.diagnostics import Rule
from unstringly.link import rules as linking
from unstringly.read import addresses, emulator_file, samples
from unstringly.read.patterns import reader as patterns
from unstringly.read.spec import reader as spec
from unstringly.read.wsdl import reader as wsdl
from unstringly.shapes import service as shapes

_FAMILIES = (
    emulator_file.RULES,
    spec.RULES,
    patterns.RULES,
    wsdl.RULES,
    addresses.RULES,
    samples.RULES,
    shapes.RULES,
    linking.RULES,
    table.RULES,
)

ALL: dict[str, Rule] = {
    rule.code: rule for rule in sorted(chain.from_iterable(_FAMILIES), key=lambda rule: rule.code)
}
