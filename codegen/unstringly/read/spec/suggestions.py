"""Help for a key that the spec language does not have where it stands.

Such a key is misspelt, or belongs to another mapping. A key is suggested only if it is not there
already, and if either no key of another mapping is nearer to the word that was written, or that
word lacks only a final `s`.
"""

from collections.abc import Mapping, Sequence

from unstringly.kinds.table import KEYS
from unstringly.nearest import likeness, nearest
from unstringly.read.spec.keys import TABLES

_LEAVES = ", ".join(f"`{kind.key.name}`" for kind in KEYS[:-1])

INSTEAD: Mapping[tuple[str, str], str] = {
    (
        "a type",
        "type",
    ): f"the key says what it is: {_LEAVES} or `{KEYS[-1].key.name}`",
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


def help_for_key(key: str, subject: str, absent: Sequence[str]) -> str:
    """Return help for an unknown key of a mapping, which is called `subject` in messages.

    `absent` are the keys of the mapping that are not there yet.
    """
    if (subject, key) in INSTEAD:
        return INSTEAD[subject, key]
    if f"{key}s" in absent:  # even if it is a key of another mapping, as `type` is
        return f"did you mean `{key}s`?"
    known = "known here: " + ", ".join(f"`{name}`" for name in absent)
    owners = [table.called for table in TABLES.values() if key in table.names]
    if owners:
        return f"`{key}` is a key of {_listed(owners)}; {known}"
    close = nearest(key, absent)
    elsewhere = nearest(key, {name for table in TABLES.values() for name in table.names})
    if close is not None and likeness(key, close) >= likeness(key, elsewhere):
        return f"did you mean `{close}`?"
    return known


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
