"""Hands content to other systems and takes it from them: quizzes for learning platforms, answers as linked data."""
