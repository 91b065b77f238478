"""What goes wrong, and what is never shown: exceptions, secrets, and what they keep."""
