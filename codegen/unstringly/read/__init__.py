"""Readers of a service's inputs: its WSDL, its grammar spec and its `emulator.py`."""
