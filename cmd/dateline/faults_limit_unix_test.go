//go:build unix

package main

import "syscall"

// limitFileSize lets writes beyond n bytes of a file fail with EFBIG, as a full disk would.
func limitFileSize(n uint64) {
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
		panic(err)
	}
}
