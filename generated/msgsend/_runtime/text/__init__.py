# Copied by unstringly 0.1.0. Do not edit.
"""The strings of a service: read, split, matched, recovered and written, without any network."""
