package extract

import (
	"syscall"
	"time"
)

// threadTime is the processor time of the calling thread (getrusage(2), RUSAGE_THREAD). Unlike the
// clock it does not count the time in which other programs have the processor.
func threadTime() time.Duration {
	const thisThread = 1 // RUSAGE_THREAD, which package syscall lacks
	var used syscall.Rusage
	if err := syscall.Getrusage(thisThread, &used); err != nil {
		panic(err) // possible only with a wrong constant
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
