set(links reason)
