"""How a service writes its numbers, where that is not as Python does."""

from msgspec import Struct


class Notation(Struct, frozen=True):
    """The spelling of numbers: `1.234,50 EUR` for 1234.50.

    `point` stands before the fraction. `thousands` stands between groups of three digits; it is
    empty where there are no groups. The last `implied` digits are decimal places, and there is no
    point then. One of `units` stands behind each number, and the first is written; it may be empty.
    """

    point: str = "."
    thousands: str = ""
    implied: int = 0
    units: tuple[str, ...] = ("",)

    def ungrouped(self, text: str) -> str:
        """Return a number without what stands between its groups."""
        return text.replace(self.thousands, "") if self.thousands else text

    def grouped(self, text: str) -> str:
        """Return a number of this notation with its whole digits in groups of three."""
        if not self.thousands:
            return text
        unsigned = text.lstrip("+-")
        sign = text.removesuffix(unsigned)
        whole, point, fraction = unsigned.partition(self.point)
        first = len(whole) % 3 or 3
        groups = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
        return f"{sign}{self.thousands.join(groups)}{point}{fraction}"


AS_PYTHON = Notation()
"""The notation of `int()` and `Decimal()`."""
