# Copied by unstringly 0.1.0. Do not edit.
"""The calls of a client: checked, paced, sent, kept in a journal, and read."""
