"""From a data folder to an open desk: first start, passphrase, recovery. The only screens before the desk."""
