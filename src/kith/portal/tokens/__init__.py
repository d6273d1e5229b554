"""Administration of bearer tokens: which programs may act for whom."""
