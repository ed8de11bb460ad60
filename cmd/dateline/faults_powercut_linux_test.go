package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/corpus"
)

// powerCuts is the number of cuts of all works together; the tenth that is run otherwise is
// halved, because each image of a disk is opened and checked whole.
const powerCuts = 20_000

// TestFaultPowerCut records what each work does to its files and cuts the power at every point:
// whatever was not synced since is lost, or some of it, or all of it but for its beginning. A
// database that was reported done stays done, and none is ever damaged. (A2)
//
// Two controls show that the replay can lose: a disk that takes no sync for what it is, which is
// what synchronous=OFF comes to, must lose or damage; and one on which a commit does not wait
// for the log, which is synchronous=NORMAL, must lose what was reported and damage nothing.
func TestFaultPowerCut(t *testing.T) {
	requireStrace(t, "what a power cut leaves")
	list := works(t)
	each := trials(powerCuts) / len(list)
	if each < powerCuts/len(list) {
		each /= 2
	}
	full, off, normal := &cuts{}, &cuts{}, &cuts{}
	points := 0
	for k, w := range list {
		c, calls := w.record(t)
		points += len(calls)
		checkReplay(t, c, calls)
		syncs := 0
		for _, x := range calls {
			if x.name == "sync" {
				syncs++
			}
		}
		if syncs < 5 {
			t.Fatalf("%s: only %d syncs in %d calls", w.name, syncs, len(calls))
		}
		rng := chance(uint64(k) + 500)
		cutAll(t, w, calls, rng, each, honest, full)
		cutAll(t, w, calls, rng, max(12, each/20), lying, off)
		cutAll(t, w, calls, rng, max(12, each/20), hasty, normal)
	}
	for _, p := range full.problems {
		t.Error(p)
	}
	if off.bad*3 < off.looked { // the first cuts, before anything was written, harm nobody
		t.Errorf("the control, a disk that does not sync, lost or damaged in only %d of %d cuts: the replay shows nothing", off.bad, off.looked)
	}
	if normal.lost == 0 {
		t.Errorf("the control, commits that do not wait, lost nothing in %d cuts: the replay shows nothing", normal.looked)
	}
	if normal.damaged > 0 {
		t.Errorf("commits that do not wait damaged %d of %d databases, which SQLite promises not to happen: the replay is wrong: %q", normal.damaged, normal.looked, normal.damages)
	}
	tried(t, "A2 power cut", full.tried, "at %d points, %d different images, 0 lost, 0 damaged; without syncs %d of %d damaged or lost; commits that do not wait lose in %d of %d and damage none",
		points, full.looked, off.bad, off.looked, normal.lost, normal.looked)
}

// cuts counts.
type cuts struct {
	tried, looked      int
	lost, damaged, bad int // images with something lost, something damaged, either
	problems, damages  []string
}

// disk says which sync a disk keeps its word on.
type disk string

const (
	honest disk = "honest" // every one
	lying  disk = "lying"  // none
	hasty  disk = "hasty"  // not those of a commit's frames in the log
)

// walHeader is the size of the log's header in bytes. With synchronous=NORMAL, SQLite syncs the
// header, and the log before a checkpoint, which here is a sync of a log that nothing was written to
// since the last one; it does not sync the frames of a commit.
const walHeader = 32

// inode is the content of a file: what is safe, and what was done since.
type inode struct {
	safe    []byte
	pending []call
	written bool // since the last sync, whether it was honoured or not
}

// apply does one write or truncation.
func apply(content []byte, c call) []byte {
	switch c.name {
	case "truncate":
		if int64(len(content)) > c.at {
			return content[:c.at]
		}
		return append(content, make([]byte, c.at-int64(len(content)))...)
	case "write":
		if need := c.at + int64(len(c.data)); need > int64(len(content)) {
			content = append(content, make([]byte, need-int64(len(content)))...)
		}
		copy(content[c.at:], c.data)
	}
	return content
}

