"""Who pays: one person or one organization."""
