"""The kind *value*: numbers, dates and words in fields."""