// volume is a folder on a disk: names that are safe, and what was done to names since.
type volume struct {
	disk    disk
	folder  string
	safe    map[string]*inode
	now     map[string]*inode
	pending []func(map[string]*inode)
}

func newVolume(d disk, w *work, folder string) (*volume, error) {
	v := &volume{disk: d, folder: folder, safe: map[string]*inode{}, now: map[string]*inode{}}
	if w.before != "" {
		content, err := os.ReadFile(w.before)
		if err != nil {
			return nil, err
		}
		file := &inode{safe: content}
		v.safe["x.db"], v.now["x.db"] = file, file
	}
	return v, nil
}

// names changes the folder.
func (v *volume) names(do func(map[string]*inode)) {
	do(v.now)
	v.pending = append(v.pending, do)
}

// do takes in one call.
func (v *volume) do(c call) {
	name, to := filepath.Base(c.path), filepath.Base(c.to)
	switch c.name {
	case "create":
		if v.now[name] == nil {
			file := &inode{}
			v.names(func(m map[string]*inode) { m[name] = file })
		}
	case "unlink":
		v.names(func(m map[string]*inode) { delete(m, name) })
	case "link":
		file := v.now[name]
		v.names(func(m map[string]*inode) { m[to] = file })
	case "rename":
		file := v.now[name]
		v.names(func(m map[string]*inode) { delete(m, name); m[to] = file })
	case "write", "truncate":
		if file := v.now[name]; file != nil { // what is written to a file without a name is of no interest
			file.pending = append(file.pending, c)
			file.written = true
		}
	case "sync":
		if v.disk == lying {
			return
		}
		if c.path == v.folder {
			for _, do := range v.pending {
				do(v.safe)
			}
			v.pending = nil
			return
		}
		file := v.now[name]
		if file == nil {
			return
		}
		written := file.written
		file.written = false
		if v.disk == hasty && strings.HasSuffix(name, "-wal") && written && file.pending[len(file.pending)-1].at >= walHeader {
			return
		}
		for _, p := range file.pending {
			file.safe = apply(file.safe, p)
		}
		file.pending = nil
	}
}

// image is what is on the disk after the power came back.
func (v *volume) image(rng *rand.Rand, kind int) map[string][]byte {
	names := map[string]*inode{}
	for name, file := range v.safe {
		names[name] = file
	}
	// Changes of names are written in their order, as journals of file systems do: some first ones.
	kept := 0
	switch kind {
	case 0: // nothing that was not synced
	case 1: // everything, as after a crash of the program alone
		kept = len(v.pending)
	case 2: // all names, no content
		kept = len(v.pending)
	default:
		kept = rng.IntN(len(v.pending) + 1)
	}
	for _, do := range v.pending[:kept] {
		do(names)
	}
	files := map[string][]byte{}
	for name, file := range names {
		if file == nil || strings.HasSuffix(name, "-shm") { // memory that is shared, made anew by whoever comes first
			continue
		}
		content := slices.Clone(file.safe)
		for i, p := range file.pending {
			switch {
			case kind == 0 || kind == 2:
				continue
			case kind == 3 && rng.IntN(2) == 0: // any half of the writes, in any order
				continue
			case kind == 4 && i > rng.IntN(len(file.pending)): // mostly the first ones
				continue
			case kind >= 3 && p.name == "write" && rng.IntN(4) == 0: // a write of which some sectors came
				for from := 0; from < len(p.data); from += 512 {
					if to := min(from+512, len(p.data)); rng.IntN(2) == 0 {
						content = apply(content, call{name: "write", at: p.at + int64(from), data: p.data[from:to]})
					}
				}
				continue
			}
			content = apply(content, p)
		}
		files[name] = content
	}
	return files
}

// imageKinds is the number of ways in which image loses.
const imageKinds = 5

