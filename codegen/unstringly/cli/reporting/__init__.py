"""Reports of findings: a module for each of their forms."""
