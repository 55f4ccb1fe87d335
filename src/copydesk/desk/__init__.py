"""What a lesson's notebook uses: ``desk.task``, ``desk.check``, the receipt."""
