"""Facts, tasks, registries, subjects, texts, money and the clock: not one noun of the business."""
