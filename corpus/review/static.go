package review

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"net/http"
	"path"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static/review.css
var styleSheet []byte

//go:embed static/review.js
var script []byte

//go:embed static/icon.svg
var icon []byte

// asset is a file that pages refer to.
type asset struct {
	bytes []byte
	kind  string
}

// assets are the files by their names in /static/.
var assets = map[string]asset{
	"review.css": {styleSheet, "text/css; charset=utf-8"},
	"review.js":  {script, "text/javascript; charset=utf-8"},
	"icon.svg":   {icon, "image/svg+xml"},
}

// The addresses carry a hash, so that a newer program never meets an older file of a cache.
var (
	styleAddress  = "/static/review.css?" + digest(styleSheet)
	scriptAddress = "/static/review.js?" + digest(script)
)

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

// staticFile is /static/NAME.
func (s *Server) staticFile(r *http.Request) (reply, error) {
	a, ok := assets[r.PathValue("name")]
	if !ok {
		return reply{}, problem{http.StatusNotFound, "There is no such file."}
	}
	return reply{bytes: a.bytes, kind: a.kind, tag: `"` + digest(a.bytes) + `"`}, nil
}

// pageNames are the templates of main parts; each is layout.html with one of them.
var pageNames = []string{"queue", "fact", "edit", "document", "why", "search", "history", "orphans", "help", "enter", "failure"}

var templates = parseTemplates()

// parseTemplates reads the embedded templates; a fault in them is found by any test.
func parseTemplates() map[string]*template.Template {
	out := map[string]*template.Template{}
	for _, name := range pageNames {
		files := []string{"templates/layout.html", "templates/parts.html", path.Join("templates", name+".html")}
		out[name] = template.Must(template.New("layout.html").Option("missingkey=error").ParseFS(templateFiles, files...))
	}
	return out
}
