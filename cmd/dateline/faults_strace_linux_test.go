package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// requireStrace skips a test that needs strace, saying so. A sandbox may have strace and forbid it.
func requireStrace(t *testing.T, what string) {
	t.Helper()
	if out, err := exec.Command("strace", "-f", "-o", os.DevNull, "-e", "trace=fsync", "true").CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED: %s; strace is missing or may not trace here (%v: %s)", what, err, strings.TrimSpace(string(out)))
	}
}

// call is one system call that changes files, or a message on the standard streams.
type call struct {
	name string
	path string // file that it is about; "" for a message
	to   string // new name, of link and rename
	fd   int    // of a message: 1 or 2
	at   int64  // offset of a write, or size of a truncation
	data []byte
}

// tracedCalls are what is recorded. A driver that wrote by any other call would be noticed: the
// replay of all calls has to give the very files that the program left.
const tracedCalls = "trace=openat,open,creat,pwrite64,pwritev,pwritev2,write,writev,ftruncate,fallocate,fsync,fdatasync,sync_file_range,rename,renameat,renameat2,link,linkat,unlink,unlinkat,close,dup,dup2,dup3"

// record runs a work under strace and gives what it did to the files of its folder.
func (w *work) record(t *testing.T) (c *child, calls []call) {
	t.Helper()
	c = w.command(t, w.fresh(t))
	log := filepath.Join(t.TempDir(), "strace")
	underStrace(t, c, "-xx", "-s", strconv.Itoa(64<<20), "-e", tracedCalls, "-o", log)
	if code := c.run(t); code != w.code {
		_, messages := c.printed(t)
		t.Fatalf("%s under strace: exit code %d: %s", w.name, code, messages)
	}
	f, err := os.Open(log)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	calls, err = parseStrace(f, filepath.Dir(c.db))
	if err != nil {
		t.Fatal(err)
	}
	return c, calls
}

// underStrace makes the child one that strace starts.
func underStrace(t *testing.T, c *child, options ...string) {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal(err)
	}
	program := c.cmd.Path
	// strace has no way to give argv[0], which is how the test binary knows that it is the
	// program: a link of that name does.
	link := filepath.Join(t.TempDir(), c.cmd.Args[0])
	if err := os.Symlink(program, link); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"strace", "-f", "--seccomp-bpf", "-qq", "-e", "signal=none"}, options...)
	c.cmd.Path, c.cmd.Args = strace, append(append(args, link), c.cmd.Args[1:]...)
	c.cmd.Env = append(c.cmd.Env, envThread+"=1")
}

