//go:build unix

package review

import (
	"syscall"
	"time"
)

// processorTime is what this process has used so far. Unlike a watch it does not count what other
// programs on the machine use.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
