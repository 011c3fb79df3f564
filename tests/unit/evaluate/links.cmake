set(links parse modules check)
