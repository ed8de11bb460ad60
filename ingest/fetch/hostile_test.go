package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// shortLimits are the limits of these tests: the defaults divided by about twenty. Shorter ones would measure a busy machine.
var shortLimits = Limits{Connect: 500 * time.Millisecond, Headers: 1200 * time.Millisecond, Idle: time.Second, Total: 3 * time.Second, MinRate: 2000}

// script is a server that answers robots.txt as servers do, and everything else by writing what it likes to the bare connection.
func script(t *testing.T, play func(conn net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	var mu sync.Mutex
	var conns []net.Conn
	running.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			conns = append(conns, conn)
			mu.Unlock()
			running.Go(func() {
				defer conn.Close()
				req, err := http.ReadRequest(bufio.NewReader(conn))
				if err != nil {
					return
				}
				if req.URL.Path == "/robots.txt" {
					io.WriteString(conn, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
					return
				}
				play(conn)
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		mu.Lock()
		for _, conn := range conns {
			conn.Close()
		}
		mu.Unlock()
		running.Wait()
	})
	return "http://" + listener.Addr().String() + "/page"
}

// says writes a text and closes.
func says(text string) func(net.Conn) {
	return func(conn net.Conn) { io.WriteString(conn, text) }
}

// drips writes a head, and then a piece again and again until the other side is gone.
func drips(head, piece string, pause time.Duration) func(net.Conn) {
	return func(conn net.Conn) {
		io.WriteString(conn, head)
		for {
			if _, err := io.WriteString(conn, piece); err != nil {
				return
			}
			time.Sleep(pause)
		}
	}
}

// waits writes a text and then says nothing until the other side is gone.
func waits(text string) func(net.Conn) {
	return func(conn net.Conn) {
		io.WriteString(conn, text)
		io.Copy(io.Discard, conn)
	}
}

// resets writes a text and breaks the connection off.
func resets(text string) func(net.Conn) {
	return func(conn net.Conn) {
		io.WriteString(conn, text)
		time.Sleep(20 * time.Millisecond)
		conn.(*net.TCPConn).SetLinger(0)
	}
}

func zipped(text string) string {
	var b bytes.Buffer
	gz := gzip.NewWriter(&b)
	io.WriteString(gz, text)
	gz.Close()
	return b.String()
}

// theBomb is 8 MB of zeros, compressed a thousandfold.
var theBomb = sync.OnceValue(func() string { return string(bomb(8 << 20)) })

const (
	okHead   = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	openHead = okHead + "\r\n" // the end of the connection is that of the body
)

// hostileServers are servers that are broken, or mean it. body is what Get gives where want is "".
var hostileServers = []struct {
	name string
	play func(net.Conn)
	want Class
	body string
}{
	{"says nothing", waits(""), ClassTimeout, ""},
	{"headers byte by byte", drips("HTTP/1.1 200 OK\r\nX: ", "a", 20*time.Millisecond), ClassTimeout, ""},
	{"headers without end", drips("HTTP/1.1 200 OK\r\n", strings.Repeat("X-Y: z\r\n", 1000), 0), ClassTooLarge, ""},
	{"a header of 1 MB", says("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("a", 1<<20) + "\r\n\r\n"), ClassTooLarge, ""},
	{"a status line without end", drips("HTTP/1.1 200 ", strings.Repeat("a", 1000), 0), ClassTooLarge, ""},
	{"a header with control characters", says("HTTP/1.1 200 OK\r\nX\x01Y: \x1b[2J\r\n\r\nbody"), ClassProtocol, ""},
	{"informational answers without end", drips("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 0), ClassTooLarge, ""},
	{"informational answers, slowly", drips("", "HTTP/1.1 103 Early Hints\r\n\r\n", 120*time.Millisecond), ClassTimeout, ""},
	{"body byte by byte", drips(openHead, "a", 20*time.Millisecond), ClassSlow, ""},
	{"compressed body byte by byte", drips(okHead+"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", "\x00\x01\x00\xfe\xffa", 20*time.Millisecond), ClassSlow, ""},
	{"body stops", waits(okHead + "Content-Length: 1000\r\n\r\nhalf"), ClassTimeout, ""},
	{"body without end", drips(openHead, strings.Repeat("a", 1<<16), 0), ClassTooLarge, ""},
	{"chunks without end", drips(okHead+"Transfer-Encoding: chunked\r\n\r\n", "10000\r\n"+strings.Repeat("a", 1<<16)+"\r\n", 0), ClassTooLarge, ""},
	{"chunks of one byte with long extensions", drips(okHead+"Transfer-Encoding: chunked\r\n\r\n", "1;"+strings.Repeat("x", 2000)+"\r\na\r\n", 0), ClassTruncated, ""},
	{"body without end, just fast enough", drips(openHead, strings.Repeat("a", 100), 10*time.Millisecond), ClassTimeout, ""},
	{"length too long", says(okHead + "Content-Length: 1000\r\n\r\nhalf"), ClassTruncated, ""},
	{"length too short", waits(okHead + "Content-Length: 4\r\n\r\nhalf and more"), "", "half"},
	{"length of 10 GB", waits(okHead + "Content-Length: 10000000000\r\n\r\na"), ClassTooLarge, ""},
	{"length below zero", says(okHead + "Content-Length: -1\r\n\r\nbody"), ClassProtocol, ""},
	{"two lengths", says(okHead + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody!"), ClassProtocol, ""},
	{"chunks cut", says(okHead + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), ClassTruncated, ""},
	{"chunk without a number", says(okHead + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"), ClassTruncated, ""},
	{"trailers without end", drips(okHead+"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", strings.Repeat("X: y\r\n", 100), 0), ClassTruncated, ""},
	{"compressed body cut", says(okHead + "Content-Encoding: gzip\r\n\r\n" + zipped(strings.Repeat("words ", 1000))[:40]), ClassTruncated, ""},
	{"compressed body with a wrong checksum", says(okHead + "Content-Encoding: gzip\r\n\r\n" + strings.TrimSuffix(zipped("words"), zipped("words")[len(zipped("words"))-8:]) + "12345678"), ClassTruncated, ""},
	{"says gzip and is not", says(okHead + "Content-Encoding: gzip\r\n\r\n<p>words"), ClassTruncated, ""},
	{"gzip bomb", func(conn net.Conn) {
		io.WriteString(conn, okHead+"Content-Encoding: gzip\r\n\r\n"+theBomb())
	}, ClassTooLarge, ""},
	{"gzip of nothing", says(okHead + "Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n"), "", ""},
	{"two layers of gzip", says(okHead + "Content-Encoding: gzip, gzip\r\n\r\n" + zipped(zipped("words"))), ClassType, ""},
	{"a method that was not asked for", says(okHead + "Content-Encoding: br\r\n\r\nxyz"), ClassType, ""},
	{"closes at once", says(""), ClassConnect, ""},
	{"breaks off before the headers", resets(""), ClassConnect, ""},
	{"breaks off in the headers", resets("HTTP/1.1 200 OK\r\nContent-"), ClassProtocol, ""},
	{"breaks off in the body", resets(okHead + "Content-Length: 1000\r\n\r\nhalf"), ClassTruncated, ""},
	{"another protocol", waits("SSH-2.0-OpenSSH_9.6\r\n"), ClassProtocol, ""},
	{"old HTTP", says("<p>HTTP/0.9 has no head"), ClassProtocol, ""},
	{"a picture called a page", says(openHead + "\x89PNG\r\n\x1a\n" + strings.Repeat("x", 100)), ClassType, ""},
	{"a picture without end", drips("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", strings.Repeat("a", 1<<16), 0), ClassType, ""},
	{"an archive", says("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n\r\nPK\x03\x04"), ClassType, ""},
	{"no type, and a PDF", says("HTTP/1.1 200 OK\r\n\r\n%PDF-1.7\n"), ClassType, ""},
	{"no bitmap, though it begins as one", says("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nBMW and the school sign"), "", "BMW and the school sign"},
	{"no type, and a page", says("HTTP/1.1 200 OK\r\n\r\n<p>words"), "", "<p>words"},
	{"a part that nobody asked for", says("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-3/100\r\nContent-Length: 4\r\n\r\nhalf"), ClassTruncated, ""},
	{"not modified, though nothing is at hand", says("HTTP/1.1 304 Not Modified\r\n\r\n"), ClassStatus, ""},
	{"changes to another protocol", says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"), ClassStatus, ""},
	{"an error without end", drips("HTTP/1.1 404 Not Found\r\n\r\n", strings.Repeat("a", 1<<16), 0), ClassStatus, ""},
	{"a redirect without end", drips("HTTP/1.1 302 Found\r\nLocation: /page\r\n\r\n", strings.Repeat("a", 1<<16), 0), ClassRedirect, ""},
}

// TestHostileServers holds that each gets its class, within the limits and a second, and that nothing of it stays.
func TestHostileServers(t *testing.T) {
	if len(hostileServers) < 25 {
		t.Fatalf("%d servers", len(hostileServers))
	}
	theBomb() // not while the client waits for it
	var logged bytes.Buffer
	log.SetOutput(&logged)
	defer log.SetOutput(os.Stderr)
	goroutines, files := runtime.NumGoroutine(), openFiles(t)
	bound := shortLimits.Total + time.Second
	t.Run("servers", func(t *testing.T) {
		for _, h := range hostileServers {
			t.Run(strings.ReplaceAll(h.name, " ", "-"), func(t *testing.T) {
				c, err := New(Options{AllowPrivate: true, Delay: time.Nanosecond, Tries: 1, Limits: shortLimits, MaxBody: 4 << 20})
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				target := script(t, h.play)
				started := time.Now()
				page, err := c.Get(t.Context(), Request{URL: target})
				took := time.Since(started)
				if took > bound {
					t.Errorf("took %v, more than %v", took, bound)
				}
				if h.want == "" {
					if err != nil || string(page.Body) != h.body {
						t.Errorf("%.100q, %v; want %q", page.Body, err, h.body)
					}
					return
				}
				var problem *Error
				if !errors.As(err, &problem) || problem.Class != h.want {
					t.Fatalf("after %v: %.100q, %v; want class %s", took, page.Body, err, h.want)
				}
				if page.Body != nil || page.Status != 0 {
					t.Errorf("an error, and an answer with it: %.100q", page.Body)
				}
				if problem.Reason == "" || problem.Advice == "" || !strings.HasPrefix(problem.URL, "http://127.0.0.1") || len(problem.Error()) > 1000 || strings.ContainsFunc(problem.Error(), func(r rune) bool { return r < ' ' }) {
					t.Errorf("%q", problem.Error())
				}
			})
		}
	})
	if logged.Len() > 0 {
		t.Errorf("something was written past the program: %q", logged.String())
	}
	comesBack(t, "goroutines", goroutines, runtime.NumGoroutine)
	comesBack(t, "open files", files, func() int { return openFiles(t) })
}

// comesBack waits for a number to come back to what it was.
func comesBack(t *testing.T, what string, base int, now func() int) {
	t.Helper()
	for range 100 {
		if now() <= base {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%s: %d, and %d before", what, now(), base)
}

// openFiles counts the file descriptors of this process, where the system shows them.
func openFiles(t *testing.T) int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Log("NOT TESTED: that no file stays open, because this system has no /proc/self/fd")
		return 0
	}
	return len(entries)
}

// TestHostileHTTP2 holds the same for servers that speak HTTP/2.
func TestHostileHTTP2(t *testing.T) {
	started := make(chan string, 100)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started <- r.Proto
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/page":
			fmt.Fprint(w, "<p>words")
		case "/reset":
			fmt.Fprint(w, "<p>half")
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		case "/reset-at-once":
			panic(http.ErrAbortHandler)
		case "/silent":
			<-r.Context().Done()
		case "/stops":
			fmt.Fprint(w, "<p>half")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		case "/drips":
			for r.Context().Err() == nil {
				fmt.Fprint(w, "a")
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		case "/endless":
			for r.Context().Err() == nil {
				w.Write(make([]byte, 1<<16))
			}
		case "/headers":
			for i := range 8000 {
				w.Header().Set(fmt.Sprint("X-", i), strings.Repeat("y", 50))
			}
		}
	}))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	goroutines := runtime.NumGoroutine()
	limits := Limits{Connect: 2 * time.Second, Headers: 2 * time.Second, Idle: time.Second, Total: 5 * time.Second, MinRate: 2000}
	for path, want := range map[string]Class{"/page": "", "/reset": ClassTruncated, "/reset-at-once": ClassConnect, "/silent": ClassTimeout, "/stops": ClassTimeout, "/drips": ClassSlow, "/endless": ClassTooLarge, "/headers": ClassProtocol} {
		c, err := New(Options{AllowPrivate: true, Delay: time.Nanosecond, Tries: 1, Limits: limits, MaxBody: 4 << 20, Roots: roots})
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		page, err := c.Get(t.Context(), Request{URL: server.URL + path})
		if took := time.Since(begun); took > limits.Total+time.Second {
			t.Errorf("%s: took %v", path, took)
		}
		var problem *Error
		switch {
		case want == "":
			if err != nil || string(page.Body) != "<p>words" {
				t.Errorf("%s: %q, %v", path, page.Body, err)
			}
		case !errors.As(err, &problem) || problem.Class != want:
			t.Errorf("%s: %q, %v; want class %s", path, page.Body, err, want)
		}
		c.Close()
	}
	if proto := <-started; proto != "HTTP/2.0" {
		t.Errorf("the server was spoken to in %s: this test shows nothing", proto)
	}
	server.CloseClientConnections()
	comesBack(t, "goroutines", goroutines, runtime.NumGoroutine)
}

// TestNoConnection holds the class of hosts that don't answer at all.
func TestNoConnection(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	c, _ := New(Options{AllowPrivate: true, Delay: time.Nanosecond, Tries: 1, Limits: shortLimits})
	var problem *Error
	_, err = c.Get(t.Context(), Request{URL: "http://" + address + "/"})
	if !errors.As(err, &problem) || problem.Class != ClassConnect || !problem.Temporary || !strings.Contains(problem.Reason, "refuses") {
		t.Errorf("closed port: %v", err)
	}
	// An address that swallows packets.
	c, _ = New(Options{AllowPrivate: true, Delay: time.Nanosecond, Tries: 1, Limits: shortLimits})
	c.guard.connect = func(ctx context.Context, _, _ string) (net.Conn, error) { <-ctx.Done(); return nil, ctx.Err() }
	begun := time.Now()
	_, err = c.Get(t.Context(), Request{URL: "http://" + address + "/"})
	if took := time.Since(begun); !errors.As(err, &problem) || problem.Class != ClassTimeout || !strings.Contains(problem.Reason, "no connection within") || took > shortLimits.Connect+time.Second {
		t.Errorf("swallowed: after %v: %v", took, err)
	}
	c, _ = New(Options{AllowPrivate: true, Delay: time.Nanosecond, Tries: 1, Limits: shortLimits})
	// A server that takes the connection and never finishes the handshake of TLS.
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	started := time.Now()
	_, err = c.Get(t.Context(), Request{URL: "https://" + silent.Addr().String() + "/"})
	if !errors.As(err, &problem) || problem.Class != ClassTimeout || time.Since(started) > shortLimits.Connect+time.Second {
		t.Errorf("no handshake: after %v: %v", time.Since(started), err)
	}
}
