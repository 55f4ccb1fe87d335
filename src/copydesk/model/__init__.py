"""Frozen models of everything that is stored: article, tasks, keys, answers, scores."""
