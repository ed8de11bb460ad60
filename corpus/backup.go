package corpus

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// BackupInfo says what a backup holds.
type BackupInfo struct {
	Path      string
	Bytes     int64
	Documents int // current ones
	Facts     int
}

// Backup writes a copy of the database to path, as it is at this moment, whatever others write
// meanwhile. The copy is complete, checked and on the disk when it gets its name; a name that
// is taken is refused, and nothing is left behind by a failure.
func (s *Store) Backup(ctx context.Context, path string) (BackupInfo, error) {
	taken := &Error{Path: path, Problem: BadRequest, Detail: "exists already", Advice: "name a new file, or move that one away; a backup never overwrites"}
	if _, err := os.Lstat(path); err == nil {
		return BackupInfo{}, taken
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return BackupInfo{}, &Error{Path: path, Problem: BadRequest, Detail: "its folder does not exist", Advice: "create the folder, or name another file"}
	}
	name, err := unfinishedName(path)
	if err != nil {
		return BackupInfo{}, &Error{Path: path, Problem: Unwritable, Detail: "could not be created", Err: err, Advice: "check the folder's permissions and free space"}
	}
	defer removeDatabase(name)
	if err := s.vacuumInto(ctx, name); err != nil {
		return BackupInfo{}, err
	}
	made, err := inspectCopy(ctx, name)
	if err != nil {
		return BackupInfo{}, &Error{Path: path, Problem: Failed, Detail: "the copy is not sound, so it was not kept", Err: err, Advice: "run `dateline verify` on the database, and check the disk"}
	}
	made.Path = path
	if err := syncFile(name); err != nil {
		return BackupInfo{}, &Error{Path: path, Problem: Unwritable, Detail: "could not be written to the disk", Err: err, Advice: "check the disk and its free space; nothing was left behind"}
	}
	switch err := linkOrRename(name, path); {
	case errors.Is(err, fs.ErrExist): // somebody took the name meanwhile
		return BackupInfo{}, taken
	case err != nil:
		return BackupInfo{}, &Error{Path: path, Problem: Unwritable, Detail: "could not be created", Err: err, Advice: "check the folder's permissions"}
	}
	removeUnfinished(path) // of backups to the same name that were killed
	return made, syncFolder(folder)
}

// vacuumInto lets SQLite write a packed copy from one snapshot of the database.
func (s *Store) vacuumInto(ctx context.Context, name string) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return s.fail("could not be read", err)
	}
	defer conn.Close()
	if s.readOnly {
		// The pragma would forbid writing the copy as well; mode=ro goes on to guard the database.
		if _, err := conn.ExecContext(ctx, "PRAGMA query_only=OFF"); err != nil {
			return s.fail("could not be read", err)
		}
		defer conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only=ON")
	}
	if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", name); err != nil {
		if ctx.Err() != nil {
			return ctx.Err() // the drivers call it an interrupt
		}
		return s.fail("could not be copied", err)
	}
	return nil
}

// inspectCopy opens a copy as any reader would, with a check of its structure.
func inspectCopy(ctx context.Context, name string) (BackupInfo, error) {
	copied, err := Open(ctx, name, Options{ReadOnly: true, Check: true})
	if err != nil {
		return BackupInfo{}, err
	}
	defer copied.Close()
	var c BackupInfo
	if err := copied.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM document WHERE is_current = 1), (SELECT count(*) FROM fact)").Scan(&c.Documents, &c.Facts); err != nil {
		return BackupInfo{}, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return BackupInfo{}, err
	}
	c.Bytes = info.Size()
	return c, nil
}

func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	return errors.Join(err, f.Close())
}
