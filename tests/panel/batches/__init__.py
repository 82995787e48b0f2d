"""The tab Batches without a browser: what pages are told, what their routes answer, what people read."""
