"""Responses as they are read: their charsets, codings, references and bounds."""
