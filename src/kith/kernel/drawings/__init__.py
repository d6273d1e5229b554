"""Drawings: pictures and small charts as SVG texts, the same every time for the same words."""
