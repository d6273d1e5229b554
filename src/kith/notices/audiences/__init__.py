"""The live tail of notices: joiners while it holds, leavers, the excused, those out of reach, the end."""
