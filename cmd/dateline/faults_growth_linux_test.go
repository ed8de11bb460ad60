package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// growthDocuments is the number of documents; TestPeakMemory takes more, and looks at the end only.
const growthDocuments = 5000

// sample is what a process holds at a moment.
type sample struct {
	memory int64 // resident bytes
	files  int   // open files
}

// TestFaultGrowth watches an ingest while it runs: memory and open files of the last third are those
// of the second. What grows with the corpus shows here long before it fills a machine. (E4)
func TestFaultGrowth(t *testing.T) {
	if raceDetector {
		t.Skip("NOT TESTED under the race detector: memory of a long ingest")
	}
	n := max(1000, trials(growthDocuments))
	cmd := dateline(t, t.TempDir(), "ingest", "-")
	cmd.Env = append(cmd.Env, "GOMEMLIMIT=300MiB", envBatch+"=64")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	given := make(chan error, 1)
	go func() {
		for i := range n {
			line, err := json.Marshal(map[string]string{"source": fmt.Sprintf("r%d", i), "text": generatedRelease(i)})
			if err == nil {
				_, err = in.Write(append(line, '\n'))
			}
			if err != nil {
				given <- err
				return
			}
		}
		given <- in.Close()
	}()
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var all []sample
	proc := filepath.Join("/proc", strconv.Itoa(cmd.Process.Pid))
	for running := true; running; {
		select {
		case err = <-ended:
			running = false
		case <-time.After(20 * time.Millisecond):
			status, readErr := os.ReadFile(filepath.Join(proc, "statm"))
			files, listErr := os.ReadDir(filepath.Join(proc, "fd"))
			fields := strings.Fields(string(status))
			if readErr != nil || listErr != nil || len(fields) < 2 {
				continue // it has just ended
			}
			pages, err := strconv.ParseInt(fields[1], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, sample{pages * int64(os.Getpagesize()), len(files)})
		}
	}
	if err := <-given; err != nil {
		t.Fatal(err)
	}
	if code := exitOf(t, err); code != exitOK {
		t.Fatalf("exit code %d", code)
	}
	if len(all) < 30 {
		t.Fatalf("only %d samples were taken", len(all))
	}
	most := func(part []sample) (m sample) {
		for _, s := range part {
			m.memory, m.files = max(m.memory, s.memory), max(m.files, s.files)
		}
		return m
	}
	second, last := most(all[len(all)/3:2*len(all)/3]), most(all[2*len(all)/3:])
	if last.memory > second.memory*5/4+(32<<20) {
		t.Errorf("memory grows with the corpus: at most %d MB in the second third, %d MB in the last", second.memory>>20, last.memory>>20)
	}
	// The summary at the end opens one more connection, of three files; a leak of one file a batch
	// would be fifty.
	if last.files > second.files+4 || last.files > 40 {
		t.Errorf("open files grow: at most %d in the second third, %d in the last", second.files, last.files)
	}
	t.Logf("FAULTS E4 growth: %d documents, %d samples; second third at most %d MB and %d files, last third %d MB and %d files", n, len(all), second.memory>>20, second.files, last.memory>>20, last.files)
}
