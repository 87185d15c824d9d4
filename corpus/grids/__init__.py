"""Ruled tables: rows and columns known from lines, tags or a spreadsheet -> Table with header paths and proof.

Where ``corpus.layouts`` must prove from sums in which column a figure stands, a grid says it; here the sums
confirm it. grid.py says what a grid is; joining.py puts the parts of several pages together; captions.py finds
title, unit and kind; heads.py reads the header; bodies.py the rows; tables.py makes the Table.
"""
