"""What every generated package needs at run time: the matcher, the values, the errors.

Copied verbatim into each package as `_runtime`, so that a package stands alone.
"""
