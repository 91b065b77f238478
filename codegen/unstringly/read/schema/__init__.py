"""XML Schema documents to the components that they declare."""
