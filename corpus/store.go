package corpus

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"dateline/corpus/fault"
)

// applicationID marks our files in SQLite's header (offset 68): "Dtln".
const applicationID = 0x44746c6e

// quickCheckLimit is the size in bytes up to which a file is checked on every opening: SQLite
// reads the whole file for it, at some hundreds of MB a second.
const quickCheckLimit = 128 << 20

// busyTimeout is how long a writer waits for another process, in milliseconds.
const busyTimeout = 30000

// Options changes how a database is opened.
type Options struct {
	ReadOnly bool // never write; the file must exist
	Check    bool // check the file's structure whatever its size
}

// Store is an open database. It is safe for concurrent use; writers take turns.
type Store struct {
	path     string
	readOnly bool
	db       *sql.DB

	mu      sync.Mutex // one writer of this process at a time
	writer  *writer    // prepared statements of the writing connection, or nil
	Backups []string   // copies that were made before migrating, for the user to know
}

// Path is the file's path as it was given.
func (s *Store) Path() string { return s.path }

// Open opens the database at path. A file that does not exist is created, unless
// o.ReadOnly. A file that is not ours is refused and never written to; errors are *Error.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	return open(ctx, path, o, migrations)
}

func open(ctx context.Context, path string, o Options, list []migration) (*Store, error) {
	s := &Store{path: path, readOnly: o.ReadOnly}
	if err := s.open(ctx, o, list); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, o Options, list []migration) error {
	path := s.path
	exists, size, err := s.hold()
	if err != nil {
		return err
	}
	if !exists {
		if o.ReadOnly {
			return &Error{Path: path, Problem: Missing, Detail: "there is no such database",
				Advice: "run `dateline ingest` first, or name another file with --db"}
		}
		if err := create(ctx, path, list); err != nil {
			return err
		}
		if _, _, err := s.hold(); err != nil {
			return err
		}
	}
	mode := "rw"
	if o.ReadOnly {
		mode = "ro"
	}
	if s.db, err = connect(ctx, path, mode, false); err != nil && o.ReadOnly && walEmpty(path) {
		// A folder that can't be written to has no place for the shared-memory file of WAL;
		// with nothing in the log the file alone is complete.
		s.db, err = connect(ctx, path, mode, true)
	}
	if err != nil {
		return s.fail("could not be opened", err)
	}
	if err := s.check(ctx, o.Check || size <= quickCheckLimit, list); err != nil {
		s.db.Close()
		return err
	}
	if !o.ReadOnly {
		var mode string
		if err := s.db.QueryRowContext(ctx, "PRAGMA journal_mode=WAL").Scan(&mode); err != nil {
			s.db.Close()
			return s.fail("can't be written to", err)
		}
		if err := s.migrate(ctx, list); err != nil {
			s.db.Close()
			return err
		}
		if err := s.tryWrite(ctx); err != nil {
			s.db.Close()
			return err
		}
		removeUnfinished(path)
	}
	return nil
}

// tryWrite takes the write lock and gives it back: a file that may not be written is refused
// now, not when the first hours of work are to be stored. Somebody else who holds the lock is
// as good an answer, so it does not wait.
func (s *Store) tryWrite(ctx context.Context) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return s.fail("can't be written to", err)
	}
	defer conn.Close()
	// BEGIN IMMEDIATE alone succeeds on a file that is read-only: the change of no row does not.
	for _, query := range []string{"PRAGMA busy_timeout=0", "BEGIN IMMEDIATE", "UPDATE source SET state = state WHERE false", "ROLLBACK", fmt.Sprintf("PRAGMA busy_timeout=%d", busyTimeout)} {
		_, failed := conn.ExecContext(ctx, query)
		var e *Error
		failed = s.fail("can't be written to", failed)
		if errors.As(failed, &e) && (e.Problem == Busy || query == "ROLLBACK") {
			continue // without a lock there is nothing to roll back
		}
		if failed != nil {
			conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
			return failed
		}
	}
	return nil
}

// Close ends the use of the store.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writer != nil {
		s.writer.close()
		s.writer = nil
	}
	defer s.release()
	return s.db.Close()
}

// fileURI is SQLite's URI of a file; characters that a URI gives a meaning are escaped.
func fileURI(path, mode string, immutable bool) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	uri := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(path)) + "?mode=" + mode
	if immutable {
		uri += "&immutable=1"
	}
	return uri
}

func connect(ctx context.Context, path, mode string, immutable bool) (*sql.DB, error) {
	db, err := sql.Open(driverName, dsn(path, mode, immutable))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	var n int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&n); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func walEmpty(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err != nil || info.Size() == 0
}

// inspect looks at a file without SQLite, which would take an empty file for a new database.
func inspect(path string) (exists bool, size int64, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, 0, nil
	}
	if err != nil {
		return false, 0, &Error{Path: path, Problem: Failed, Detail: "could not be looked at", Err: err, Advice: "check the path and its permissions"}
	}
	if !info.Mode().IsRegular() {
		return false, 0, &Error{Path: path, Problem: Foreign, Detail: "is not a regular file", Advice: "name a file with --db"}
	}
	f, err := os.Open(path)
	if err != nil {
		return false, 0, &Error{Path: path, Problem: Failed, Detail: "could not be opened", Err: err, Advice: "check its permissions"}
	}
	defer f.Close()
	head := make([]byte, 100)
	n, _ := f.ReadAt(head, 0)
	head = head[:n]
	switch {
	case info.Size() == 0:
		return false, 0, &Error{Path: path, Problem: Corrupt, Detail: "is an empty file, not a database", Advice: "delete it if it holds nothing you need, or name another file with --db"}
	case !strings.HasPrefix(string(head), "SQLite format 3\x00"):
		return false, 0, &Error{Path: path, Problem: Foreign, Detail: "is not a SQLite database", Advice: "it was left as it is; name another file with --db"}
	case len(head) < 100:
		return false, 0, &Error{Path: path, Problem: Corrupt, Detail: "is cut off inside its header", Advice: "restore it from a backup; it was left as it is"}
	case binary.BigEndian.Uint32(head[68:]) != applicationID:
		return false, 0, &Error{Path: path, Problem: Foreign, Detail: "is a SQLite database of another program", Advice: "it was left as it is; name another file with --db"}
	}
	return true, info.Size(), nil
}

