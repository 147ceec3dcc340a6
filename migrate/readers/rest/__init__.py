"""Reading a live site over its REST API."""
