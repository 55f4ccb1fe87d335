"""What a lesson's notebook works with: ``desk.task``, ``desk.check``, the receipt."""