// checkReplay is the control of the recording: all calls together give the very files that the
// program left.
func checkReplay(t *testing.T, c *child, calls []call) {
	t.Helper()
	v, err := newVolume(honest, c.work, filepath.Dir(c.db))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range calls {
		v.do(x)
	}
	files := v.image(nil, 1)
	if len(files) != 1 {
		t.Fatalf("%s: the replay leaves %d files", c.work.name, len(files))
	}
	want, err := os.ReadFile(c.db)
	if err != nil || !bytes.Equal(files["x.db"], want) {
		t.Fatalf("%s: the replay of %d calls gives another database than the program did, %v", c.work.name, len(calls), err)
	}
}

// cutAll cuts the power n times, spread over all points and all ways.
func cutAll(t *testing.T, w *work, calls []call, rng *rand.Rand, n int, d disk, count *cuts) {
	t.Helper()
	// How often each point is cut: once each way when n allows, else at random.
	at := map[int]int{}
	for i := range n {
		at[i*(len(calls)+1)/n]++
	}
	folder := fastFolder(t)
	v, err := newVolume(d, w, folderOf(calls))
	if err != nil {
		t.Fatal(err)
	}
	var out, log strings.Builder
	seen := map[[32]byte]bool{}
	way := 0
	for point := 0; ; point++ {
		for range at[point] {
			files := v.image(rng, way%imageKinds)
			way++
			count.tried++
			var acked []string
			if w.acked != nil {
				acked = w.acked(out.String(), log.String())
			}
			id := imageHash(files, len(acked))
			if seen[id] {
				continue // the same files were looked at, with as much reported
			}
			seen[id] = true
			count.looked++
			lost, damaged := w.afterCut(t, folder, files, acked)
			if len(lost) > 0 {
				count.lost++
			}
			if len(damaged) > 0 {
				count.damaged++
			}
			if len(lost)+len(damaged) > 0 {
				count.bad++
			}
			where := fmt.Sprintf("%s, %s disk, cut at call %d of %d, way %d: ", w.name, d, point, len(calls), (way-1)%imageKinds)
			for _, p := range damaged {
				count.damages = append(count.damages, where+p)
			}
			for _, p := range append(lost, damaged...) {
				count.problems = append(count.problems, where+p)
			}
		}
		if point == len(calls) {
			return
		}
		switch c := calls[point]; {
		case c.name == "message" && c.fd == 1:
			out.Write(c.data)
		case c.name == "message":
			log.Write(c.data)
		default:
			v.do(c)
		}
	}
}

// fastFolder is a folder in memory where there is one: thousands of databases are written, and
// recovering them waits for the disk.
func fastFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "dateline-cut-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// folderOf is the folder of the calls.
func folderOf(calls []call) string {
	for _, c := range calls {
		if c.name == "write" {
			return filepath.Dir(c.path)
		}
	}
	return ""
}

func imageHash(files map[string][]byte, acked int) (id [32]byte) {
	h := sha256.New()
	var names []string
	for name := range files {
		if name == "x.db" || name == "x.db-wal" || name == "x.db-journal" { // the others belong to files that are not finished
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(h, "%s %d ", name, len(files[name]))
		h.Write(files[name])
	}
	fmt.Fprint(h, acked)
	return [32]byte(h.Sum(nil))
}

// afterCut writes an image and opens it.
func (w *work) afterCut(t *testing.T, folder string, files map[string][]byte, acked []string) (lost, damaged []string) {
	t.Helper()
	db := filepath.Join(folder, "x.db")
	defer func() {
		entries, _ := os.ReadDir(folder)
		for _, e := range entries {
			os.Remove(filepath.Join(folder, e.Name()))
		}
	}()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, there := files["x.db"]; there {
		store, err := corpus.Open(t.Context(), db, corpus.Options{}) // as the next command does
		if err != nil {
			return nil, []string{err.Error()}
		}
		store.Close()
	}
	for _, p := range w.broken(t, db, acked) {
		if strings.Contains(p, "was reported done") || strings.Contains(p, "the database is gone") {
			lost = append(lost, p)
		} else {
			damaged = append(damaged, p)
		}
	}
	return lost, damaged
}
