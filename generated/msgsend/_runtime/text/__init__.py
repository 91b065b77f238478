"""The strings of a service: read, split, matched, recovered and written, without any network."""
