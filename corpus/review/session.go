package review

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// A server that other machines can reach needs a token. The address that is printed holds a
// code that works once: it is exchanged for a cookie, so that what stays in a browser's history
// or is read over a shoulder opens nothing. Whoever comes later types the token itself.

// tokenBytes is the length of a token: 256 bits, in hexadecimal digits when written.
const tokenBytes = 32

// cookieName is the session's. One server a host name: ports do not tell cookies apart.
const cookieName = "dateline-review"

// sessions knows who may come in.
type sessions struct {
	token  string
	cookie string // what the cookie holds: the token can't be worked out from it
	mu     sync.Mutex
	code   string // the one-time code, or "" when it was used
}

func newSessions(token string) *sessions {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("dateline review session"))
	return &sessions{token: token, cookie: hex.EncodeToString(mac.Sum(nil))}
}

// same compares two secrets in a time that tells nothing about them.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// admit takes a token or the one-time code, which it uses up.
func (s *sessions) admit(secret string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	byCode := s.code != "" && same(secret, s.code)
	if byCode {
		s.code = ""
	}
	byToken := same(secret, s.token)
	return byCode || byToken
}

// OneTimeAddress gives the path by which one browser may enter once, or "/" when the server
// needs no token. An earlier one no longer works.
func (s *Server) OneTimeAddress() string {
	if s.session == nil {
		return "/"
	}
	s.session.mu.Lock()
	defer s.session.mu.Unlock()
	b := make([]byte, tokenBytes)
	rand.Read(b)
	s.session.code = hex.EncodeToString(b)
	return "/enter?code=" + s.session.code
}

// needSession lets in who has the cookie; others see the page that asks for the token.
func (s *Server) needSession(next http.Handler) http.Handler {
	if s.session == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie(cookieName); err == nil && same(c.Value, s.session.cookie) {
			next.ServeHTTP(w, r)
			return
		}
		if _, pattern := s.mux.Handler(r); isOpen(pattern) {
			next.ServeHTTP(w, r)
			return
		}
		if r.Method == http.MethodPost {
			s.refuse(w, http.StatusForbidden, "Enter first: open the address that dateline printed. Nothing was recorded.")
			return
		}
		http.Redirect(w, r, "/enter", http.StatusSeeOther)
	})
}

// isOpen reports whether a pattern of the mux is that of an open route.
func isOpen(pattern string) bool {
	for _, r := range routes {
		if r.open && r.method+" "+r.pattern == pattern {
			return true
		}
	}
	return false
}

// enterView is the page that asks for the token.
type enterView struct {
	Code  string // the one-time code of the address; the button sends it
	Wrong bool
}

// enterPage is GET /enter. It changes nothing: the code is used up by the button, so that a
// program which looks at links before people do opens no session.
func (s *Server) enterPage(r *http.Request) (reply, error) {
	if s.session == nil {
		return reply{redirect: "/"}, nil
	}
	code := r.URL.Query().Get("code")
	if len(code) > 2*tokenBytes {
		code = ""
	}
	return reply{page: "enter", title: "Enter", body: enterView{Code: code}}, nil
}

// enter is POST /enter.
func (s *Server) enter(r *http.Request) (reply, error) {
	if s.session == nil {
		return reply{redirect: "/"}, nil
	}
	if !s.session.admit(strings.TrimSpace(r.PostForm.Get("token"))) {
		return reply{code: http.StatusForbidden, page: "enter", title: "Enter", bad: true,
			told: "That token is wrong, or the code was used before.", body: enterView{Wrong: true}}, nil
	}
	return reply{redirect: "/", cookie: &http.Cookie{Name: cookieName, Value: s.session.cookie, Path: "/", HttpOnly: true,
		Secure: s.Secure, SameSite: http.SameSiteStrictMode}}, nil
}

// TokenFile reads the token of a file, or makes both. A file that others on the machine can
// read is refused.
func TokenFile(name string) (string, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return readToken(name)
	}
	if err != nil {
		return "", fmt.Errorf("%s: the token could not be written: %w; name another file with --token-file", name, err)
	}
	b := make([]byte, tokenBytes)
	rand.Read(b)
	token := hex.EncodeToString(b)
	_, err = f.WriteString(token + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(name)
		return "", fmt.Errorf("%s: the token could not be written: %w; free some space or name another file with --token-file", name, err)
	}
	return token, nil
}

func readToken(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", fmt.Errorf("%s: the token could not be read: %w", name, err)
	}
	switch {
	case !info.Mode().IsRegular() || info.Size() > 4096:
		return "", fmt.Errorf("%s: is no token file; name a file that does not exist, and it is made", name)
	case filepath.Separator == '/' && info.Mode().Perm()&0o077 != 0:
		return "", fmt.Errorf("%s: others can read the token; run 'chmod 600' on it, or delete it and a new one is made", name)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("%s: the token could not be read: %w", name, err)
	}
	token := strings.TrimSpace(string(b))
	if raw, err := hex.DecodeString(token); err != nil || len(raw) < tokenBytes {
		return "", fmt.Errorf("%s: holds no token of %d hexadecimal digits; delete it and a new one is made", name, 2*tokenBytes)
	}
	return token, nil
}
