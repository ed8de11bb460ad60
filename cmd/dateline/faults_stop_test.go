package main

import (
	"context"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// stopTrials is the number of signals to all works together.
const stopTrials = 300

// TestFaultSignal sends signals at random moments. The program ends within five seconds with
// code 130, nothing is half, and the same command goes on with the rest. (E3)
func TestFaultSignal(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT TESTED: signals can't be sent to one process on Windows")
	}
	signals := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE}
	var list []*work
	for _, w := range works(t) {
		if w.program == "" { // the others are not the program
			list = append(list, w)
		}
	}
	n := trials(stopTrials)
	inWork, late, early := 0, 0, 0
	var slowest time.Duration
	for trial := range n {
		w := list[trial%len(list)]
		if w.length == 0 {
			w.length = w.duration(t)
		}
		rng := chance(uint64(trial) + 77)
		signal := signals[trial/len(list)%len(signals)]
		c := w.command(t, w.fresh(t))
		ended, result := c.start(t)
		after := time.Duration(0)
		if trial%10 == 9 { // while it starts, before it minds signals
			after = time.Duration(rng.Int64N(int64(300 * time.Millisecond)))
		} else {
			c.began(ended)
			after = time.Duration(rng.Int64N(int64(w.length)))
		}
		select {
		case <-ended:
		case <-time.After(after):
		}
		sent := time.Now()
		c.cmd.Process.Signal(signal)
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			c.cmd.Process.Kill()
			<-ended
			t.Errorf("%s did not end within 20 s of %v", w.name, signal)
		}
		took := time.Since(sent)
		slowest = max(slowest, took)
		if took > 5*time.Second {
			t.Errorf("%s took %v to end after %v", w.name, took, signal)
		}
		_, log := c.printed(t)
		switch code := exitOf(t, *result); {
		case code == exitCancelled:
			inWork++
		case code == w.code:
			late++ // the work was done
		case code == -1 && len(stateOrNone(c.db)) == len(w.old) && log == "":
			early++ // nothing had begun: the system ended it, as it ends any program that starts
		default:
			t.Errorf("%s after %v at %v: exit code %d: %s", w.name, signal, after, code, log)
		}
		if crashed(log) {
			t.Errorf("%s after %v: it crashed: %s", w.name, signal, log)
		}
		for _, p := range append(w.broken(t, c.db, c.acked(t)), w.recover(t, c.db)...) {
			t.Errorf("%s after %v at %v: %s", w.name, signal, after, p)
		}
	}
	if inWork*10 < n*3 {
		t.Errorf("only %d of %d signals came during the work: too little was tested", inWork, n)
	}
	tried(t, "E3 signals", n, "%d during the work, %d after it, %d before it; slowest end %v", inWork, late, early, slowest.Round(time.Millisecond))
}

// stateOrNone is the state of a database that may not be there.
func stateOrNone(path string) state {
	s, err := readState(path)
	if err != nil {
		return nil
	}
	return s
}

// TestFaultInterruptLeavesNothingRunning interrupts works in this process and counts goroutines. (E3)
func TestFaultInterruptLeavesNothingRunning(t *testing.T) {
	n, cancelledRuns := 0, 0
	for _, w := range works(t) {
		if w.program != "" {
			continue
		}
		w.again(w.fresh(t)) // what is started once and stays, such as pools, is there now
		begun := time.Now()
		w.again(w.fresh(t))
		length := time.Since(begun)
		before := runtime.NumGoroutine()
		for trial := range max(3, trials(60)/4) {
			rng := chance(uint64(trial) + 99)
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(rng.Int64N(int64(length))))
			code, _, messages := inProcess(withCancel(ctx), nil, "", append([]string{"--db", w.fresh(t)}, w.args...)...)
			cancel()
			n++
			if code == exitCancelled {
				cancelledRuns++
			} else if code != w.code {
				t.Errorf("%s: exit code %d: %s", w.name, code, messages)
			}
		}
		for wait := 0; runtime.NumGoroutine() > before && wait < 100; wait++ {
			time.Sleep(20 * time.Millisecond) // those that were told to end need a moment
		}
		if now := runtime.NumGoroutine(); now > before {
			stacks := make([]byte, 1<<16)
			t.Errorf("%s: %d goroutines before, %d after:\n%s", w.name, before, now, stacks[:runtime.Stack(stacks, true)])
		}
	}
	if cancelledRuns*4 < n {
		t.Errorf("only %d of %d runs were interrupted: too little was tested", cancelledRuns, n)
	}
	tried(t, "E3 goroutines", n, "%d interrupted, none left running", cancelledRuns)
}

// withCancel is ctx as a signal ends it: with Canceled, not with DeadlineExceeded.
func withCancel(ctx context.Context) context.Context {
	out, cancel := context.WithCancel(context.Background())
	context.AfterFunc(ctx, cancel)
	return out
}
