"""One module for each kind of definition: its Python, its texts and its keys, decided once."""
