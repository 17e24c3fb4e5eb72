"""Making the weights of the learnt component again from annotated rows (extra `learn`)."""
