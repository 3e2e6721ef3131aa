"""What the end-to-end tests share: the real binary, its clients and the references it is compared with."""
