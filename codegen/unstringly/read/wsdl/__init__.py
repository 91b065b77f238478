"""From a WSDL and its imported documents to a `Service`, with the place of everything in it."""
