"""Language tags of BCP 47, as a spec names the languages of its texts.

A tag is a language, and where it matters a script, a region and variants: `en`, `pt-BR`,
`zh-Hant-TW`, `de-CH-1996`. Upper and lower case are as in the registry, so that a language has one
spelling. Extensions (`-u-…`) and private subtags (`-x-…`) are not taken.
"""

import re

from unstringly.nearest import nearest

_TAG = re.compile(
    "(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?"
    "(?:-(?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    "(?P<variants>(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)

_ISO_639_1 = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"""
_TWO_LETTERS = frozenset(_ISO_639_1.split())

_OFTEN_MEANT = {
    "cn": "zh",
    "jp": "ja",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "ua": "uk",
    "vn": "vi",
    "english": "en",
    "chinese": "zh",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "portuguese": "pt",
    "russian": "ru",
    "japanese": "ja",
    "korean": "ko",
    "italian": "it",
}
"""Countries and names that are written where the tag of a language belongs."""


def usual_tag(text: str) -> str | None:
    """Return a tag in its usual upper and lower case; None for a text that is no tag."""
    match = _TAG.fullmatch(text)
    if match is None:
        return None
    language = match["language"].lower()
    if len(language) == len("en") and language not in _TWO_LETTERS:
        return None
    script, region = match["script"] or "", match["region"] or ""
    head = "-".join(filter(None, (language, script.title(), region.upper())))
    return head + match["variants"].lower()


def tag_meant(text: str) -> str | None:
    """Return the tag that a text was probably meant to be; None if it is like none."""
    low = text.lower().replace("_", "-")
    close = nearest(low, _OFTEN_MEANT)
    return usual_tag(low) or _OFTEN_MEANT.get(low) or (_OFTEN_MEANT[close] if close else None)
