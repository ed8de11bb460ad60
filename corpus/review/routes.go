package review

import (
	"net/http"
)

// route is an address that is answered.
type route struct {
	method  string
	pattern string // of http.ServeMux
	changes bool   // records something: POST only, not on a read-only server
	open    bool   // answered without a session
	answer  func(*Server, *http.Request) (reply, error)
}

// routes are all addresses. Whatever is not in this list does not exist; the tests of the
// guards walk it.
var routes = []route{
	{method: http.MethodGet, pattern: "/{$}", answer: (*Server).queuePage},
	{method: http.MethodGet, pattern: "/fact/{id}", answer: (*Server).factPage},
	{method: http.MethodGet, pattern: "/fact/{id}/edit", answer: (*Server).editPage},
	{method: http.MethodGet, pattern: "/document/{id}", answer: (*Server).documentPage},
	{method: http.MethodGet, pattern: "/document/{id}/why", answer: (*Server).whyPage},
	{method: http.MethodGet, pattern: "/search", answer: (*Server).searchPage},
	{method: http.MethodGet, pattern: "/history", answer: (*Server).historyPage},
	{method: http.MethodGet, pattern: "/orphans", answer: (*Server).orphansPage},
	{method: http.MethodGet, pattern: "/help", answer: (*Server).helpPage},
	{method: http.MethodGet, pattern: "/enter", open: true, answer: (*Server).enterPage},
	{method: http.MethodGet, pattern: "/static/{name}", open: true, answer: (*Server).staticFile},
	{method: http.MethodPost, pattern: "/decide", changes: true, answer: (*Server).decide},
	{method: http.MethodPost, pattern: "/edit", changes: true, answer: (*Server).edit},
	{method: http.MethodPost, pattern: "/undo", changes: true, answer: (*Server).undo},
	{method: http.MethodPost, pattern: "/enter", open: true, answer: (*Server).enter},
}
