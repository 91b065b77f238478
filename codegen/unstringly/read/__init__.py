"""Readers of the two inputs: the WSDL document and the grammar spec."""
