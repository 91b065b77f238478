"""The values that flow through the pipeline: frozen, closed sets of small nodes."""
