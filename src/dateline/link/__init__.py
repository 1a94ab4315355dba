"""Readings to identities over the archive: actors, events told by several reports, commitments, disputes."""
