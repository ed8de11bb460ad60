//go:build cgo && sqlite_fts5

package corpus

import (
	"fmt"
	"strings"

	_ "github.com/mattn/go-sqlite3" // registers the driver "sqlite3"
)

// driverName is the database/sql name of the SQLite driver that this build uses.
const driverName = "sqlite3"

// dsn is the data source name for the file at path. mode is SQLite's URI mode ("ro", "rw", "rwc").
func dsn(path, mode string, immutable bool) string {
	var b strings.Builder
	b.WriteString(fileURI(path, mode, immutable))
	fmt.Fprintf(&b, "&_busy_timeout=%d&_foreign_keys=on&_synchronous=FULL", busyTimeout)
	if mode == "ro" {
		b.WriteString("&_query_only=on")
	}
	return b.String()
}
