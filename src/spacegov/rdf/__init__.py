"""RDF in and out: the vocabulary, the converter, Turtle, and the one writer of stance triples."""
