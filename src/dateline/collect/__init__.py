"""Collecting: pages fetched from addresses and feeds, politely, each kept as it came over the wire."""
