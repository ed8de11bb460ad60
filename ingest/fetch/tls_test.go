package fetch

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func poolOf(s *httptest.Server) *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return pool
}

// certificate makes a certificate that is signed by itself.
func certificate(t *testing.T, change func(*x509.Certificate)) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "lake"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	change(template)
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func TestTLS(t *testing.T) {
	names := func(n int) func(*x509.Certificate) {
		return func(c *x509.Certificate) {
			for i := range n {
				c.DNSNames = append(c.DNSNames, fmt.Sprintf("host-%d.lake.example", i))
			}
		}
	}
	for _, c := range []struct {
		name   string
		change func(*x509.Certificate)
		server func(*tls.Config)
		known  bool // the certificate's authority is known
		want   string
	}{
		{"good", names(1), nil, true, ""},
		{"5,000 names", names(5000), nil, true, ""},
		{"100,000 names", names(100_000), nil, true, "agree on no way"},
		{"signed by nobody known", names(1), nil, false, "signed by nobody known"},
		{"expired", func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }, nil, true, "has expired"},
		{"not yet valid", func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) }, nil, true, "not valid yet"},
		{"for another host", func(c *x509.Certificate) {
			c.IPAddresses, c.DNSNames = []net.IP{net.IPv4(192, 0, 2, 1)}, []string{"lake.example"}
		}, nil, true, "for another host"},
		{"for another use", func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning} }, nil, true, "not valid"},
		{"old version", names(1), func(s *tls.Config) { s.MinVersion, s.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }, true, "agree on no way"},
		{"wants a certificate of ours", names(1), func(s *tls.Config) { s.ClientAuth, s.MaxVersion = tls.RequireAnyClientCert, tls.VersionTLS12 }, true, "agree on no way"},
	} {
		var served, shaken atomic.Int64
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			served.Add(1)
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			fmt.Fprint(w, "words")
		}))
		cert, pool := certificate(t, c.change)
		server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}, GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) { shaken.Add(1); return nil, nil }}
		if c.server != nil {
			c.server(server.TLS)
		}
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		roots := x509.NewCertPool()
		if c.known {
			roots = pool
		}
		started := time.Now()
		page, err := localClient(t, Options{Roots: roots, Tries: 3, Backoff: time.Millisecond}).Get(t.Context(), Request{URL: server.URL + "/"})
		if took := time.Since(started); took > 2*time.Second {
			t.Errorf("%s: took %v", c.name, took)
		}
		server.Close()
		if c.want == "" {
			if err != nil || string(page.Body) != "words" {
				t.Errorf("%s: %q, %v", c.name, page.Body, err)
			}
			continue
		}
		var problem *Error
		if !errors.As(err, &problem) || problem.Class != ClassTLS || !strings.Contains(problem.Reason, c.want) || problem.Temporary {
			t.Errorf("%s: %v (%+v); want %q", c.name, err, problem, c.want)
		}
		if served.Load() != 0 || shaken.Load() != 1 {
			t.Errorf("%s: %d requests served, %d handshakes; want none and one", c.name, served.Load(), shaken.Load())
		}
	}
	// A server of plain HTTP under an address of https.
	plain := newSite(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "words") })
	_, err := localClient(t, Options{}).Get(t.Context(), Request{URL: strings.Replace(plain.URL, "http:", "https:", 1)})
	var problem *Error
	if !errors.As(err, &problem) || problem.Class != ClassTLS || !strings.Contains(problem.Reason, "does not speak https") {
		t.Errorf("plain: %v", err)
	}
	if log := plain.asked(); log != "" {
		t.Errorf("plain: asked for %q", log)
	}
}
