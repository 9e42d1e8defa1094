"""What learning platforms read, each written by a module of its own from a tools.quiz.Quiz."""
