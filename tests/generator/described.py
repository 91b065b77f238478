"""What is compared of values and exceptions, in whatever process: all that they show."""

SHOWN = ("raw", "received", "headers", "args", "malformed", "replies", "status")


def described(thing: object) -> str:
    """A thing, its text, and those of its attributes that programs look at."""
    pieces: object = getattr(thing, "pieces", str)()
    shown = (getattr(thing, name, None) for name in SHOWN)
    return repr((type(thing).__name__, thing, str(thing), pieces, *shown))
