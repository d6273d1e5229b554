"""Writing a notice, choosing who must hear it, and publishing it."""
