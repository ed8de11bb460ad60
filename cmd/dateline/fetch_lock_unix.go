//go:build unix && !solaris && !illumos && !aix

package main

import (
	"os"
	"syscall"

	"dateline/corpus"
)

// lockFetching keeps other runs from fetching into the same database: two runs, each of good manners, would be rude
// together, and a run that a timer starts may meet the one before it. The system gives the lock back when the process ends,
// however it ends.
func lockFetching(database string) (unlock func(), err error) {
	name := database + "-fetch"
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, &corpus.Error{Path: name, Problem: corpus.Unwritable, Detail: "the lock of a run that fetches could not be made", Err: err, Advice: "check the permissions of its folder"}
		}
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
			f.Close()
			return nil, &corpus.Error{Path: database, Problem: corpus.Busy, Detail: "another run is fetching into it", Advice: "wait until it is done, or interrupt it"}
		}
		// The holder before may have taken the name away between our two steps.
		ours, err := f.Stat()
		if now, statErr := os.Stat(name); err == nil && statErr == nil && os.SameFile(ours, now) {
			return func() {
				os.Remove(name)
				f.Close()
			}, nil
		}
		f.Close()
	}
}
