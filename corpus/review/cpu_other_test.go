//go:build !unix

package review

import "time"

var started = time.Now()

// processorTime is the time that passed, where the system does not tell better.
func processorTime() time.Duration { return time.Since(started) }
