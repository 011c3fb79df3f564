set(links json)