// check refuses a database that is damaged or newer than this program.
func (s *Store) check(ctx context.Context, structure bool, list []migration) error {
	var id, version int
	if err := s.db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return s.fail("could not be read", err)
	}
	if id != applicationID {
		return &Error{Path: s.path, Problem: Foreign, Detail: "is a SQLite database of another program", Advice: "it was left as it is; name another file with --db"}
	}
	if err := s.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return s.fail("could not be read", err)
	}
	newest := list[len(list)-1].version
	if version > newest {
		return &Error{Path: s.path, Problem: Newer, Detail: fmt.Sprintf("was written by a newer dateline (schema %d, this program knows %d)", version, newest),
			Advice: "use the newer program; the file was left as it is"}
	}
	if version < newest && s.readOnly {
		return &Error{Path: s.path, Problem: Older, Detail: fmt.Sprintf("has the older schema %d (this program uses %d)", version, newest),
			Advice: "run any command that writes, such as `dateline ingest`, to migrate it; a backup is made first"}
	}
	if !structure {
		return nil
	}
	var verdict string
	if err := s.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return s.fail("is damaged", err)
	}
	if verdict != "ok" {
		return &Error{Path: s.path, Problem: Corrupt, Detail: "is damaged: " + verdict, Advice: "restore it from a backup, or delete it and ingest again; it was left as it is"}
	}
	return nil
}

// create makes a new database beside path and gives it its name when it is complete, so that
// a kill or a full disk in between leaves no half database under that name.
func create(ctx context.Context, path string, list []migration) (err error) {
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); err != nil {
		return &Error{Path: path, Problem: Missing, Detail: "its folder does not exist", Err: err, Advice: "create the folder or name another file with --db"}
	}
	name, err := unfinishedName(path)
	if err != nil {
		return &Error{Path: path, Problem: Unwritable, Detail: "could not be created", Err: err, Advice: "check the folder's permissions and free space"}
	}
	defer removeDatabase(name)
	fault.At(fault.Step)
	s := &Store{path: path}
	if s.db, err = connect(ctx, name, "rw", false); err != nil {
		return s.fail("could not be created", err)
	}
	for _, pragma := range []string{fmt.Sprintf("PRAGMA application_id=%d", applicationID), "PRAGMA journal_mode=WAL"} {
		if _, err := s.db.ExecContext(ctx, pragma); err != nil {
			s.db.Close()
			return s.fail("could not be created", err)
		}
	}
	if err := s.migrate(ctx, list); err != nil {
		s.db.Close()
		return err
	}
	// Closing copies the log into the file as well, but keeps it to itself when the disk is full.
	var busy, logged, copied int
	if err := s.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &logged, &copied); err != nil {
		s.db.Close()
		return s.fail("could not be created", err)
	}
	if err := s.db.Close(); err != nil {
		return s.fail("could not be created", err)
	}
	if !walEmpty(name) {
		return &Error{Path: path, Problem: Failed, Detail: "could not be created: its log was not copied into it", Advice: "check the disk and try again"}
	}
	fault.At(fault.Step)
	// When the name exists another process was faster, and its file is as good.
	if err := linkOrRename(name, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return &Error{Path: path, Problem: Unwritable, Detail: "could not be created", Err: err, Advice: "check the folder's permissions"}
	}
	fault.At(fault.Step)
	return syncFolder(folder)
}

// syncFolder makes a new name durable. Systems that can't sync folders need not.
func syncFolder(folder string) error {
	if d, err := os.Open(folder); err == nil {
		d.Sync()
		d.Close()
	}
	return nil
}

// fail turns an error of the driver into one that says what to do. Errors of this package
// and cancellations pass.
func (s *Store) fail(what string, err error) error {
	if err == nil {
		return nil
	}
	var own *Error
	if errors.As(err, &own) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := &Error{Path: s.path, Problem: Failed, Detail: what, Err: err, Advice: "nothing of the failed step was stored; see the message and try again"}
	text := strings.ToLower(err.Error())
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(text, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("malformed", "not a database", "corrupt", "sqlite_notadb"):
		e.Problem, e.Advice = Corrupt, "restore it from a backup, or delete it and ingest again; it was left as it is"
	case has("disk is full", "disk full", "no space", "sqlite_full"):
		e.Problem, e.Advice = Unwritable, "free some space and run the command again; nothing of the failed step was stored"
	case has("readonly", "read-only", "attempt to write", "permission denied"):
		e.Problem, e.Advice = Unwritable, "check the permissions of the file and of its folder"
	case has("locked", "busy"):
		e.Problem, e.Advice = Busy, "another process is writing to it; try again when that is done"
	case has("i/o error", "ioerr"):
		e.Problem, e.Advice = Failed, "the disk reports errors, or has no free space left; nothing of the failed step was stored"
	}
	return e
}
