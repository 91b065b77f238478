"""The days of a calendar without end, whose years Python's dates do not have."""


def days_before(year: int, month: int) -> int:
    """Return the days from 0000-03-01 to the first of a month; less than 0 before it."""
    year -= month <= 2
    months = (month - 3) % 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * months + 2) // 5
