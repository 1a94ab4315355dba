"""Pages of the documentation, and the ones that are generated."""
