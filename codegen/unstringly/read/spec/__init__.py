"""From a grammar file to a `Spec`, with the place of everything in it."""
