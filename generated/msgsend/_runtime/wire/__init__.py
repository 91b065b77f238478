"""Requests and responses as bytes: bindings, envelopes, documents, charsets, codings."""
