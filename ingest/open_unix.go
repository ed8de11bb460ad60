//go:build unix

package ingest

import (
	"os"
	"syscall"
)

// openRegular opens a file for reading without waiting: O_NONBLOCK keeps the call from hanging
// when a pipe has taken the place of the regular file that was seen there.
func openRegular(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// openRegularIn is openRegular below a folder.
func openRegularIn(root *os.Root, name string) (*os.File, error) {
	return root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}
