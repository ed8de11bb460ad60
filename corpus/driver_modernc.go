//go:build !(cgo && sqlite_fts5)

package corpus

import (
	"fmt"
	"strings"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// driverName is the database/sql name of the SQLite driver that this build uses.
const driverName = "sqlite"

// dsn is the data source name for the file at path. mode is SQLite's URI mode ("ro", "rw", "rwc").
func dsn(path, mode string, immutable bool) string {
	var b strings.Builder
	b.WriteString(fileURI(path, mode, immutable))
	fmt.Fprintf(&b, "&_pragma=busy_timeout(%d)&_pragma=foreign_keys(1)&_pragma=synchronous(2)", busyTimeout)
	if mode == "ro" {
		b.WriteString("&_pragma=query_only(1)")
	}
	return b.String()
}
