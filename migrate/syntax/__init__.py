"""How file formats are spelled; shared by the reader and the writer of each."""
