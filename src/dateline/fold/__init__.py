"""Captures to reports: near-duplicate texts become one report, edited ones its versions."""
