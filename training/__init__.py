"""How what ships in the package was made."""
