"""The checks of a contract beyond its links: one family of rules in each module."""
