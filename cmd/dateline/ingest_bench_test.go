package main

import (
	"bytes"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// benchmarkDocuments is how many short releases one run of BenchmarkIngest stores.
const benchmarkDocuments = 2000

// BenchmarkIngest stores 2,000 short releases in a new database, with everything that the command
// does: reading, cleaning, extraction, linking, and commits that wait for the disk.
func BenchmarkIngest(b *testing.B) {
	var all bytes.Buffer
	for n := range benchmarkDocuments {
		all.WriteString(line(n))
	}
	for b.Loop() {
		t := terminal{
			stdin: strings.NewReader(all.String()), stdout: io.Discard, stderr: io.Discard,
			getenv: func(string) string { return "" }, now: func() time.Time { return time.Unix(1700000000, 0) },
		}
		database := filepath.Join(b.TempDir(), "bench.db")
		if code := run(b.Context(), []string{"ingest", "--db", database, "-"}, t); code != exitOK {
			b.Fatalf("ingest ended with exit code %d", code)
		}
	}
	b.ReportMetric(float64(benchmarkDocuments)*float64(b.N)/b.Elapsed().Seconds(), "documents/s")
	b.ReportMetric(float64(runtime.GOMAXPROCS(0)), "cores")
}
