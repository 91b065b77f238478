"""What definitions are in Python and on the wire, decided once: a module for each kind of them."""
