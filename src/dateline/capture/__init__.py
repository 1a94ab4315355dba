"""Bytes to text and metadata; the format is told by content, not by file name."""
