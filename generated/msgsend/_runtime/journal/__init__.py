"""Journals of responses, which are written down before anything is read from them."""
