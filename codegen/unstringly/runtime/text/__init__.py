"""The strings of a service: read, split, matched, recovered and written. It knows no network."""
