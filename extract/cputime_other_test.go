//go:build !linux

package extract

import "time"

var processStart = time.Now()

// threadTime is the clock, where the processor time of a thread can't be had.
func threadTime() time.Duration { return time.Since(processStart) }