// parseStrace reads the output of strace -f -xx. Calls that other threads interrupted are put
// together again; a call counts when it returned.
func parseStrace(f *os.File, folder string) (calls []call, err error) {
	type file struct {
		path string
		pos  int64
	}
	open := map[int]*file{}
	begun := map[string]string{} // thread → beginning of its call
	in := bufio.NewReaderSize(f, 1<<20)
	for {
		text, err := in.ReadString('\n')
		if text == "" && err != nil {
			return calls, nil
		}
		thread, rest, _ := strings.Cut(strings.TrimSuffix(text, "\n"), " ")
		rest = strings.TrimLeft(rest, " ")
		if head, cut := strings.CutSuffix(rest, " <unfinished ...>"); cut {
			begun[thread] = head
			continue
		}
		if strings.HasPrefix(rest, "<... ") {
			_, tail, ok := strings.Cut(rest, " resumed>")
			if !ok {
				return nil, fmt.Errorf("line %.100q has no beginning", rest)
			}
			rest = begun[thread] + tail
			delete(begun, thread)
		}
		name, args, ok := strings.Cut(rest, "(")
		if !ok || strings.HasPrefix(rest, "+++") || strings.HasPrefix(rest, "---") {
			continue
		}
		end := strings.LastIndex(args, ") ")
		equals := strings.LastIndex(args, "= ")
		if end < 0 || equals < end {
			continue // the process ended inside it
		}
		result, _, _ := strings.Cut(args[equals+2:], " ")
		value, numberErr := strconv.ParseInt(result, 10, 64)
		if numberErr != nil || value < 0 {
			continue // it failed, and changed nothing
		}
		list, err := straceArguments(args[:end])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		within := func(path string) bool { return filepath.Dir(path) == folder || path == folder }
		fd := func(i int) int { n, _ := strconv.Atoi(list[i]); return n }
		switch name {
		case "openat", "open", "creat":
			path := list[0]
			flags := ""
			if name == "openat" {
				path, flags = list[1], list[2]
			} else if name == "open" {
				flags = list[1]
			}
			delete(open, int(value))
			if within(path) {
				open[int(value)] = &file{path: path}
				if strings.Contains(flags, "O_CREAT") || name == "creat" {
					calls = append(calls, call{name: "create", path: path})
				}
				if strings.Contains(flags, "O_TRUNC") || name == "creat" {
					calls = append(calls, call{name: "truncate", path: path})
				}
			}
		case "close":
			delete(open, fd(0))
		case "write", "pwrite64":
			o, known := open[fd(0)]
			if !known {
				if n := fd(0); name == "write" && (n == 1 || n == 2) {
					calls = append(calls, call{name: "message", fd: n, data: []byte(list[1])[:value]})
				}
				continue
			}
			at := o.pos
			if name == "pwrite64" {
				if at, err = strconv.ParseInt(list[3], 10, 64); err != nil {
					return nil, err
				}
			} else {
				o.pos += value
			}
			calls = append(calls, call{name: "write", path: o.path, at: at, data: []byte(list[1])[:value]})
		case "ftruncate":
			if o, known := open[fd(0)]; known {
				size, err := strconv.ParseInt(list[1], 10, 64)
				if err != nil {
					return nil, err
				}
				calls = append(calls, call{name: "truncate", path: o.path, at: size})
			}
		case "fsync", "fdatasync":
			if o, known := open[fd(0)]; known {
				calls = append(calls, call{name: "sync", path: o.path})
			}
		case "rename", "link":
			if within(list[0]) {
				calls = append(calls, call{name: name, path: list[0], to: list[1]})
			}
		case "renameat", "renameat2", "linkat":
			if within(list[1]) {
				calls = append(calls, call{name: strings.TrimRight(strings.TrimSuffix(name, "2"), "at"), path: list[1], to: list[3]})
			}
		case "unlink":
			if within(list[0]) {
				calls = append(calls, call{name: "unlink", path: list[0]})
			}
		case "unlinkat":
			if within(list[1]) {
				calls = append(calls, call{name: "unlink", path: list[1]})
			}
		default: // the replay does not know it; it matters when it is about our files
			if o, known := open[fd(0)]; known {
				return nil, fmt.Errorf("%s on %s is not understood", name, o.path)
			}
		}
	}
}

// straceArguments parts the arguments of a call; strings come as \x41\x42.
func straceArguments(text string) (list []string, err error) {
	for text != "" {
		text = strings.TrimLeft(text, " ")
		if rest, quoted := strings.CutPrefix(text, `"`); quoted {
			value, after, closed := strings.Cut(rest, `"`)
			if !closed || strings.HasPrefix(after, "...") || len(value)%4 != 0 {
				return nil, fmt.Errorf("%.60q is cut off", text)
			}
			b := make([]byte, 0, len(value)/4)
			for i := 0; i < len(value); i += 4 {
				n, err := strconv.ParseUint(value[i+2:i+4], 16, 8)
				if err != nil {
					return nil, err
				}
				b = append(b, byte(n))
			}
			list = append(list, string(b))
			_, text, _ = strings.Cut(after, ",")
			continue
		}
		var value string
		value, text, _ = strings.Cut(text, ",")
		list = append(list, strings.TrimSpace(value))
	}
	return list, nil
}
