"""Dateline: from captured news to a chronicle, every line pinned to the exact words."""
