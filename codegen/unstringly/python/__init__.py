"""Python source as values: a closed set of nodes, and one printer that lays them out."""
