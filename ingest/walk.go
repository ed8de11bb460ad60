package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Item is one input that Walk found: bytes to read, or the reason why there are none.
type Item struct {
	Source string
	Raw    Raw   // empty when Err is set
	Err    error // a *Refusal
}

// WalkOptions says how local inputs are read. The zero value holds the defaults.
type WalkOptions struct {
	MaxBytes  int       // bytes of one file, of one JSON line, and of standard input; 0 means DefaultMaxBytes
	Published string    // goes into every Raw
	Stdin     io.Reader // what "-" reads; nil means that "-" is refused
	// Skip leaves out files of a folder without a word. It gets the path below the folder,
	// with slashes. Files that were named themselves are never asked about.
	Skip func(rel string) bool
	// Never tells files that must not even be opened, under whatever name: below a folder they
	// are left out, named themselves they are refused. (Closing any open file of a SQLite
	// database takes away the locks that the process has on it.)
	Never func(fs.FileInfo) bool
}

func (o WalkOptions) maxBytes() int {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// Walk reads local inputs one at a time and hands each to visit: files, folders (with all
// below them, in the order of their names), globs, and "-" for standard input. A file of JSON
// Lines gives an Item a line. At most one file or line is in memory, so a folder may be as
// large as it likes.
//
// Only regular files are read; whatever else stands there (a pipe, a device, a socket, a link
// that leaves the folder) is an Item with an Err, and nothing ever blocks on it. Names that
// begin with a dot inside a folder are left out, as shells do. An error that visit returns
// stops the walk and is returned.
func Walk(paths []string, opt WalkOptions, visit func(Item) error) error {
	w := walker{opt: opt, visit: visit}
	for _, p := range paths {
		if err := w.path(p); err != nil {
			return err
		}
	}
	return nil
}

type walker struct {
	opt   WalkOptions
	visit func(Item) error
}

// refuse reports an input that is not read.
func (w *walker) refuse(source, reason, advice string) error {
	return w.visit(Item{Source: source, Err: &Refusal{source, reason, advice}})
}

// path reads one argument.
func (w *walker) path(p string) error {
	if p == "-" {
		return w.stdin()
	}
	if p == "" {
		return w.refuse(p, "the path is empty", "name a file, a folder, a glob or - for standard input")
	}
	if !strings.Contains(p, "://") {
		p = filepath.Clean(p) // "./a.txt" and "a.txt" are one source
	}
	info, err := os.Stat(p)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(p, "*?[") {
			return w.glob(p)
		}
		if strings.HasPrefix(p, "http://") || strings.HasPrefix(p, "https://") {
			return w.refuse(sourceName(p), "it is an address of the web, and only files are read here", "fetch it with `dateline ingest`")
		}
		return w.refuse(sourceName(p), fileReason(err), "check the path and its permissions")
	}
	if info.IsDir() {
		return w.folder(p)
	}
	if w.opt.Never != nil && w.opt.Never(info) {
		return w.refuse(sourceName(p), "it is the database itself", "leave it out")
	}
	return w.file(sourceName(p), path.Base(filepath.ToSlash(p)), info.Mode(), func() (*os.File, error) {
		return openRegular(p)
	})
}

// glob reads what a pattern matches. A file whose name holds the characters of a pattern was
// tried as a file first.
func (w *walker) glob(pattern string) error {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return w.refuse(sourceName(pattern), "the pattern is malformed", "close its bracket, or quote the path")
	}
	if len(matches) == 0 {
		return w.refuse(sourceName(pattern), "no file matches the pattern", "check the pattern and the working folder")
	}
	sort.Strings(matches)
	for _, match := range matches {
		if err := w.path(match); err != nil {
			return err
		}
	}
	return nil
}

// folder reads all files below a folder. It goes through os.Root, so that no link inside can
// lead outside, not even one that changes while the walk runs.
func (w *walker) folder(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return w.refuse(sourceName(dir), fileReason(err), "check the path and its permissions")
	}
	defer root.Close()
	return w.below(root, dir, ".")
}

