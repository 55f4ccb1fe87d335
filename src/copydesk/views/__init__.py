"""The widget side: tasks as JSON for the browser, as static markup, and as one anywidget."""
