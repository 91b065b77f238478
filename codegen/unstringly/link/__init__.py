"""Linking: whether a service and its spec fit, and what each operation returns."""
