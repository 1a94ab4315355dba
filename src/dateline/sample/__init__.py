"""The packaged sample: the press of an invented conflict, as a user would have saved it."""

from __future__ import annotations

from pathlib import Path

PRESS = Path(__file__).parent / "press"
"""The folder of its captures."""
