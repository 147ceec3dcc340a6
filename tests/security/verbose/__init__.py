"""What Python imports at its start while every command is to speak."""
