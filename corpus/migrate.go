package corpus

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"dateline/corpus/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// migration is one step of the schema. Steps are never changed once released, only added.
type migration struct {
	version int
	name    string
	sql     string
}

// migrations are the embedded steps, in order.
var migrations = mustLoadMigrations()

func mustLoadMigrations() []migration {
	names, err := fs.Glob(schemaFiles, "schema/*.sql")
	if err != nil || len(names) == 0 {
		panic("corpus: no embedded schema")
	}
	sort.Strings(names)
	var list []migration
	for i, name := range names {
		number, _, _ := strings.Cut(path.Base(name), "_")
		version, err := strconv.Atoi(number)
		if err != nil || version != i+1 {
			panic("corpus: schema file out of order: " + name)
		}
		text, err := schemaFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		list = append(list, migration{version, path.Base(name), string(text)})
	}
	return list
}

// migrate brings the schema up to date: a copy of the file first, then every step with its
// recorded version in one transaction.
func (s *Store) migrate(ctx context.Context, list []migration) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return s.fail("could not be opened for migration", err)
	}
	defer conn.Close()
	version := func() (v int, err error) {
		err = conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v)
		return v, err
	}
	from, err := version()
	if err != nil {
		return s.fail("could not be read", err)
	}
	newest := list[len(list)-1].version
	if from >= newest {
		return nil
	}
	if from > 0 {
		backup, err := s.backupName(from)
		if err != nil {
			return err
		}
		if err := s.copyTo(ctx, conn, backup); err != nil {
			return s.fail("could not be copied to "+backup+" before its migration, so it was not migrated", err)
		}
		s.Backups = append(s.Backups, backup)
	}
	fault.At(fault.Step)
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return s.fail("could not be locked for migration", err)
	}
	done := false
	defer func() {
		if !done {
			conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	// Another process may have migrated while this one waited for the lock.
	if from, err = version(); err != nil {
		return s.fail("could not be read", err)
	}
	if from > newest {
		return &Error{Path: s.path, Problem: Newer, Detail: fmt.Sprintf("was migrated to the newer schema %d meanwhile", from), Advice: "use the newer program"}
	}
	for _, m := range list {
		if m.version <= from {
			continue
		}
		fault.At(fault.Step)
		if _, err := conn.ExecContext(ctx, m.sql); err != nil {
			return s.fail("migration "+m.name+" failed, the file has its old schema", err)
		}
		if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version=%d", m.version)); err != nil {
			return s.fail("migration "+m.name+" failed, the file has its old schema", err)
		}
	}
	fault.At(fault.Step)
	if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
		return s.fail("its migration could not be committed, the file has its old schema", err)
	}
	done = true
	fault.At(fault.Step)
	return nil
}

// copyTo copies the database to a file of its own, which gets its name when it is complete: a
// copy that was cut short must not look like a backup.
func (s *Store) copyTo(ctx context.Context, conn *sql.Conn, backup string) error {
	name, err := unfinishedName(s.path)
	if err != nil {
		return err
	}
	defer removeDatabase(name)
	fault.At(fault.Step)
	if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", name); err != nil {
		return err
	}
	fault.At(fault.Step)
	if err := linkOrRename(name, backup); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(backup))
}

// backupName is a free name beside the database; an earlier backup is never overwritten.
func (s *Store) backupName(version int) (string, error) {
	base := fmt.Sprintf("%s.backup-v%d", s.path, version)
	for i := 1; i <= 1000; i++ {
		name := base
		if i > 1 {
			name = fmt.Sprintf("%s.%d", base, i)
		}
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name, nil
		}
	}
	return "", &Error{Path: base, Problem: Unwritable, Detail: "has 1,000 backups already", Advice: "move some of them away"}
}
