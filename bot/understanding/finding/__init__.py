"""Finding: for each question of a message, the statements of the knowledge base that may answer it, best first."""
