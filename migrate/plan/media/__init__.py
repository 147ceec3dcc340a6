"""Media: where the files of a source are, and which of them a site's library holds already."""
