"""A run over all files: one after the other, in any number of processes, resumed where it was cut off."""
