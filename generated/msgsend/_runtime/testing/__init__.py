"""Tools for tests only: a service in memory, damage, and values drawn for Hypothesis."""
