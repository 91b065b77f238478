"""The types of a schema, and the messages of operations, as Python has them."""
