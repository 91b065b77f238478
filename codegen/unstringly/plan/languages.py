"""Plans `languages.py`: the languages that codes have texts in; and what is said in each of them.

A sentence of our own is in a language of the spec where we have it, and in English elsewhere.
"""

from collections.abc import Mapping

from unstringly.model.languages import ENGLISH, Languages
from unstringly.plan.module import Body
from unstringly.python.build import generic
from unstringly.python.nodes import Text
from unstringly.python.statement_nodes import AnnotatedAssign, Docstring
from unstringly.python.symbols import LITERAL, TYPE_ALIAS

_CHINESE = "文档未列出的代码 "
_UNDOCUMENTED: Mapping[str, str] = {
    ENGLISH: "undocumented code ",
    **dict.fromkeys(("zh", "zh-CN", "zh-Hans", "zh-Hans-CN", "zh-Hans-SG", "zh-SG"), _CHINESE),
}


def languages_view(languages: Languages) -> Body:
    """The view of `languages.py`."""
    return Body(
        ("Language",),
        (
            AnnotatedAssign("Language", TYPE_ALIAS, generic(LITERAL, *map(Text, languages.tags))),
            Docstring("The tags (BCP 47) of the languages that the codes have texts in."),
        ),
    )


def undocumented(languages: Languages) -> dict[str, str]:
    """Return the words before a code that is not documented, by language, or else in English."""
    sentences = {tag: _UNDOCUMENTED[tag] for tag in languages.tags if tag in _UNDOCUMENTED}
    return sentences or {ENGLISH: _UNDOCUMENTED[ENGLISH]}
