"""Makes the static book in its editions, and the site where its notebooks run in the browser."""
