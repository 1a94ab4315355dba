"""What is linked, as lines in order of date, and questions to them."""
