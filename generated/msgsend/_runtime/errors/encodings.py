# Copied by unstringly 0.1.0. Do not edit.
"""Python's names of the two charsets that are more than one label among many here."""

from typing import Final

UTF_8: Final = "utf-8"
GB: Final = "gb18030"
"""GB 18030, which contains GB 2312 and GBK: texts with these labels often hold more."""
