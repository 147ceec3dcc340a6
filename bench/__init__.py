"""What is measured: speed, memory and growth, beside bare loops and other tools."""
