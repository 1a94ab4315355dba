"""One command a benchmark: ``python -m benchmarks NAME``."""
