"""A live WordPress site, filled over its REST API: plan first, then apply exactly that."""
