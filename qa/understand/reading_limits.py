"""Limits of what is read as a question."""

LONGEST = 300
"""Characters of a question, after normalising."""
