"""The service's side, and those who receive pushes."""
