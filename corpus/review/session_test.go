package review

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const testToken = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

// TestSession enters by the one-time address and by the token, and tries every route without.
func TestSession(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "a.txt"))
	var log bytes.Buffer
	withToken := func(c *Config) {
		c.Token, c.Log = testToken, slog.New(slog.NewTextHandler(&log, nil))
	}
	c := newClient(t, s, withToken)
	form := goodForm(t, newClient(t, s, nil), "/decide")
	before := trail(t, s)
	for _, r := range routes {
		answer := once(c.handler, request(r.method, goodPath(t, s, r.pattern), form.Encode()))
		switch {
		case r.open && r.pattern == "/enter" && r.method == http.MethodPost:
			if answer.StatusCode != http.StatusForbidden {
				t.Errorf("a wrong token is answered with %d", answer.StatusCode)
			}
		case r.open:
			if answer.StatusCode != http.StatusOK {
				t.Errorf("%s is answered with %d", r.pattern, answer.StatusCode)
			}
		case r.method == http.MethodPost:
			if answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s without a session is answered with %d", r.pattern, answer.StatusCode)
			}
		default:
			if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/enter" {
				t.Errorf("%s without a session is answered with %d", r.pattern, answer.StatusCode)
			}
		}
		if answer.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s gives a cookie to somebody unknown", r.pattern)
		}
	}
	if p := c.get("/nothing"); p.path != "/enter" {
		t.Errorf("an address that does not exist leads to %s: it tells what exists", p.path)
	}
	if trail(t, s) != before {
		t.Error("something was changed without a session")
	}

	address := c.handler.(*Server).OneTimeAddress()
	if c.get(address).want(http.StatusOK); c.cookie != nil {
		t.Error("looking at the address is enough to enter: programs that look at links would use it up")
	}
	p := c.get(address)
	code := p.form("form")
	if p := c.post("/enter", code).want(http.StatusOK); p.path != "/" || c.cookie == nil {
		t.Fatalf("the code leads to %s with the cookie %v", p.path, c.cookie)
	}
	if k := c.cookie; !k.HttpOnly || k.SameSite != http.SameSiteStrictMode || k.Path != "/" || strings.Contains(k.Value, testToken) || k.Secure {
		t.Errorf("the cookie is %v", k)
	}
	c.post("/decide", form).want(http.StatusOK)

	other := &client{t: t, handler: c.handler}
	other.post("/enter", code).want(http.StatusForbidden)
	other.post("/enter", url.Values{"token": {""}}).want(http.StatusForbidden)
	other.post("/enter", url.Values{"token": {testToken[:63] + "0"}}).want(http.StatusForbidden)
	other.post("/enter", url.Values{"token": {" " + testToken + "\n"}}).want(http.StatusOK)
	if other.cookie == nil {
		t.Error("the token opens nothing")
	}
	forged := &client{t: t, handler: c.handler, cookie: &http.Cookie{Name: cookieName, Value: strings.Repeat("0", 64)}}
	if p := forged.get("/"); p.path != "/enter" {
		t.Errorf("a forged cookie leads to %s", p.path)
	}
	for _, secret := range []string{testToken, code.Get("token"), c.cookie.Value} {
		if strings.Contains(log.String(), secret) {
			t.Error("a secret is in the log")
		}
	}
	if !strings.Contains(log.String(), "/enter") {
		t.Error("the log has no requests: that it holds no secret proves nothing")
	}
	secure := newClient(t, s, func(c *Config) { withToken(c); c.Secure = true })
	secure.post("/enter", url.Values{"token": {testToken}}).want(http.StatusOK)
	if !secure.cookie.Secure {
		t.Error("the cookie of a server behind https is sent without")
	}
}

func TestTokenFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "review.token")
	token, err := TokenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(token) != 64 {
		t.Errorf("the token is %q, want 64 digits", token)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v (%v), want mode 0600", info.Mode(), err)
	}
	if again, err := TokenFile(name); err != nil || again != token {
		t.Errorf("read again it is %q (%v)", again, err)
	}
	other, _ := TokenFile(filepath.Join(dir, "other.token"))
	if other == token {
		t.Error("two files have the same token")
	}
	write := func(text string, mode os.FileMode) string {
		name := filepath.Join(t.TempDir(), "token")
		if err := os.WriteFile(name, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for why, name := range map[string]string{
		"others can read the token": write(token, 0o644), "holds no token": write("secret", 0o600), "holds no token of": write(token[:62], 0o600),
		"is no token file": dir, "could not be written": filepath.Join(dir, "none", "token"),
	} {
		if _, err := TokenFile(name); err == nil || !strings.Contains(err.Error(), why) || !strings.HasPrefix(err.Error(), name) {
			t.Errorf("%s: the error is %v", why, err)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	s := openStore(t)
	for _, c := range []Config{{}, {Store: s, Now: steadyClock, Hosts: []string{"x"}}, {Store: s, Who: "ana", Hosts: []string{"x"}}, {Store: s, Now: steadyClock, Who: "ana"}} {
		if _, err := New(c); err == nil {
			t.Errorf("%+v makes a server", c)
		}
	}
	if err := Serve(context.Background(), closedListener(t), http.NotFoundHandler()); err == nil {
		t.Error("a closed listener is served")
	}
}
