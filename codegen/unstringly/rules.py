"""The table of all rules, by code: what `unstringly explain` knows."""

from unstringly import link_rules
from unstringly.check import table
from unstringly.diagnostics import Rule
from unstringly.read import emulator_file, patterns, spec, wsdl

_FAMILIES = (
    emulator_file.RULES,
    spec.RULES,
    patterns.RULES,
    wsdl.RULES,
    link_rules.RULES,
    table.RULES,
)

ALL: dict[str, Rule] = {
    rule.code: rule for rule in sorted((r for f in _FAMILIES for r in f), key=lambda r: r.code)
}
