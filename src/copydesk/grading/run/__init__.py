"""A run over all files: one file after the other, in any number of processes, taken up where it was cut off."""
