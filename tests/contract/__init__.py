"""What every reader and writer promises, run on each row of the table of formats."""
