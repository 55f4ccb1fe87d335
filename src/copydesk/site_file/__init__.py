"""What a publisher lays down for a site: its address, who answers, imprint and privacy, logo and colours."""
