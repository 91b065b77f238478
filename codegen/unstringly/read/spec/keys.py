"""Help for a key that the spec language does not have where it stands.

Such a key is misspelt, or belongs to another mapping. A key is suggested only if it is not there
already, and if either no key of another mapping is nearer to the word that was written, or that
word lacks only a final `s`.
"""

from collections.abc import Mapping, Sequence

from unstringly.nearest import likeness, nearest

KEYS: Mapping[str, str] = {
    "the spec": "unstringly service package wsdl document language doc line_ends types records "
    "grammars operations callbacks accept",
    "`document`": "title version date",
    "a type": "text integer decimal datetime date time enum doc excludes newtype untrusted width "
    "zeros values open form",
    "a member": "name doc",
    "a record": "fields separator padding initiator terminator doc",
    "a field": "type constant doc padding optional nil initiator terminator",
    "a list": "list separator final_separator leading trailing repeated padding doc",
    "a choice": "choice padding doc",
    "an operation": "doc section effect python_name limits parameters result null variants",
    "`limits`": "page interval retention",
    "a parameter": "type doc message python_name bound secret default fixed max_length",
    "a variant": "doc section python_name parameters",
    "a callback": "doc section form",
    "a form field": "type doc",
    "an acknowledgement": "codes reason",
}
"""The keys of each mapping. A test compares them with the tables of the readers."""

INSTEAD: Mapping[tuple[str, str], str] = {
    (
        "a type",
        "type",
    ): "the key says what it is: `text`, `integer`, `decimal`, `datetime`, `date`, "
    "`time` or `enum`",
    ("a member", "type"): "a member is a code of its enum; `name` is what Python calls it",
    ("a record", "type"): "each of its `fields` names a type: `fields: {NAME: TYPE}`",
    ("a grammar", "type"): "name what it holds: `list: [NAME]` or `choice: [NAME, NAME]`",
    (
        "an operation",
        "type",
    ): "`result` names the grammar of what it returns; types of what is sent "
    "stand below `parameters`",
    ("a variant", "type"): "types of what is sent stand below its `parameters`",
    ("a callback", "type"): "each field of its `form` names a type: `form: {NAME: TYPE}`",
}
"""Help for keys of another mapping that authors try here, by mapping and key."""


def help_for_key(key: str, what: str, left: Sequence[str]) -> str:
    """Return help for an unknown key of a mapping, which is called `what` in messages.

    `left` are the keys of the mapping that are not there yet.
    """
    if (what, key) in INSTEAD:
        return INSTEAD[what, key]
    if f"{key}s" in left:  # even if it is a key of another mapping, as `type` is
        return f"did you mean `{key}s`?"
    known = "known here: " + ", ".join(f"`{name}`" for name in left)
    owners = [owner for owner, keys in KEYS.items() if key in keys.split()]
    if owners:
        return f"`{key}` is a key of {_listed(owners)}; {known}"
    here = nearest(key, left)
    elsewhere = nearest(key, {name for keys in KEYS.values() for name in keys.split()})
    if here is not None and likeness(key, here) >= likeness(key, elsewhere):
        return f"did you mean `{here}`?"
    return known


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
