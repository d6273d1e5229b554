"""Documents: PDF made from typst templates and plain data, readable for people and archives."""
