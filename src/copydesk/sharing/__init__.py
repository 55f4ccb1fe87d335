"""A course as one file: packing it, looking into one from elsewhere, and opening it."""
