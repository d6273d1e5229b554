"""Who saw or changed what: facts and looks on one timeline, for administrators."""
