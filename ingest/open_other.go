//go:build !unix

package ingest

import "os"

// openRegular opens a file for reading. Named pipes do not stand in folders on these systems.
func openRegular(name string) (*os.File, error) { return os.Open(name) }

// openRegularIn is openRegular below a folder.
func openRegularIn(root *os.Root, name string) (*os.File, error) { return root.Open(name) }
