"""Those who write teasers, one file each with a ``MAKER``; ``[teaser] maker`` names one."""
