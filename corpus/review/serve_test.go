package review

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func closedListener(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	return l
}

// TestSlowClients opens 500 connections that say a part of a request and then nothing, or ask and
// do not read. Somebody who reads is served meanwhile.
func TestSlowClients(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "a.txt"))
	base := serve(t, s, nil)
	host := strings.TrimPrefix(base, "http://")
	var slow []net.Conn
	defer func() {
		for _, c := range slow {
			c.Close()
		}
	}()
	for i := range 500 {
		c, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		slow = append(slow, c)
		switch i % 3 {
		case 0: // never ends its header
			fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: %s\r\nX-Slow: ", host)
		case 1: // never sends its body
			fmt.Fprintf(c, "POST /decide HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: 1000\r\n\r\nfact=", host, formType)
		case 2: // never reads
			fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: %s\r\n\r\n", host)
		}
	}
	for range 20 {
		begun := time.Now()
		answer, err := http.Get(base + "/help")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(body), "</html>") {
			t.Fatalf("a reader gets %d (%v)", answer.StatusCode, err)
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("a page took %v among slow clients", took)
		}
	}
	// Those that never end their header are sent away.
	slow[0].SetReadDeadline(time.Now().Add(headerTime + 10*time.Second))
	if line, err := bufio.NewReader(slow[0]).ReadString('\n'); err == nil && !strings.Contains(line, "408") {
		t.Errorf("a client that does not end its header is told %q", line)
	} else if err != nil && err != io.EOF && !strings.Contains(err.Error(), "reset") {
		t.Errorf("a client that does not end its header is kept: %v", err)
	}
}

// TestServeEnds stops a server while somebody is connected.
func TestServeEnds(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, http.NotFoundHandler()) }()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(farewell + 3*time.Second):
		t.Error("it does not end")
	}
}
