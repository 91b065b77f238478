"""Grammars as finite automata: languages of leaves, marked automata of whole grammars."""
