"""Writing into a live site whole, through the companion."""
