"""Plans `errors.py`: the package's exceptions under one base, and `expect` for who likes them."""

from unstringly.model.contract import Contract
from unstringly.plan.imports import Imports, in_order
from unstringly.plan.rejections import rejection_types
from unstringly.plan.vocabulary import error_base

_EXCEPTIONS = "._runtime.errors.exceptions"
_RAISED = (
    "MalformedResponse",
    "ServiceFault",
    "Unwritable",
    "IncompleteResponse",
    "InvalidParameter",
    "JournalFailed",
    "NotSent",
    "OutcomeUnknown",
    "TooSoon",
)


def errors_view(contract: Contract) -> dict[str, object]:
    """The view of `errors.py`."""
    base = error_base(contract)
    imports = Imports()
    own = [imports.name(_EXCEPTIONS, name) for name in _RAISED]
    imports.name(_EXCEPTIONS, "ServiceError")
    types = rejection_types(contract, imports)
    known = {each.name for each in contract.definitions.values()}
    unlisted = " | ".join(name for name in types if name not in known)
    codes = " | ".join(types)
    functions: list[str] = []
    if codes:
        imports.name("typing", "TypeVar")
        own.append("Rejected")
        functions.append("expect")
    return {
        "base": base,
        "imports": imports.lines(renamed={"ServiceError": base}),
        "codes": codes,
        "unlisted": unlisted,
        "own": sorted(own),
        "names": in_order([base, *own, *functions]),
    }