// below reads one folder level. Its names are sorted; os.File.ReadDir gives them in disk order.
func (w *walker) below(root *os.Root, dir, rel string) error {
	f, err := root.Open(rel)
	if err != nil {
		return w.refuse(sourceName(filepath.Join(dir, rel)), fileReason(err), "check the permissions of the folder")
	}
	entries, err := f.ReadDir(-1)
	f.Close()
	if err != nil {
		return w.refuse(sourceName(filepath.Join(dir, rel)), fileReason(err), "check the permissions of the folder")
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, ".") {
			continue
		}
		below := path.Join(rel, name)
		if w.opt.Skip != nil && w.opt.Skip(below) {
			continue
		}
		source := sourceName(filepath.Join(dir, below))
		mode := entry.Type()
		if mode&fs.ModeSymlink != 0 {
			info, err := root.Stat(below)
			switch {
			case err != nil:
				if err := w.refuse(source, "the link leads nowhere, in a circle, or out of the folder", "name its target itself"); err != nil {
					return err
				}
				continue
			case info.IsDir():
				// A linked folder may lead back to where the walk came from.
				if err := w.refuse(source, "links to folders are not followed", "name the folder itself"); err != nil {
					return err
				}
				continue
			}
			mode = info.Mode()
		}
		if w.opt.Never != nil && mode.IsRegular() {
			if info, err := root.Stat(below); err == nil && w.opt.Never(info) {
				continue
			}
		}
		var err error
		if mode.IsDir() {
			err = w.below(root, dir, below)
		} else {
			err = w.file(source, name, mode, func() (*os.File, error) { return openRegularIn(root, below) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// file reads one file. The mode is checked before it is opened, because opening a pipe or a
// device can have effects, and again afterwards on the open file, because the name may have
// been given to something else in between.
func (w *walker) file(source, name string, mode fs.FileMode, open func() (*os.File, error)) error {
	if !mode.IsRegular() {
		return w.refuse(source, "it is "+kindOfFile(mode)+", not a regular file", "copy its content to a file, or pipe it to -")
	}
	f, err := open()
	if err != nil {
		return w.refuse(source, fileReason(err), "check the path and its permissions")
	}
	defer f.Close()
	before, err := f.Stat()
	if err != nil {
		return w.refuse(source, fileReason(err), "check the path and its permissions")
	}
	if !before.Mode().IsRegular() {
		return w.refuse(source, "it is "+kindOfFile(before.Mode())+", not a regular file", "copy its content to a file")
	}
	br := bufio.NewReaderSize(f, 64<<10)
	if w.isLines(name, br) {
		return w.lines(source, br)
	}
	if before.Size() > int64(w.opt.maxBytes()) {
		return w.refuse(source, fmt.Sprintf("the file has %d bytes, more than the limit of %d", before.Size(), w.opt.maxBytes()),
			"split it into single documents, or raise the limit")
	}
	data, err := readSized(br, int(before.Size()))
	if err != nil {
		return w.refuse(source, fileReason(err), "check the disk, then try again")
	}
	after, err := f.Stat()
	if err != nil || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) || int64(len(data)) != after.Size() {
		return w.refuse(source, "the file changed while it was read", "try again when it is complete")
	}
	return w.visit(Item{Source: source, Raw: Raw{Source: source, Bytes: data, Published: w.opt.Published}})
}

// readSized reads a file of a known size, and one byte more where there is one, so that a file that grew
// shows. Reading without the size would take twice its memory.
func readSized(r io.Reader, size int) ([]byte, error) {
	data := make([]byte, size+1)
	n, err := io.ReadFull(r, data)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return data[:n], err
}

// stdin reads standard input up to the limit: an endless pipe ends in a refusal.
func (w *walker) stdin() error {
	const source = "-"
	if w.opt.Stdin == nil {
		return w.refuse(source, "there is no standard input", "name a file")
	}
	br := bufio.NewReaderSize(w.opt.Stdin, 64<<10)
	if w.isLines("", br) {
		return w.lines(source, br)
	}
	data, err := io.ReadAll(io.LimitReader(br, int64(w.opt.maxBytes())+1))
	if err != nil {
		return w.refuse(source, fileReason(err), "check what feeds the pipe")
	}
	if len(data) > w.opt.maxBytes() {
		return w.refuse(source, fmt.Sprintf("standard input gave more than the limit of %d bytes", w.opt.maxBytes()),
			"write it to files, or give JSON Lines, one document a line")
	}
	return w.visit(Item{Source: source, Raw: Raw{Source: source, Bytes: data, Published: w.opt.Published}})
}

// isLines reports whether the input is JSON Lines, by its name or by how it begins.
func (w *walker) isLines(name string, br *bufio.Reader) bool {
	if format, ok := formatOf(Raw{Source: name}); ok {
		if format == FormatJSON {
			head, _ := br.Peek(64 << 10)
			return magicOf(head) == ""
		}
		if format == FormatHTML {
			return false
		}
	}
	head, _ := br.Peek(64 << 10)
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if looksLikeJSONLines(head) {
		return true
	}
	// The first line may be longer than what was peeked at: then its beginning has to do.
	head = bytes.TrimLeft(head, " \t\r\n")
	return bytes.HasPrefix(head, []byte(`{"`)) && bytes.IndexByte(head, '\n') < 0 && len(head) > 32<<10 &&
		(bytes.Contains(head, []byte(`"text"`)) || bytes.Contains(head, []byte(`"html"`)))
}

// lines hands out the documents of a JSON Lines file one by one.
func (w *walker) lines(source string, br *bufio.Reader) error {
	var in io.Reader = br
	if head, _ := br.Peek(2); len(head) == 2 && (head[0] == 0xff && head[1] == 0xfe || head[0] == 0xfe && head[1] == 0xff) {
		in = transform.NewReader(br, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	}
	var stopped error
	found := 0
	err := splitJSON(in, w.opt.maxBytes(), func(n int, record []byte, err error) error {
		found++
		name := fmt.Sprintf("%s#%d", source, n)
		item := Item{Source: name}
		if err != nil {
			item.Err = &Refusal{name, err.Error(), jsonAdvice}
		} else {
			item.Raw = Raw{Source: name, MediaType: MediaTypeJSONLine, Bytes: bytes.Clone(record), Published: w.opt.Published}
		}
		stopped = w.visit(item)
		return stopped
	})
	switch {
	case stopped != nil:
		return stopped
	case err != nil:
		return w.refuse(source, fileReason(err), jsonAdvice)
	case found == 0:
		return w.refuse(source, "the input is empty", jsonAdvice)
	}
	return nil
}

// kindOfFile names what is not a regular file.
func kindOfFile(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	case mode&fs.ModeSymlink != 0:
		return "a link"
	case mode.IsDir():
		return "a folder"
	}
	return "a special file"
}

// fileReason says what the system said, without the path, which the refusal names already.
func fileReason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file or folder"
	case errors.Is(err, fs.ErrPermission):
		return "it may not be read"
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return "it could not be read (" + err.Error() + ")"
}

// sourceName is the path as it is kept and shown. File names are bytes; what is not UTF-8 in
// them is shown as \xNN, because the store and JSON hold only Unicode.
func sourceName(p string) string {
	if utf8.ValidString(p) && !strings.ContainsRune(p, 0) {
		return p
	}
	var b strings.Builder
	for i := 0; i < len(p); {
		r, size := utf8.DecodeRuneInString(p[i:])
		if r == utf8.RuneError && size == 1 || r == 0 {
			fmt.Fprintf(&b, `\x%02x`, p[i])
		} else {
			b.WriteString(p[i : i+size])
		}
		i += size
	}
	return b.String()
}
