"""From the text of a pattern to a Pattern: a regular subset of Python's regular expressions."""
