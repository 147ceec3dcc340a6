"""Media: the files that posts name, uploaded once, and what names them led to the site's own."""
