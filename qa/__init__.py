"""A question becomes an answer. Reads the index that corpus builds; never opens a report file."""
