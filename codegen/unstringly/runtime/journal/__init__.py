"""What arrived, written down before anything is read from it."""
