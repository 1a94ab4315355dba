"""A question to entries in order."""
