"""Reading a live site whole, through the companion."""
