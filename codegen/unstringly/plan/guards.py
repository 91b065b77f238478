"""Which lexical forms the formatters check, and what their tables are called.

One type can have several: a padded field does not begin or end with padding, a field with a
nil spelling cannot hold that text as a value. Where they are the same language they share a
table.
"""

from dataclasses import dataclass

from unstringly.automata.dfa import Dfa
from unstringly.automata.leaves import form_language, form_of
from unstringly.model.contract import Contract, whole_texts
from unstringly.model.grammar import (
    ChoiceGrammar,
    DateType,
    EnumType,
    Form,
    ListGrammar,
    Record,
)
from unstringly.plan.vocabulary import as_leaf, constant, is_leaf


@dataclass(frozen=True, slots=True)
class Use:
    """A type in a place: padded or not, with or without a spelling of None."""

    type: str
    padded: bool
    nil: str | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """A form's table: its name, the language and how messages describe it.

    `nil` is a text of the form that means None in this place; `padded` says that texts of the form
    are missing because they begin or end with padding.
    """

    name: str
    language: Dfa
    form: Form
    nil: str | None
    padded: bool


@dataclass(frozen=True, slots=True)
class Guards:
    """The tables, in the order of the spec, and the table of each use."""

    tables: tuple[Guard, ...]
    names: dict[Use, str]


def uses_of(contract: Contract, used: tuple[str, ...]) -> list[Use]:
    """The places of leaves in these definitions, each once."""
    uses: dict[Use, None] = {}
    for name in used:
        definition = contract.definitions[name]
        match definition:
            case Record():
                for field in definition.fields:
                    uses[Use(field.type, field.padded, field.nil)] = None
            case ListGrammar(items=items, padded=padded):
                uses.update({Use(item, padded): None for item in items})
            case ChoiceGrammar(alternatives=alternatives, padded=padded):
                uses.update({Use(each, padded): None for each in alternatives})
            case _:
                pass
    results = frozenset(whole_texts(contract))
    uses.update({Use(name, padded=False): None for name in used if name in results})
    return [use for use in uses if is_leaf(contract.definitions[use.type])]


def guards_of(contract: Contract, used: tuple[str, ...], sent: tuple[Use, ...]) -> Guards:
    """The guards of everything that these definitions write, and of what is sent."""
    uses = list(dict.fromkeys((*uses_of(contract, used), *sent)))
    return _guards(contract, [use for use in uses if _is_guarded(contract, use)])


def _is_guarded(contract: Contract, use: Use) -> bool:
    """Dates exist or do not, and closed codes are written from a list: neither needs a table."""
    definition = contract.definitions[use.type]
    if isinstance(definition, DateType):
        return False
    return not (isinstance(definition, EnumType) and definition.form is None)


def _guards(contract: Contract, uses: list[Use]) -> Guards:
    tables: dict[str, Guard] = {}
    of_type: dict[str, list[Guard]] = {}
    names: dict[Use, str] = {}
    order = {name: number for number, name in enumerate(contract.definitions)}
    for use in sorted(uses, key=lambda use: order[use.type]):
        leaf = as_leaf(contract.definitions[use.type])
        form = form_of(leaf)
        language = form_language(form, contract.spec.line_ends, padded=use.padded, nil=use.nil)
        stem = f"{constant(leaf)}_FORM"
        guards = of_type.setdefault(stem, [])
        guard = next((each for each in guards if each.language == language), None)
        if guard is None:
            name = _free(tables, f"{stem}_TRIMMED" if use.padded and stem in tables else stem)
            line_ends = contract.spec.line_ends
            anywhere = form_language(form, line_ends, padded=False, nil=use.nil)
            takes_nil = use.nil is not None and form_language(
                form, line_ends, padded=use.padded, nil=None
            ).accepts(use.nil)
            guard = tables[name] = Guard(
                name,
                language,
                form,
                nil=use.nil if takes_nil else None,
                padded=use.padded and language != anywhere,
            )
            guards.append(guard)
        names[use] = guard.name
    return Guards(tuple(tables.values()), names)


def _free(tables: dict[str, Guard], name: str) -> str:
    """The name, or the name with the first number that is free: one type in several places."""
    candidate, number = name, 2
    while candidate in tables:
        candidate, number = f"{name}_{number}", number + 1
    return candidate
