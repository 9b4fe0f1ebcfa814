"""The newsletter: what a period brought, as a file that an editor finishes, and as a message to send."""
