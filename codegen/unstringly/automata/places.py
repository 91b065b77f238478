"""A place as a language: the texts of values that it takes, whatever stands there.

What stands in a place is multiplied with it, and nothing else says what the place takes away. For
the contents of a leaf, which are a language, that is `Place.within`; for the network of a record,
a list or a whole text it is `Part.within`.
"""

from msgspec import Struct

from unstringly.automata import dfa
from unstringly.automata.dfa import Dfa
from unstringly.model.charset import Alphabet
from unstringly.model.pattern import literal


class Place(Struct, frozen=True):
    """A place in which no value contains any of `excludes` or is spelled as one of `nils`.

    In a padded place no value begins or ends with padding.
    """

    padded: bool = False
    excludes: tuple[str, ...] = ()
    nils: tuple[str, ...] = ()

    def language(self, alphabet: Alphabet) -> Dfa:
        """Return the texts that the place takes.

        The alphabet must tell apart the padding and the characters of the texts. Raises TooLarge.
        """
        language = dfa.everything(alphabet)
        if self.excludes:
            language -= dfa.containing(alphabet, self.excludes)
        if self.padded:
            language &= dfa.trimmed(alphabet)
        for nil in self.nils:
            language -= dfa.from_pattern(alphabet, literal(nil))
        return language

    def within(self, language: Dfa) -> Dfa:
        """Return the texts of a language that the place takes; raises TooLarge."""
        return language if self == ANYWHERE else language & self.language(language.alphabet)


ANYWHERE = Place()
"""The place that takes every text."""
