"""A person's decisions: made on readings, kept apart from them, applied again after every reading. Between read and link."""
