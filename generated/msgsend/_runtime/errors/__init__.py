"""The exceptions of a package, the responses that they keep, and the masking of secrets."""
