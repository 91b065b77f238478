"""The output folder: what is compared, written, exchanged and removed there."""
