"""wpmigrate: moves writing in and out of WordPress."""

__version__ = "0.1.0"
