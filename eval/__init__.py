"""The scripted question set: what is asked, how answers are graded, and the report that gates CI."""
