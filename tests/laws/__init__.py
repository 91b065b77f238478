"""The laws of DESIGN, section 1, tested for every shipped format and for random grammars."""
