"""Makes the static book, in its editions, and the site on which its notebooks run in the browser."""
