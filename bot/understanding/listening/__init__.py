"""What a message needs of us before any question is answered: somebody in danger, a feeling, a word about ourselves."""
