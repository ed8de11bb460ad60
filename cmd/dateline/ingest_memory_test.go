package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// memoryDocuments is how many releases TestPeakMemory ingests, and maxPeakMemory what the
// process may hold at its peak, in bytes.
const (
	memoryDocuments = 10_000
	maxPeakMemory   = 500 << 20
)

// syllables make names that differ from number to number.
func syllables(n int) string {
	parts := []string{"ba", "do", "ke", "li", "mu", "na", "po", "ra", "si", "tu", "ve", "zo"}
	var b strings.Builder
	for range 4 {
		b.WriteString(parts[n%len(parts)])
		n /= len(parts)
	}
	name := b.String()
	return strings.ToUpper(name[:1]) + name[1:]
}

// generatedRelease is a release of about 1.4 KB with some twenty facts. People and
// institutions come back in later releases, as in a real archive; most are new.
func generatedRelease(n int) string {
	town, other := syllables(n/3), syllables(n/2+7)
	rector, guest, head := "Anna "+syllables(n*7+1)+"ova", "Peter "+syllables(n*5+3)+"man", "Maria "+syllables(n*3+2)+"ez"
	return fmt.Sprintf(`%[1]s and %[2]s agree on student exchange

%[1]s, %[7]d May %[6]d – The University of %[1]s and the %[2]s Institute of Technology (%[8]s) signed a memorandum of understanding on student exchange on Monday.

The document was signed by %[3]s, rector of the University of %[1]s, and %[4]s, director of the %[2]s Institute of Technology, at a ceremony in %[1]s. Under the memorandum, forty students will study abroad every year, beginning in September.

"We have prepared this for three years," %[3]s said. %[5]s, head of the Faculty of Law of the University of %[1]s, will lead the joint programme until the end of %[9]d. She was dean of the same faculty from 2001 to 2008.

The delegation of %[8]s visited the library, which was opened on %[10]d March 1998, and met the students' union. %[4]s thanked the hosts and said that no agreement on research had been signed, because the two sides hope to discuss it next year.

The University of %[1]s was founded in 1954. It has nine faculties and about 12,000 students. In April, it received a delegation of the Ministry of Education of %[1]s Province.
`, town, other, rector, guest, head, 2010+n%15, n%28+1, strings.ToUpper(other[:1])+"IT", 2011+n%15, n%27+1)
}

// TestPeakMemory ingests a folder of 10,000 releases and asks the system how much memory the
// process held at its peak. Memory has to be bounded by the batch, not by the folder.
func TestPeakMemory(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("NOT TESTED with -short or the race detector: the peak memory of a large ingest")
	}
	if runtime.GOOS != "linux" {
		t.Skip("NOT TESTED: the peak memory of a large ingest is read only on Linux")
	}
	dir := t.TempDir()
	size := 0
	for n := range memoryDocuments {
		text := generatedRelease(n)
		size += len(text)
		name := filepath.Join(dir, "releases", fmt.Sprintf("%02d", n/1000), fmt.Sprintf("release-%05d.txt", n))
		if n%1000 == 0 {
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := dateline(t, dir, "ingest", "releases")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	db := openSQL(t, filepath.Join(dir, "dateline.db"))
	if n := count(t, db, `SELECT count(*) FROM document`); n != memoryDocuments {
		t.Fatalf("%d documents are stored, want %d", n, memoryDocuments)
	}
	if n := count(t, db, `SELECT count(*) FROM citation`); n < 10*memoryDocuments {
		t.Fatalf("only %d citations are stored: the texts give too little to measure anything", n)
	}
	peak := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10 // Linux counts KB
	t.Logf("peak memory %d MB for %d documents of %d MB; %.0f documents/s of processor time", peak>>20, memoryDocuments, size>>20,
		memoryDocuments/(cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()).Seconds())
	if peak > maxPeakMemory {
		t.Errorf("the peak is %d MB, at most %d allowed", peak>>20, maxPeakMemory>>20)
	}
}

// BenchmarkIngestReleases stores 2,000 releases of about 1.1 KB with some twenty facts each, with
// everything that the command does, on all cores.
func BenchmarkIngestReleases(b *testing.B) {
	dir := b.TempDir()
	for n := range benchmarkDocuments {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("release-%05d.txt", n)), []byte(generatedRelease(n)), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		t := terminal{
			stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard,
			getenv: func(string) string { return "" }, now: func() time.Time { return time.Unix(1700000000, 0) },
		}
		database := filepath.Join(b.TempDir(), "bench.db")
		if code := run(b.Context(), []string{"ingest", "--db", database, dir}, t); code != exitOK {
			b.Fatalf("ingest ended with exit code %d", code)
		}
	}
	b.ReportMetric(float64(benchmarkDocuments)*float64(b.N)/b.Elapsed().Seconds(), "documents/s")
	b.ReportMetric(float64(runtime.GOMAXPROCS(0)), "cores")
}
