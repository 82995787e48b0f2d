"""The panel in a real Chromium over a real ``storywatch run``."""
