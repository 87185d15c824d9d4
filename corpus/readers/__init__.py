"""File formats: one file each, a report's file -> its lines."""
