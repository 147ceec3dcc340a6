"""What holds for any input, tried by Hypothesis."""
