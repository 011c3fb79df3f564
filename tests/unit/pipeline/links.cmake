set(links parse library)
set(cost 1000)
