# Copied by unstringly 0.1.0. Do not edit.
"""The modules that generated packages use at run time, in rooms from errors to testing.

They are copied as they are into each package as `_runtime`, so that a package stands alone.
"""
