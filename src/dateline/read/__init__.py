"""One report to one Reading: a pure function of the text and its date."""
