//go:build !unix

package main

// limitFileSize can't be done here; the test that asks for it is skipped.
func limitFileSize(uint64) { panic("no limits on this system") }
