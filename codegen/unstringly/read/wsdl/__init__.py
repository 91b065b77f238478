"""From a WSDL and the documents that it imports to a Service, with the place of everything."""
