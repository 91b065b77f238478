"""Documents at remote addresses, brought into the folder of the service that needs them.

`given` finds the document among the files of the folder, `fetching` asks the network for it, the
only module of the generator that does so, `entries` writes `addresses.yaml`, and `steps` goes on
until no document refers to one that is not there.
"""
