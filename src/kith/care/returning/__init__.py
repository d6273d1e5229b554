"""The moment of coming back after a long absence; why somebody was away is nobody's business."""
