set(links parse library)
