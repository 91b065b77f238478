"""Numbers with their nouns."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 operation`, `2 operations`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
