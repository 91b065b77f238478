"""XML Schema at run time: the values of its types, as they are in Python and in XML."""
