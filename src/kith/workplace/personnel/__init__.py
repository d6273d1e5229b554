"""Personnel matters that change who is where and who stands in for whom; the rows themselves belong to people."""
