# Copied by unstringly 0.1.0. Do not edit.
"""The exceptions of a package, the responses that they keep, and the masking of secrets."""
