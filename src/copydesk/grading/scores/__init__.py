"""What a submission is worth: the bank it was made with, its points, appeals, and the record that is kept."""
