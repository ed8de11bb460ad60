package review

import (
	"mime"
	"net/http"
	"time"
)

// contentPolicy lets a page use this server alone, and nothing inline.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// formType is the one type of request that can change something. Other sites can send it too;
// that is what the check of origins is for.
const formType = "application/x-www-form-urlencoded"

// formSize bounds a form in bytes: the longest is an agreement with all its parties.
const formSize = 256 << 10

// guard stands before every address, known or not. The order counts: a request by a foreign
// name learns nothing, not even which addresses exist.
func (s *Server) guard(next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	origins.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, http.StatusForbidden, "This request comes from another site. Nothing was done.")
	}))
	checked := origins.Handler(s.needSession(next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := s.Now()
		seen := &statusWriter{ResponseWriter: w}
		// The path alone: a query can hold a one-time code or somebody's name.
		defer func() {
			s.Log.Info("request", "method", r.Method, "path", r.URL.Path, "status", seen.status, "took", s.Now().Sub(begun).Round(time.Millisecond))
		}()
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin") // "no-referrer" would take the Origin header from our own forms
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store") // forms carry versions; a kept page would be stale
		switch {
		case !s.hosts[r.Host]:
			s.refuse(seen, http.StatusMisdirectedRequest, "This server does not answer by that name. Use the address that dateline printed; --host adds a name.")
			return
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
		case r.Method == http.MethodPost:
			if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != formType || r.Header.Get("Content-Encoding") != "" {
				s.refuse(seen, http.StatusUnsupportedMediaType, "Only forms are taken: Content-Type "+formType+".")
				return
			}
			r.Body = http.MaxBytesReader(seen, r.Body, formSize)
		default: // OPTIONS too: no other site is allowed anything, so there is nothing to ask for
			h.Set("Allow", "GET, HEAD, POST")
			s.refuse(seen, http.StatusMethodNotAllowed, "Only GET, HEAD and POST are answered.")
			return
		}
		checked.ServeHTTP(seen, r)
	})
}

// refuse answers with one line of text. It shows nothing of the request.
func (s *Server) refuse(w http.ResponseWriter, code int, why string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	w.Write([]byte(why + "\n"))
}

// statusWriter remembers the status that was sent, for the log.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *statusWriter) WriteHeader(code int) {
	if w.status == 0 {
		w.status = code
	}
	w.ResponseWriter.WriteHeader(code)
}

// Write implements http.ResponseWriter.
func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.MaxBytesReader and http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
