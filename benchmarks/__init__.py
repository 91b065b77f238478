"""Benchmarks against what people write and use otherwise, as ratios within one run."""
