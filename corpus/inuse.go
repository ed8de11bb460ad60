package corpus

import (
	"io/fs"
	"os"
	"sync"
)

// inUse are the files that stores of this process have open. Such a file must not be opened and
// closed without SQLite: with any close, POSIX takes all locks away that the process has on the
// file, those of SQLite too.
var inUse struct {
	sync.Mutex
	files map[*Store]fs.FileInfo
}

// hold looks at the file of a store that is about to be opened, and notes that it is in use.
func (s *Store) hold() (exists bool, size int64, err error) {
	inUse.Lock()
	defer inUse.Unlock()
	info, err := os.Stat(s.path)
	if err == nil {
		for _, used := range inUse.files {
			if exists = os.SameFile(used, info); exists {
				break // it was looked at when it was opened first
			}
		}
	}
	if !exists {
		if exists, _, err = inspect(s.path); !exists || err != nil {
			return exists, 0, err
		}
		if info, err = os.Stat(s.path); err != nil {
			return false, 0, &Error{Path: s.path, Problem: Failed, Detail: "could not be looked at", Err: err, Advice: "check the path and its permissions"}
		}
	}
	if inUse.files == nil {
		inUse.files = map[*Store]fs.FileInfo{}
	}
	inUse.files[s] = info
	return true, info.Size(), nil
}

// release notes that the store no longer has the file open.
func (s *Store) release() {
	inUse.Lock()
	defer inUse.Unlock()
	delete(inUse.files, s)
}
