r"""Sets of characters that patterns of XML Schema name: `\p{Lu}`, `\p{IsGreek}`, `\i`, `\c`, `\w`.

Categories are those of Unicode 3.2, which XML Schema 1.0 is nearest to and each Python has: what is
generated must not depend on the Python that generates it. Characters that came later are in no
category; `\w`, which is all but some categories, has them.
"""

from functools import cache
from unicodedata import ucd_3_2_0

from unstringly.model import charset
from unstringly.model.charset import CharSet

_CATEGORIES = {
    "L": ("Lu", "Ll", "Lt", "Lm", "Lo"),
    "M": ("Mn", "Mc", "Me"),
    "N": ("Nd", "Nl", "No"),
    "P": ("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"),
    "Z": ("Zs", "Zl", "Zp"),
    "S": ("Sm", "Sc", "Sk", "So"),
    "C": ("Cc", "Cf", "Co", "Cn"),
}

# XML Schema 1.0 part 2, appendix F.1.1
_BLOCKS = """
BasicLatin 0000-007F
Latin-1Supplement 0080-00FF
LatinExtended-A 0100-017F
LatinExtended-B 0180-024F
IPAExtensions 0250-02AF
SpacingModifierLetters 02B0-02FF
CombiningDiacriticalMarks 0300-036F
Greek 0370-03FF
Cyrillic 0400-04FF
Armenian 0530-058F
Hebrew 0590-05FF
Arabic 0600-06FF
Syriac 0700-074F
Thaana 0780-07BF
Devanagari 0900-097F
Bengali 0980-09FF
Gurmukhi 0A00-0A7F
Gujarati 0A80-0AFF
Oriya 0B00-0B7F
Tamil 0B80-0BFF
Telugu 0C00-0C7F
Kannada 0C80-0CFF
Malayalam 0D00-0D7F
Sinhala 0D80-0DFF
Thai 0E00-0E7F
Lao 0E80-0EFF
Tibetan 0F00-0FFF
Myanmar 1000-109F
Georgian 10A0-10FF
HangulJamo 1100-11FF
Ethiopic 1200-137F
Cherokee 13A0-13FF
UnifiedCanadianAboriginalSyllabics 1400-167F
Ogham 1680-169F
Runic 16A0-16FF
Khmer 1780-17FF
Mongolian 1800-18AF
LatinExtendedAdditional 1E00-1EFF
GreekExtended 1F00-1FFF
GeneralPunctuation 2000-206F
SuperscriptsandSubscripts 2070-209F
CurrencySymbols 20A0-20CF
CombiningMarksforSymbols 20D0-20FF
LetterlikeSymbols 2100-214F
NumberForms 2150-218F
Arrows 2190-21FF
MathematicalOperators 2200-22FF
MiscellaneousTechnical 2300-23FF
ControlPictures 2400-243F
OpticalCharacterRecognition 2440-245F
EnclosedAlphanumerics 2460-24FF
BoxDrawing 2500-257F
BlockElements 2580-259F
GeometricShapes 25A0-25FF
MiscellaneousSymbols 2600-26FF
Dingbats 2700-27BF
BraillePatterns 2800-28FF
CJKRadicalsSupplement 2E80-2EFF
KangxiRadicals 2F00-2FDF
IdeographicDescriptionCharacters 2FF0-2FFF
CJKSymbolsandPunctuation 3000-303F
Hiragana 3040-309F
Katakana 30A0-30FF
Bopomofo 3100-312F
HangulCompatibilityJamo 3130-318F
Kanbun 3190-319F
BopomofoExtended 31A0-31BF
EnclosedCJKLettersandMonths 3200-32FF
CJKCompatibility 3300-33FF
CJKUnifiedIdeographsExtensionA 3400-4DB5
CJKUnifiedIdeographs 4E00-9FFF
YiSyllables A000-A48F
YiRadicals A490-A4CF
HangulSyllables AC00-D7A3
PrivateUse E000-F8FF
CJKCompatibilityIdeographs F900-FAFF
AlphabeticPresentationForms FB00-FB4F
ArabicPresentationForms-A FB50-FDFF
CombiningHalfMarks FE20-FE2F
CJKCompatibilityForms FE30-FE4F
SmallFormVariants FE50-FE6F
ArabicPresentationForms-B FE70-FEFE
Specials FEFF-FEFF,FFF0-FFFD
HalfwidthandFullwidthForms FF00-FFEF
"""

NAME_STARTS = charset.from_ranges(
    (
        *((0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6)),
        *((0xF8, 0x2FF), (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F)),
        *((0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD)),
        (0x10000, 0xEFFFF),
    )
)
r"""`\i`: the characters that XML names begin with (XML 1.0, fifth edition, production 4)."""

NAME_CHARACTERS = NAME_STARTS | charset.from_ranges(
    ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))
)
r"""`\c`: the characters of XML names (production 4a)."""


def of_category(name: str) -> CharSet | None:
    """Return the characters of a category, such as `Lu` or `L`; None if there is none of the name.

    `Cn` are the characters that were not assigned in Unicode 3.2.
    """
    names = _CATEGORIES.get(name)
    if names is not None:
        return charset.from_ranges(pair for each in names for pair in _by_category()[each].ranges)
    return _by_category().get(name) if name != "Cs" else None


def block_names() -> frozenset[str]:
    """Return the names of all blocks, without `Is`."""
    return frozenset(_blocks())


def of_block(name: str) -> CharSet | None:
    """Return the characters of a block, such as `Greek`; None if there is none of the name."""
    return _blocks().get(name)


@cache
def word_characters() -> CharSet:
    r"""Return `\w`: all characters but punctuation, separators and controls."""
    others = ("P", "Z", "Cc", "Cf", "Co", "Cs")
    known = _by_category() | {name: of_category(name) or charset.NONE for name in ("P", "Z")}
    return ~charset.from_ranges(pair for name in others for pair in known[name].ranges)


@cache
def digits() -> CharSet:
    r"""Return `\d`: the decimal digits of all scripts."""
    return _by_category()["Nd"]


@cache
def _by_category() -> dict[str, CharSet]:
    """Return the characters of each category; this looks at every one, which takes a moment."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    start, current = 0, ucd_3_2_0.category("\0")
    for point in range(1, charset.LAST + 2):
        category = ucd_3_2_0.category(chr(point)) if point <= charset.LAST else ""
        if category != current:
            ranges.setdefault(current, []).append((start, point - 1))
            start, current = point, category
    return {name: CharSet(tuple(pairs)) for name, pairs in ranges.items()}


@cache
def _blocks() -> dict[str, CharSet]:
    blocks: dict[str, CharSet] = {}
    for line in _BLOCKS.split("\n")[1:-1]:
        name, _, spans = line.partition(" ")
        pairs = (span.split("-") for span in spans.split(","))
        blocks[name] = charset.from_ranges((int(a, 16), int(b, 16)) for a, b in pairs)
    return blocks
