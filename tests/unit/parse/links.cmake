set(links grammar)
