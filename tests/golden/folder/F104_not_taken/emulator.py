"""What only this service does, for tests."""
