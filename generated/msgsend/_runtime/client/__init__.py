"""Calls: made, paced, driven, and kept."""
