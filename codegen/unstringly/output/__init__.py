"""The output folder: comparing, writing, exchanging and removing of packages."""
