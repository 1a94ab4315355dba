"""A chronicle in other programs' formats, one file a format."""
