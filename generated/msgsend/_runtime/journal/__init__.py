# Copied by unstringly 0.1.0. Do not edit.
"""Journals of responses, which are written down before anything is read from them."""
