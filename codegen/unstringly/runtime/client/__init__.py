"""The calls of a client: checked, paced, sent, kept in a journal, and read."""
