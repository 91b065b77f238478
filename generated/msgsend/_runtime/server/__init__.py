# Copied by unstringly 0.1.0. Do not edit.
"""The service's side of the calls, and the application that receives pushes."""
