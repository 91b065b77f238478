# Copied by unstringly 0.1.0. Do not edit.
"""Requests and responses as bytes: bindings, envelopes, documents, charsets, codings."""
