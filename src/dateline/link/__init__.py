"""Readings to identities over the archive: actors, events, commitments and outcomes, disputes."""
