"""What goes out comes back: conversions there and back are identities, proven by verify."""
