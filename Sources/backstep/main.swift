print("backstep")
