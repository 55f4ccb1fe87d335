"""Exchanges content with other systems: quizzes for learning platforms, answers as linked data."""
