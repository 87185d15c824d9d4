"""A report becomes facts, passages and discrepancies. Knows nothing about questions."""
