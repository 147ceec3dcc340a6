"""One module per input format: locate the records, then read them one by one."""
