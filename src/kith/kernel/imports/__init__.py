"""Imports: files of any dialect become rows, rows become objects, every bad one is explained."""
