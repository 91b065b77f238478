# Copied by unstringly 0.1.0. Do not edit.
"""Tools for tests only: a service in memory, damage, and values drawn for Hypothesis."""
