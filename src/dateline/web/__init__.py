"""The local web app: an archive in the browser, page by page, nothing fetched from elsewhere, nothing of a capture run."""
