set(links parse)
